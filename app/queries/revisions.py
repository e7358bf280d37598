"""Queries for the revisions of a guide."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from app import schemas
from app.errors import NotFound
from app.queries.selected_revisions import PREVIOUS, SelectedRevision
from app.store.engines import fetch_all
from app.store.publication_tables import Publication
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


def revision_at(session: Session, guide: str, moment: datetime) -> str:
    """Return the revision of a guide that was current at a time.

    Raises `NotFound` for an unknown guide, and if none was current then or the one that was has been removed.
    """
    is_its_revision = (col(Revision.guide) == col(Publication.guide)) & (
        col(Revision.name) == col(Publication.revision)
    )
    of_guide: Select[*tuple[Any, ...]] = (
        select(col(Publication.at), col(Publication.revision), col(Revision.id))
        .outerjoin(Revision, is_its_revision)
        .where(col(Publication.guide) == guide, col(Publication.kind) != "pruned")
    )
    before = of_guide.where(col(Publication.at) <= moment).order_by(col(Publication.sequence).desc())
    for _, revision, id_ in fetch_all(session, before.limit(1)):
        if id_ is not None:
            return str(revision)
        reason = f"its revision {revision} was removed" if revision else "it was withdrawn"
        raise NotFound(f"The guide “{guide}” cannot be read as of this time, because {reason}.")
    if first := fetch_all(session, of_guide.order_by(col(Publication.sequence)).limit(1)):
        raise NotFound(f"The guide “{guide}” was first published at {first[0].at:%Y-%m-%dT%H:%M:%SZ}.")
    guides = fetch_all(session, select(col(Revision.guide)).distinct())
    raise NotFound.unknown("guide", guide, [name for (name,) in guides])


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
