"""Queries for what happened to the guides."""

from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app import schemas
from app.errors import InvalidInput
from app.store.engines import fetch_all
from app.store.publication_tables import Publication
from app.store.tables import Revision
from app.urls import URLs

_revision, _previous = aliased(Revision), aliased(Revision)


def _is_kept(revision: Any, name: Any) -> Any:
    """Return SQL that says whether a revision of the guide can still be read."""
    named = select(col(revision.id)).where(col(revision.guide) == col(Publication.guide), col(revision.name) == name)
    return named.where(~col(revision.is_withdrawn)).exists()


_shown = col(Publication.kind) != "pruned"
_publications: Select[*tuple[Any, ...]] = select(
    col(Publication.sequence),
    col(Publication.kind),
    col(Publication.guide),
    col(Publication.title),
    col(Publication.former_guides),
    col(Publication.revision),
    col(Publication.previous),
    col(Publication.at),
    col(Publication.note),
    _is_kept(_revision, col(Publication.revision)).label("has_revision"),
    _is_kept(_previous, col(Publication.previous)).label("has_previous"),
    func.count().over().label("total"),
).where(_shown)


class Found(NamedTuple):
    """Some publications, the number of all that match, and the sequence number of the newest of all."""

    items: list[schemas.Publication]
    total: int
    newest: int


def publications(session: Session, urls: URLs, limit: int, offset: int) -> Found:
    """Return a page of all publications, newest first."""
    return _found(session, urls, _publications.order_by(col(Publication.sequence).desc()).limit(limit).offset(offset))


def publications_since(session: Session, urls: URLs, limit: int, since: int) -> Found:
    """Return the publications after a sequence number, oldest first.

    Raises `InvalidInput` for a number that no publication has yet: the client knows another history.
    """
    oldest_first = _publications.where(col(Publication.sequence) > since).order_by(col(Publication.sequence))
    found = _found(session, urls, oldest_first.limit(limit))
    if since > found.newest:
        message = "This cursor is newer than the last publication, so it is of another history. Start again with 0."
        raise InvalidInput.of(("since", message))
    return found


def _found(session: Session, urls: URLs, publications: Select[*tuple[Any, ...]]) -> Found:
    rows = fetch_all(session, publications)
    ((newest,),) = fetch_all(session, select(func.max(col(Publication.sequence))))
    return Found([_build(urls, row) for row in rows], rows[0].total if rows else 0, newest or 0)


def _build(urls: URLs, row: Any) -> schemas.Publication:
    compared = {"since": row.previous, "until": row.revision} if row.previous else {"until": row.revision}
    is_first = row.kind == "published" and row.previous is None
    can_be_compared = row.has_revision and (row.has_previous or is_first)
    return schemas.Publication(
        sequence=row.sequence,
        kind=row.kind,
        guide=row.guide,
        title=row.title,
        formerly=row.former_guides,
        revision=row.revision,
        previous=row.previous,
        at=row.at,
        note=row.note,
        url=urls.guide(row.guide),
        changes_url=urls.at(f"/v1/guides/{row.guide}/changes", **compared) if can_be_compared else None,
    )
