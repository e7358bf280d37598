"""Generate the tables of docs/ from the code and the seeds; run by `make docs`."""

import json
import re
import types
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.content import Fact, fields, read_guides
from app.content.accepted_warnings import AcceptedWarning
from app.content.corrections import Cited, Correction
from app.content.events import Event
from app.content.facts import InstrumentArticles
from app.content.guide import FrontMatter, TopicEntry
from app.content.instruments import Article, InstrumentEntry, Member
from app.content.sources import Author, Source
from app.content.terms import Term
from app.settings import Settings
from tests.service import ROOT, SEEDS

# Class, heading and place of everything that editors write, in the order of docs/editing.md.
SEED_CLASSES: tuple[tuple[type[BaseModel], str, str], ...] = (
    (FrontMatter, "Guide", "`guide.md`, between its two `---` lines"),
    (TopicEntry, "Topic", "An entry of `topics.yaml`"),
    (Correction, "Correction", "An entry of `corrections.yaml`"),
    (Cited, "Cited source", "An entry of `sources` of a correction"),
    (InstrumentEntry, "Instrument", "An entry of `instruments.yaml`"),
    (Member, "Member", "An entry of `members` of an instrument"),
    (InstrumentArticles, "Articles", "An entry of `articles.yaml`"),
    (Article, "Article", "An entry of `articles` in `articles.yaml`"),
    (Event, "Event", "An entry of `events.yaml`"),
    (Term, "Term", "An entry of `terms.yaml`"),
    (Source, "Source", "An entry of `sources.yaml`"),
    (Author, "Author", "An entry of `authors` of a source"),
    (AcceptedWarning, "Accepted warning", "An entry of `accepted_warnings.yaml`"),
)

HEADINGS: dict[Any, str] = {model: heading for model, heading, _ in SEED_CLASSES}
# The named types of `app.content.fields`: `PartialDate` is shown as "partial date".
TYPE_NAMES: dict[Any, str] = {
    alias: " ".join(word if word.isupper() else word.lower() for word in re.split(r"(?<=[a-z])(?=[A-Z])", name))
    for name, alias in vars(fields).items()
    if get_origin(alias) is Annotated and get_args(alias)[0] is str
} | {str: "text", bool: "true or false", int: "integer"}


def type_name(hint: Any) -> str:
    """Describe the type of a key in words."""
    if hint in TYPE_NAMES:
        return TYPE_NAMES[hint]
    if hint in HEADINGS:
        return f"[{HEADINGS[hint].lower()}](#{HEADINGS[hint].lower().replace(' ', '-')})"
    arguments = get_args(hint)
    match get_origin(hint):
        case origin if origin in {Union, types.UnionType}:
            return type_name(next(each for each in arguments if each is not types.NoneType))
        case origin if origin is Annotated:
            return type_name(arguments[0])
        case origin if origin is Literal:
            return ", ".join(f"`{value}`" for value in arguments)
        case origin if origin is dict:
            return f"{type_name(arguments[0])}: {type_name(arguments[1])}"
        case _:
            return f"list of {type_name(arguments[0])}"


def table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines)


def example(field: FieldInfo) -> str:
    """Return the example of a key as it is written in YAML."""
    if not field.examples or not field.examples[0]:
        return ""
    value = field.examples[0]
    return f"`{value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}`"


def seed_tables() -> str:
    """Describe every key of the seed files, a table for each class."""
    parts = []
    for model, heading, place in SEED_CLASSES:
        hints = get_type_hints(model, include_extras=True)
        rows = [
            (
                f"`{name}`",
                type_name(hints[name]),
                "yes" if key.is_required() else "no",
                key.description or "",
                example(key),
            )
            for name, key in model.model_fields.items()
        ]
        header = ("key", "type", "required", "description", "example")
        parts.append(f"### {heading}\n\n{place}.\n\n{table(header, rows)}")
    return "\n\n".join(parts)


def settings_table() -> str:
    """Describe every setting."""
    prefix = Settings.model_config["env_prefix"]
    rows = [
        (f"`{prefix}{name.upper()}`", f"`{field.default}`" if str(field.default) else "none", field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    return table(("environment variable", "default", "meaning"), rows)


def facts_table() -> str:
    """Count the statements in the seeds by kind and confidence."""
    levels = get_args(get_args(fields.Confidence)[0])
    guides = read_guides(SEEDS)
    instruments = [instrument for guide in guides for instrument in guide.instruments]
    statements: dict[str, Sequence[Fact | Member | Correction]] = {
        "corrections": [correction for guide in guides for correction in guide.corrections],
        "instruments": instruments,
        "members of instruments": [member for instrument in instruments for member in instrument.members],
        "articles": [article for instrument in instruments for article in instrument.articles],
        "events": [event for guide in guides for event in guide.events],
        "terms": [term for guide in guides for term in guide.terms],
    }
    rows = []
    for kind, found in statements.items():
        counts = Counter(getattr(statement, "confidence", None) for statement in found)
        by_level = ("–" if None in counts else str(counts[level]) for level in levels)
        rows.append((kind, *by_level, str(len(found)), str(sum(bool(statement.sources) for statement in found))))
    return table(("statements", *(f"`{level}`" for level in levels), "all", "with a source"), rows)


GENERATED = {"docs/editing.md": seed_tables, "docs/facts.md": facts_table, "docs/operating.md": settings_table}
MARKERS = re.compile(r"(?<=<!-- generated by `make docs` -->\n\n).*(?=\n\n<!-- end -->)", re.DOTALL)


def generate(name: str) -> str:
    """Return the text of a file with its generated part made anew."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return MARKERS.sub(lambda _: GENERATED[name](), text)


if __name__ == "__main__":
    for name in GENERATED:
        (ROOT / name).write_text(generate(name), encoding="utf-8")
