"""Queries for cited works, across the current revisions of all guides."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlmodel import Session, col

from app import schemas
from app.queries.facts import FactFilter, Rows
from app.queries.selected_revisions import SelectedRevision
from app.queries.statements import statement_url
from app.store.engines import CompiledSelect, fetch_all, id_list
from app.store.tables import Citation, Revision, Source, Statement
from app.urls import URLs

_sources: Select[*tuple[Any, ...]] = (
    select(
        col(Source.id),
        col(Source.slug),
        col(Source.data),
        col(Revision.guide),
        col(Source.changed_in),
        func.count().over().label("total"),
    )
    .join(Revision, col(Revision.id) == col(Source.revision_id))
    .order_by(col(Revision.guide), col(Source.position))
)
_one = CompiledSelect(
    _sources.where(col(Source.revision_id) == bindparam("revision_id"), col(Source.slug) == bindparam("slug"))
)
_citing = CompiledSelect(
    select(
        col(Citation.source_id),
        col(Statement.kind),
        col(Statement.slug),
        col(Statement.label),
        col(Citation.pinpoint),
    )
    .join(Statement, col(Statement.id) == col(Citation.statement_id))
    .where(col(Citation.source_id).in_(id_list("ids")))
    .order_by(col(Statement.id))
)


def sources(session: Session, only: FactFilter, limit: int, offset: int) -> tuple[list[schemas.Source], int]:
    """Return a page of sources in the order of their files, and their total number."""
    rows = fetch_all(session, _sources.where(only.is_read).limit(limit).offset(offset))
    return _build_sources(session, only.urls, rows), rows[0].total if rows else 0


def source(session: Session, selected: SelectedRevision, slug: str) -> schemas.Source:
    """Return one source of a revision that has it."""
    rows = _one.fetch_all(session, revision_id=selected.revision_id, slug=slug)
    return _build_sources(session, selected.urls, rows)[0]


def sources_with_ids(session: Session, urls: URLs, ids: Sequence[int]) -> dict[int, schemas.Source]:
    """Return sources by the ids of their rows."""
    rows = fetch_all(session, _sources.where(col(Source.id).in_(ids)))
    return dict(zip((row.id for row in rows), _build_sources(session, urls, rows), strict=True))


def _build_sources(session: Session, urls: URLs, rows: Rows) -> list[schemas.Source]:
    cited_by: dict[int, list[schemas.CitedBy]] = defaultdict(list)
    guides = {row.id: row.guide for row in rows}
    for source_id, kind, slug, title, pinpoint in _citing.fetch_all(session, ids=[row.id for row in rows]):
        url = statement_url(urls, kind, slug, guides[source_id])
        link = schemas.CitedBy(kind=kind, slug=slug.rpartition("/")[2], title=title, pinpoint=pinpoint, url=url)
        cited_by[source_id].append(link)
    return [
        schemas.Source(
            slug=row.slug,
            guide=row.guide,
            url=urls.of("source", row.slug),
            cited_by=cited_by[row.id],
            revision=row.changed_in,
            **row.data,
        )
        for row in rows
    ]
