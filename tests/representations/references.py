"""Parse references as reference managers do."""

import json
from typing import Any, get_args

import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import Person, parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from app.content.sources import SourceType

_TEXTS = (
    "title", "container-title", "publisher", "number", "edition", "version", "locator", "note", "URL", "language"
)  # fmt: skip
_NAME = {
    "type": "object",
    "properties": {part: {"type": "string"} for part in ("family", "given", "literal")},
    "additionalProperties": False,
}
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "items": {"type": "array", "items": {"type": ["string", "number"]}, "minItems": 1, "maxItems": 3},
            "minItems": 1,
            "maxItems": 2,
        }
    },
    "additionalProperties": False,
}
# What is used here of https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json.
CSL_DATA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {"enum": list(get_args(SourceType))},
            "id": {"type": ["string", "number"]},
            "author": {"type": "array", "items": _NAME},
            "issued": _DATE,
            **{name: {"type": "string"} for name in _TEXTS},
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}

latex_context = get_default_latex_context_db()
latex_context.add_context_category(
    "not in pylatexenc, or wrong there",
    macros=[
        MacroTextSpec("textbraceleft", "{"),
        MacroTextSpec("textbraceright", "}"),
        MacroTextSpec("textasciicircum", "^"),
    ],
    prepend=True,
)
_decode = LatexNodes2Text(latex_context=latex_context).latex_to_text


def parsed_bibliography(text: str) -> list[dict[str, Any]]:
    """Return the fields of each entry as pybtex parses and TeX prints them, but `url` verbatim.

    The entry's key is the field `key`; `authors` are lists of the parts of a name, the family name first.
    """
    return [
        {
            "key": key,
            "entry_type": entry.type,
            **{name: value if name == "url" else _decode(value) for name, value in entry.fields.items()},
            "authors": [_parts(person) for person in entry.persons.get("author", [])],
        }
        for key, entry in parse_string(text, "bibtex").entries.items()
    ]


def parsed_bibtex(text: str) -> dict[str, Any]:
    """Return the fields of the only entry."""
    [entry] = parsed_bibliography(text)
    return entry


def _parts(person: Person) -> list[str]:
    family = " ".join([*person.prelast_names, *person.last_names])
    given = " ".join([*person.first_names, *person.middle_names])
    return [_decode(part) for part in (family, given) if part]


def parsed_ris_records(text: str) -> list[dict[str, Any]]:
    """Return all records, as rispy parses them with CRLF as the end of a line."""
    records: list[dict[str, Any]] = rispy.loads(text, newline="\r\n")
    return records


def parsed_ris(text: str) -> dict[str, Any]:
    """Return the only record."""
    [record] = parsed_ris_records(text)
    return record


def printed_csl(text: str) -> tuple[str, Any]:
    """Return the only item as citeproc-py prints it in Harvard style, and as it parses it."""
    [item] = json.loads(text)
    parsed = CiteProcJSON([item])
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, parsed, formatter.plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    [printed] = bibliography.bibliography()
    return str(printed), parsed[item["id"].lower()]
