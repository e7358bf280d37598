"""Queries for the revisions of a guide."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from app import schemas
from app.errors import NotFound
from app.queries.guides import PREVIOUS, SelectedRevision
from app.store.engines import fetch_all
from app.store.tables import Revision
from app.urls import URLs

_revisions: Select[*tuple[Any, ...]] = select(
    col(Revision.guide),
    col(Revision.name),
    col(Revision.digest),
    col(Revision.published_at),
    col(Revision.is_current),
    PREVIOUS.label("previous"),
    col(Revision.changes),
    func.count().over().label("total"),
).order_by(col(Revision.sequence).desc())


def revisions(
    session: Session, selected: SelectedRevision, limit: int, offset: int
) -> tuple[list[schemas.Revision], int]:
    """Return a page of a guide's revisions, newest first, and their total number."""
    of_guide = _revisions.where(col(Revision.guide) == selected.guide)
    rows = fetch_all(session, of_guide.limit(limit).offset(offset))
    return [_build_revision(selected.urls, row) for row in rows], rows[0].total if rows else 0


def revision(session: Session, selected: SelectedRevision, name: str) -> schemas.Revision:
    """Return a revision of a guide; raise `NotFound` with the most similar names."""
    of_guide = _revisions.where(col(Revision.guide) == selected.guide)
    for row in fetch_all(session, of_guide.where(col(Revision.name) == name)):
        return _build_revision(selected.urls, row)
    raise NotFound.unknown("revision", name, [row.name for row in fetch_all(session, of_guide)])


def _build_revision(urls: URLs, row: Any) -> schemas.Revision:
    since = {"since": row.previous} if row.previous else {}
    return schemas.Revision(
        slug=row.name,
        title=f"Revision {row.name}",
        guide=row.guide,
        revision=row.name,
        digest=f"sha256:{row.digest}",
        published_at=row.published_at,
        current=row.is_current,
        previous=row.previous,
        changes=row.changes,
        url=urls.at(f"/v1/guides/{row.guide}/revisions/{row.name}"),
        guide_url=urls.pinned_to(row.name).guide(row.guide),
        changes_url=urls.at(f"/v1/guides/{row.guide}/changes", **since, until=row.name),
    )
