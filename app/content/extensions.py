r"""Patterns of Markdown extensions, and of marks that look like Markdown, which the parser leaves as text.

They apply to text as an editor wrote it, with `ESCAPED` in place of each escaped character: `\==words==` is text.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.content.characters import SPACE_LIKE, invisible_names
from app.errors import shorten

# An escaped character, and the marks of emphasis. No text that was read from a file contains these.
ESCAPED, OPENED, CLOSED = "\0", "\ud800", "\ud801"
_SHOWN = str.maketrans({ESCAPED: "", OPENED: "*", CLOSED: "*"})
KEEP = "remove it, or write “\\” before it to keep it as text"


class Extension(NamedTuple):
    """A pattern, what a reader of Markdown takes it for, and what to do."""

    pattern: re.Pattern[str]
    name: str
    advice: str = KEEP


class Extensions(NamedTuple):
    """Some extensions, and a pattern that matches wherever one of them does and is quick to try."""

    hint: re.Pattern[str]
    extensions: tuple[Extension, ...]


def _line(pattern: str, name: str, advice: str = KEEP) -> Extension:
    return Extension(re.compile(rf"^[ \t]*({pattern})", re.MULTILINE), name, advice)


def _inline(pattern: str, name: str) -> Extension:
    return Extension(re.compile(rf"({pattern})"), name)


def _pair(mark: str, name: str, first: str = r"\S") -> Extension:
    """Match words between two marks, such as `==words==`, but not `a == b` or `C++ and C++`."""
    character = re.escape(mark[0])
    start, end = rf"(?<![\w{character}]){re.escape(mark)}", rf"{re.escape(mark)}(?![\w{character}])"
    return _inline(rf"{start}(?={first})[^{character}\n]+(?<=\S){end}", name)


_HEADING = "write one to six “#”, a space and the title, or “\\#” to keep it as text"
_LIST_ITEM = "write “- ” before each item, or “\\” before the mark to keep it as text"

# A line of a paragraph or list item that begins like this.
OF_LINES = Extensions(
    re.compile(r"^[ \t]*[^\w\s\"“‘'(]", re.MULTILINE),
    (
        _line(rf"(?:#{{1,6}}(?:{SPACE_LIKE}|[^\s#\d])|#{{2,6}}\d|#{{7,}}|＃)[^\n]*", "a heading", _HEADING),
        _line(rf"{SPACE_LIKE}+[ \t]*#{{1,6}}\s[^\n]*", "a heading", _HEADING),
        _line(rf"[-+*]{SPACE_LIKE}|-(?=[^\W\d_]|[\"'“‘(\[])|\*+(?=[^\s*])", "a list item", _LIST_ITEM),
        _line(rf"{SPACE_LIKE}+[ \t]*(?:[-+*>]|\d{{1,9}}[.)])(?=\s)", "a list item or quotation", _LIST_ITEM),
        Extension(re.compile(r"\A(-)(?=\d)"), "a list item", _LIST_ITEM),
        _line(r"[•‣⁃◦∙●○▪▫■□](?=\s)", "a list item", "write “- ” instead"),
        _line(r"\|(?=[ \t]|.*\|[ \t]*$)", "a table"),
        _line(r"(?=.*[-=|:+~]{2})[-=|:+~ \t]{3,}$", "a rule, or a line of a table"),
        _line(r":{3,}", "a directive"),
        _line(r"[:~](?=[ \t])", "a definition"),
        _line(r":[^\s:][^:\n]*:(?=\s|$)", "a field"),
        _line(r"(?:!!!|\?\?\?\+?)(?=[ \t]+\w)", "an admonition"),
        _line(r"\[[^\[\]\n]+\]:(?=[ \t]*\S+[ \t]*$)", "the definition of a link"),
        _line(r"%(?=[ \t]+\S)", "a comment"),
        _line(r"\[(?:TOC|toc)\][ \t]*$", "a table of contents"),
    ),
)
OF_LIST_ITEMS = Extensions(re.compile(r"\A\["), (Extension(re.compile(r"\A(\[[ xX]?\])"), "a task"),))

# Anywhere in a title or passage.
OF_TEXT = Extensions(
    re.compile(rf"[<{{%^$\\=+\[{OPENED}]|:[a-z+-]"),
    (
        _inline(r"<!--", "a comment in HTML"),
        _inline(r"\{(?:\+\+|--|~~|==|>>)", "an editor’s mark"),
        _inline(r"%%[^%\n]+%%", "a comment"),
        _inline(r"\^\[", "a footnote"),
        _inline(r"\^[^\s^]+\^", "a superscript"),
        _inline(r"\$\$", "a formula"),
        _pair("$", "a formula", r"[^\s\d]"),
        _inline(r"\\[A-Za-z]+\{", "a TeX command"),
        _pair("==", "a highlight"),
        _pair("++", "an insertion"),
        _inline(r"\[\[[^\[\]\n]+\]\]", "a link to a page"),
        _inline(r"\]\((?:https?:|mailto:|www\.|[./#<])", "a link"),
        _inline(r"\]\[(?=[\w-]*[^\W\d])[\w-]+\]", "a reference to a link"),
        _inline(r"\[-?@\w", "a citation"),
        _inline(r"\{:?[ \t]*[#.][A-Za-z][^{}\n]*\}|\{[\w-]+=[^{}\n]*\}|\{::", "an attribute"),
        _inline(r"\{%", "a template"),
        _inline(r"(?<![\w:/.]):(?:[a-z][a-z0-9_+-]*|[+-]1):(?![\w:/])", "an emoji"),
        _inline(rf"[0-9A-Za-z]{OPENED}+[^{OPENED}{CLOSED}]*{CLOSED}*[0-9A-Za-z]?", "emphasis inside a word"),
        _inline(rf"{OPENED}+[^{OPENED}{CLOSED}]*{CLOSED}+[0-9]", "emphasis inside a word"),
    ),
)


def extension_issues(written: str, *groups: Extensions) -> Iterator[tuple[int, str]]:
    """Yield the offset of each match in a text as written, with a sentence; of two that overlap, the first."""
    taken: set[int] = set()
    for pattern, name, advice in _likely_extensions(written, groups):
        for match in pattern.finditer(written):
            span = range(*match.span(1))
            if taken.isdisjoint(span):
                taken.update(span)
                words = match[1].translate(_SHOWN)
                names = invisible_names(words)
                contains = f", which contains {names}," if names else ""
                yield match.start(1), f"“{shorten(words)}”{contains} reads as {name}; {advice}."


def _likely_extensions(written: str, groups: Iterable[Extensions]) -> Iterator[Extension]:
    for group in groups:
        if group.hint.search(written):
            yield from group.extensions
