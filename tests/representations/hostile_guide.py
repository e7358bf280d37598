"""A guide whose every text tries to be more than text."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml

from app.content.escaping import escape_markdown

GUIDE = "treaty-of-nowhere"
TITLE = "<script>alert(1)</script> # [x](javascript:alert(1)) \u202e"
LONG_WORD = "w" * 10_000
LONG_TITLE = "Title " * 83 + "of"  # 500 characters
TEXTS = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> <b>",
    "[click](javascript:alert(1)) ![image](javascript:alert(1)) [y][x] ^[note]",
    "<javascript:alert(1)> <https://evil.example> <!-- x --> <?php ?> <![CDATA[x]]>",
    "&lt;script&gt; &#60;b&#62; &amp; &copy &quot;",
    "\\ \\\\ back\\slash \\[x\\](javascript:alert(1)) end\\",
    "1. one",
    "2) two",
    "# one",
    "## two ##",
    "- item",
    "+ item",
    "* item",
    "> quote",
    "| a | b |",
    "|---|---|",
    "~~~ html",
    "``` html",
    "[^tuesday]: a note",
    "[signing.1]: javascript:alert(1)",
    "[x]: javascript:alert(1)",
    "[ ] task",
    "---",
    "===",
    "***",
    "___",
    ": definition",
    "::: note",
    "{onclick=alert(1)} {#id} {% raw %} {{ 7 * 7 }}",
    "cost $5 and $6 or $$7$$",
    "~~struck~~ **strong** __strong__ *emphasis* _emphasis_ `code` ``code``",
    "(javascript:alert(1))",
    "“quote” ‘quote’ \" '",
    "\u202eevil\u2067 \u2066right\u202d",
    LONG_WORD,
    LONG_TITLE,
    "語" * 1_000,
)
# What an entry of each file says in words.
FIELDS = {
    "articles.yaml": ("number", "title", "summary", "note"),
    "corrections.yaml": ("replacement", "explanation"),
    "events.yaml": ("event",),
    "instruments.yaml": (
        "short_name", "official_title", "title_ja", "popular_name_ja", "legal_note", "status", "description"
    ),
    "sources.yaml": ("title", "publisher"),
    "terms.yaml": ("term", "ja", "romaji", "definition"),
}  # fmt: skip


def make_hostile(folder: Path) -> None:
    """Replace the texts in a copy of the sample guide."""
    texts = cycle(TEXTS)
    for name, fields in FIELDS.items():
        entries = yaml.safe_load((folder / name).read_text())
        _replace(entries, fields, texts)
        (folder / name).write_text(yaml.safe_dump(entries, allow_unicode=True))
    path = folder / "guide.md"
    text = path.read_text()
    text = text.replace("title: A Guide to the Treaty of Nowhere", f"title: '{TITLE}'")
    text = text.replace("nobody <script>", "nobody(javascript:alert(1)) <script>")
    sections = (
        f"## {escape_markdown(text)} {{#hostile-{n}}}\n\n{escape_markdown(text)}\n\n- {escape_markdown(text)}\n"
        for n, text in enumerate(TEXTS)
    )
    path.write_text("\n".join([text, *sections]))
    (folder / "source.txt").unlink()


def _replace(value: Any, fields: tuple[str, ...], texts: Iterator[str]) -> None:
    if isinstance(value, list):
        for inner in value:
            _replace(inner, fields, texts)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in fields and inner is not None:
                value[key] = next(texts)
            else:
                _replace(inner, fields, texts)
