"""Parse references as reference managers do."""

import rispy
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

# What is used here of https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json.
CSL_DATA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {"enum": ["chapter"]},
            "id": {"type": ["string", "number"]},
            **{
                name: {"type": "string"}
                for name in ("title", "container-title", "locator", "edition", "version", "URL", "language")
            },
            "issued": {
                "type": "object",
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "items": {"type": "array", "items": {"type": "number"}, "minItems": 1, "maxItems": 3},
                        "minItems": 1,
                        "maxItems": 2,
                    }
                },
                "additionalProperties": False,
            },
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


def parsed_bibtex(text: str) -> dict[str, str]:
    """Return the fields as pybtex parses and TeX prints them, but `url` verbatim.

    The entry's key is the field `key`.
    """
    [(key, entry)] = parse_string(text, "bibtex").entries.items()
    decode = LatexNodes2Text(latex_context=latex_context).latex_to_text
    fields = {name: value if name == "url" else decode(value) for name, value in entry.fields.items()}
    return {"key": key, "type": entry.type, **fields}


def parsed_ris(text: str) -> dict[str, str | list[str]]:
    """The only record, as rispy parses it with CRLF as the end of a line."""
    record: dict[str, str | list[str]]
    [record] = rispy.loads(text, newline="\r\n")
    return record
