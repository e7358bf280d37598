"""Tables of a guide, for spreadsheets and databases; most columns are the fields of a public schema."""

import types
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from app.content.fields import Date

Type = Literal["string", "integer", "boolean", "date", "datetime"]
Value = str | int | bool | datetime | None  # a date is a string

TYPES: dict[Any, Type] = {str: "string", int: "integer", bool: "boolean", Date: "date", datetime: "datetime"}
# A file has one guide, and addresses follow from slugs.
LEFT_OUT = frozenset({"guide", "url"})


@dataclass(frozen=True)
class Column:
    """A column, with the table and column that its values refer to, if any."""

    name: str
    type: Type
    description: str
    is_required: bool = True
    refers_to: tuple[str, str] | None = None


POSITION = Column("position", "integer", "Its place in the list, from 1.")


@dataclass(frozen=True)
class Table:
    """A table with a primary key.

    `searched` are the columns for full-text search, `indexed` those that people filter and sort by. The tables of the
    guide's text (`is_text`) have the licence of its author, all others that of the editors.
    """

    name: str
    description: str
    columns: Sequence[Column]
    primary_key: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]
    searched: tuple[str, ...] = ()
    indexed: tuple[str, ...] = ()
    is_text: bool = False


def make_table(
    name: str, description: str, columns: Sequence[Column], key: str, rows: Iterable[Any], **options: Any
) -> Table:
    """Make a table from rows, each a tuple; `key` names the columns of the primary key."""
    return Table(name, description, columns, tuple(key.split()), [tuple(row) for row in rows], **options)


def timestamp(value: datetime) -> str:
    """Return a time in UTC as the API writes it."""
    return value.isoformat().replace("+00:00", "Z")


def field_column(model: type[BaseModel], field: str, name: str = "", **options: Any) -> Column:
    """Return a column for a field of a schema, which has a single value."""
    info = model.model_fields[field]
    type_, is_required = _scalar(info.annotation) or ("string", False)
    return Column(name or field, type_, info.description or "", is_required, **options)


def field_columns(model: type[BaseModel], leave_out: Iterable[str] = ()) -> list[Column]:
    """Return a column for each field of a schema that has a single value."""
    excluded = {*leave_out, *LEFT_OUT}
    return [
        field_column(model, name)
        for name, info in model.model_fields.items()
        if name not in excluded and not info.exclude and _scalar(info.annotation)
    ]


def values(item: BaseModel, columns: Iterable[Column]) -> tuple[Value, ...]:
    """Return the fields of an item for `field_columns`."""
    return tuple(getattr(item, column.name) for column in columns)


def _scalar(annotation: Any) -> tuple[Type, bool] | None:
    """Return the type of a field and whether it always has a value; None for a list or an object."""
    if annotation in TYPES:
        return TYPES[annotation], True
    arguments = get_args(annotation)
    match get_origin(annotation):
        case origin if origin is Annotated:
            return _scalar(arguments[0])
        case origin if origin is Literal:
            return "string", True
        case origin if origin in {Union, types.UnionType} and type(None) in arguments and len(arguments) == 2:
            inner = _scalar(next(each for each in arguments if each is not type(None)))
            return (inner[0], False) if inner else None
    return None
