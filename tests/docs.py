"""Generate the tables in docs/ from the code and the seeds: `python -m tests.docs`, or `make docs`."""

import importlib
import json
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

import app.content
from app.content import Fact, read_guides
from app.content.corrections import Correction
from app.content.fields import Confidence
from app.content.instruments import Member
from app.settings import Settings
from tests.service import ROOT, SEEDS

# The class of an entry, by seed file; the classes of nested entries are found through its fields.
SEED_FILES = {
    "guide.md": "FrontMatter",
    "topics.yaml": "TopicEntry",
    "corrections.yaml": "Correction",
    "instruments.yaml": "InstrumentEntry",
    "articles.yaml": "_InstrumentArticles",
    "events.yaml": "Event",
    "terms.yaml": "Term",
    "sources.yaml": "Source",
}
MARKED = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def settings_table() -> str:
    """Return the settings as a Markdown table."""
    lines = ["| environment variable | default | meaning |", "| --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        default = f"`{field.default}`" if str(field.default) else "none"
        lines.append(f"| `TREATY_GUIDE_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines) + "\n"


def data_dictionary() -> str:
    """Return a Markdown table of keys for each seed file and each kind of nested entry."""
    return "\n".join(
        part
        for file, class_name in SEED_FILES.items()
        for part in _tables(f"### {file}", f"`{file}`", _content_class(class_name))
    )


def facts_table() -> str:
    """Return the number of statements in the seeds as a Markdown table, by kind and confidence."""
    levels = get_args(get_args(Confidence)[0])
    lines = [
        f"| statements | {' | '.join(f'`{level}`' for level in levels)} | all | with a source |",
        "| --- " * (len(levels) + 3) + "|",
    ]
    for kind, statements in _statements().items():
        found = Counter(getattr(statement, "confidence", None) for statement in statements)
        counts = ["–" if None in found else str(found[level]) for level in levels]
        sourced = sum(bool(statement.sources) for statement in statements)
        lines.append(f"| {kind} | {' | '.join(counts)} | {len(statements)} | {sourced} |")
    return "\n".join(lines) + "\n"


def _statements() -> dict[str, list[Fact | Member | Correction]]:
    """Return the statements of all guides in the seeds, by kind."""
    guides = read_guides(SEEDS)
    instruments = [instrument for guide in guides for instrument in guide.instruments]
    return {
        "corrections": [correction for guide in guides for correction in guide.corrections],
        "instruments": [*instruments],
        "members of instruments": [member for instrument in instruments for member in instrument.members],
        "articles": [article for instrument in instruments for article in instrument.articles],
        "events": [event for guide in guides for event in guide.events],
        "terms": [term for guide in guides for term in guide.terms],
    }


def with_generated_tables(text: str) -> str:
    """Replace the text between the markers of a document."""
    tables = {"settings": settings_table, "keys": data_dictionary, "facts": facts_table}
    return MARKED.sub(lambda marked: f"{marked[1]}\n{tables[marked[2]]()}\n{marked[3]}", text)


def _content_class(name: str) -> type[BaseModel]:
    for module in pkgutil.iter_modules(app.content.__path__, "app.content."):
        found = vars(importlib.import_module(module.name)).get(name)
        if found is not None:
            return found  # type: ignore[no-any-return]
    raise LookupError(f"There is no class {name} in app.content.")


def _tables(heading: str, place: str, model: type[BaseModel]) -> Iterator[str]:
    lines = [heading, "", "| key | required | type | meaning | example |", "| --- | --- | --- | --- | --- |"]
    for name, field in model.model_fields.items():
        required = "yes" if field.is_required() else "no"
        meaning = _cell(field.description or "")
        lines.append(f"| `{name}` | {required} | {_type(field.annotation)} | {meaning} | {_example(field)} |")
    yield "\n".join(lines) + "\n"
    for name, field in model.model_fields.items():
        for nested in _models(field.annotation):
            yield from _tables(f"#### An entry of `{name}` in {place}", place, nested)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def _type(annotation: Any) -> str:
    arguments = [argument for argument in get_args(annotation) if argument not in (NoneType, Ellipsis)]
    origin = get_origin(annotation)
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if origin in (tuple, list):
        return f"list of {_type(arguments[0])}"
    if origin is dict:
        return f"map of {_type(arguments[0])} to {_type(arguments[1])}"
    if arguments:  # an optional or an annotated type
        return _type(arguments[0])
    return {str: "text", bool: "true or false", int: "integer"}.get(annotation, "entry")


def _example(field: FieldInfo) -> str:
    values = [value for value in field.examples or () if value not in (None, [])]
    return f"`{_cell(json.dumps(values[0], ensure_ascii=False))}`" if values else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    for path in sorted((ROOT / "docs").rglob("*.md")):
        path.write_text(with_generated_tables(path.read_text(encoding="utf-8")), encoding="utf-8")
