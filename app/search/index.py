"""Write the full-text index of the current revisions.

The index is an FTS5 table, `search_index`, which migration 0007 creates because SQLAlchemy's models cannot describe it.
Its rowids are the ids of `index_entry`. Its columns `spans` and `further` locate the terms: see
`app.search.indexed_text`. A release that changes the analyser needs a migration that empties both.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from app.search.documents import Document, section_documents, statement_documents
from app.search.indexed_text import NAME, index_text
from app.store.rows import insert_with_ids
from app.store.search_tables import IndexEntry

BATCH_ROWS = 500

# FTS5 keeps the rowids of its rows in the table of their sizes, which is much smaller than the rows.
_ENTRIES = (
    "SELECT index_entry.id FROM index_entry JOIN revision ON revision.id = index_entry.revision_id"
    " WHERE revision.is_current"
)
_DELETE_ROWS = text(
    f"DELETE FROM search_index WHERE rowid IN (SELECT id FROM search_index_docsize EXCEPT {_ENTRIES})"  # noqa: S608 - of a constant
)
_DELETE_ENTRIES = text("DELETE FROM index_entry WHERE id NOT IN (SELECT id FROM search_index_docsize)")
_INSERT = text(
    "INSERT INTO search_index (rowid, title, names, text, spans, further)"
    " VALUES (:id, :title, :names, :text, :spans, :further)"
)


def _missing(table: str) -> str:
    current = f"revision ON revision.id = {table}.revision_id WHERE revision.is_current"
    indexed = f"SELECT {table}_id FROM index_entry"  # noqa: S608 - of constants
    return f"SELECT {table}.id FROM {table} JOIN {current} EXCEPT {indexed}"  # noqa: S608 - of constants


def update_search_index(session: Session) -> None:
    """Update the index to contain exactly the current revisions of all guides."""
    session.execute(_DELETE_ROWS)
    session.execute(_DELETE_ENTRIES)
    _add_missing(session, "section", section_documents)
    _add_missing(session, "statement", statement_documents)


def batches(ids: Sequence[int]) -> Iterator[list[int]]:
    """Yield ids in batches that are indexed at a time."""
    remaining = iter(ids)
    while batch := list(islice(remaining, BATCH_ROWS)):
        yield batch


def _add_missing(
    session: Session, table: str, documents: Callable[[Session, Sequence[int]], Iterator[Document]]
) -> None:
    for batch in batches(session.scalars(text(_missing(table))).all()):
        _add(session, f"{table}_id", list(documents(session, batch)))


def _add(session: Session, reference: str, documents: Sequence[Document]) -> None:
    """Add documents; `reference` is the column with their ids."""
    entries: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for document in documents:
        body = index_text(document.all_passages)
        columns = dict.fromkeys(("section_id", "statement_id")) | {reference: document.id}
        shared = {"revision_id": document.revision_id, "kind": document.kind, "concerns": document.concerns}
        entries.append({**shared, **columns})
        title, names = index_text([document.title], NAME), index_text(document.names, NAME)
        passages = index_text(document.passages)
        terms = {"title": title.terms, "names": names.terms, "text": passages.terms}
        rows.append({**terms, "spans": body.spans, "further": body.further})
    for id_, row in zip(insert_with_ids(session, IndexEntry, entries), rows, strict=True):
        row["id"] = id_
    session.execute(_INSERT, rows)
