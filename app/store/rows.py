"""Insert many rows at once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

Row = Mapping[str, Any]


def insert_rows(session: Session, table: type[SQLModel], rows: Iterable[Row]) -> None:
    """Insert rows into a table; no rows is no statement."""
    if batch := list(rows):
        session.connection().execute(insert(table), batch)


def insert_with_ids(session: Session, table: type[SQLModel], rows: Iterable[Row]) -> Sequence[int]:
    """Insert rows into a table and return their ids in the same order."""
    if not (batch := list(rows)):
        return []
    statement = insert(table).returning(table.__table__.c.id, sort_by_parameter_order=True)  # type: ignore[attr-defined]
    return session.connection().execute(statement, batch).scalars().all()
