"""The tables of a guide as CSV files with a description (https://datapackage.org), in a zip file."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from app.downloads.archives import zip_files
from app.downloads.guide_content import GuideContent
from app.downloads.guide_tables import guide_tables
from app.downloads.tables import Column, Table, Value, timestamp
from app.schemas import Guide

DESCRIPTION_FILE = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
EDITORS_LICENCE = {
    "name": "CC0-1.0",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
    "title": "Creative Commons Zero v1.0 Universal",
}
ESCAPES = (
    "A text that a spreadsheet would take for a formula has an apostrophe before it, and so has a text that begins with"
    " an apostrophe. To get the text, remove one apostrophe from its start. An empty cell has no value, or a text"
    " without characters: an empty `replacement` of an applied or suggested correction removes the words."
)
# A formula begins with one of these; some spreadsheets ignore spaces before them, and Japanese ones read wide forms
# (https://owasp.org/www-community/attacks/CSV_Injection).
_needs_escape = re.compile(r"\s*['=+\-@＝＋－＠]|[\t\r\n]")


def csv_tables(corrected: GuideContent, original: GuideContent) -> bytes:
    """Return a zip file with a CSV file for each table, and their description."""
    tables = guide_tables(corrected, original)
    files = [(f"{table.name}.csv", _csv(table)) for table in tables]
    resources = [
        _resource(table, name, content, corrected.guide) for table, (name, content) in zip(tables, files, strict=True)
    ]
    description = json.dumps(_package(corrected.guide, resources), ensure_ascii=False, indent=2)
    return zip_files([(DESCRIPTION_FILE, description.encode()), *files])


def escape_formula(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if _needs_escape.match(text) else text


def _csv(table: Table) -> bytes:
    """Return a table as CSV (RFC 4180), in UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(column.name for column in table.columns)
    writer.writerows(map(_cells, table.rows))
    return buffer.getvalue().encode()


def _cells(row: Sequence[Value]) -> Iterator[str]:
    for value in row:
        match value:
            case None:
                yield ""
            case bool():
                yield str(value).lower()
            case datetime():
                yield timestamp(value)
            case _:
                yield escape_formula(str(value))


def _package(guide: Guide, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "$schema": PROFILE,
        "name": guide.slug,
        "title": guide.title,
        "description": f"{guide.summary}\n\n{ESCAPES}",
        "version": guide.revision,
        "created": timestamp(guide.published_at),
        "licenses": [EDITORS_LICENCE],
        "resources": resources,
    }


def _resource(table: Table, name: str, content: bytes, guide: Guide) -> dict[str, Any]:
    """Describe a table as a Table Schema (https://datapackage.org/standard/table-schema)."""
    return {
        "name": table.name,
        "description": table.description,
        "path": name,
        "type": "table",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        **_licences(table, guide),
        "schema": {
            "fields": [_field(table, column) for column in table.columns],
            "primaryKey": list(table.primary_key),
            "foreignKeys": [
                _foreign_key(column.name, *column.refers_to) for column in table.columns if column.refers_to
            ],
        },
    }


def _licences(table: Table, guide: Guide) -> dict[str, Any]:
    """Return the licence of a table, or nothing if the author of the guide states none."""
    if not table.is_text:
        return {"licenses": [EDITORS_LICENCE]}
    return {"licenses": [{"name": guide.licence}]} if guide.licence else {}


def _field(table: Table, column: Column) -> dict[str, Any]:
    """Describe a column. Only where no text is empty, as in names, is a cell without text an error."""
    is_name = column.refers_to is not None or column.name in table.primary_key
    is_required = column.is_required and (is_name or column.type != "string")
    constraints = {"constraints": {"required": True}} if is_required else {}
    return {"name": column.name, "type": column.type, "description": column.description, **constraints}


def _foreign_key(name: str, table: str, column: str) -> dict[str, Any]:
    return {"fields": [name], "reference": {"resource": table, "fields": [column]}}
