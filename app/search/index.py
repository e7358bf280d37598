"""Write the full-text index of the current revisions.

The index is an FTS5 table, `search_index`, which `app.store.read_model` creates because SQLAlchemy's models cannot
describe it. Its rowids are the ids of `index_entry`. Its columns `spans` and `further` locate the terms: see
`app.search.indexed_text`. A release that changes the analyser needs another version of the read model.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import select, text
from sqlmodel import Session, col

from app.search.documents import Document, section_documents, statement_documents
from app.search.indexed_text import NAME, index_text
from app.store.rows import insert_with_ids
from app.store.search_tables import IndexEntry
from app.store.tables import Revision, Section, Statement

BATCH_ROWS = 500

_REVISIONS = "SELECT id FROM revision WHERE guide = :guide"
_ENTRIES = f"SELECT id FROM index_entry WHERE revision_id IN ({_REVISIONS})"  # noqa: S608 - of constants
_DELETE_ROWS = text(f"DELETE FROM search_index WHERE rowid IN ({_ENTRIES})")  # noqa: S608 - of constants
_DELETE_ENTRIES = text(f"DELETE FROM index_entry WHERE revision_id IN ({_REVISIONS})")  # noqa: S608 - of constants
_INSERT = text(
    "INSERT INTO search_index (rowid, title, names, text, spans, further)"
    " VALUES (:id, :title, :names, :text, :spans, :further)"
)


def index_guide(session: Session, guide: str) -> None:
    """Index the current revision of a guide, if it has one, and no other of its revisions."""
    unindex_guide(session, guide)
    _add_current(session, guide, Section, section_documents)
    _add_current(session, guide, Statement, statement_documents)


def unindex_guide(session: Session, guide: str) -> None:
    """Remove all revisions of a guide from the index."""
    session.execute(_DELETE_ROWS, {"guide": guide})
    session.execute(_DELETE_ENTRIES, {"guide": guide})


def batches(ids: Sequence[int]) -> Iterator[list[int]]:
    """Yield ids in batches that are indexed at a time."""
    remaining = iter(ids)
    while batch := list(islice(remaining, BATCH_ROWS)):
        yield batch


def _add_current(
    session: Session,
    guide: str,
    table: type[Section | Statement],
    documents: Callable[[Session, Sequence[int]], Iterator[Document]],
) -> None:
    is_current = (col(Revision.guide) == guide, col(Revision.is_current))
    ids = select(col(table.id)).join(Revision).where(*is_current).order_by(col(table.id))
    for batch in batches(session.scalars(ids).all()):
        _add(session, f"{table.__tablename__}_id", list(documents(session, batch)))


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
