"""Queries for cited works, across the current revisions of all guides."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from app import schemas
from app.errors import NotFound
from app.queries.facts import FactFilter, Rows, check_filter
from app.queries.statements import statement_url
from app.store.engines import fetch_all
from app.store.tables import Citation, Revision, Source, Statement
from app.urls import URLs

_sources: Select[*tuple[Any, ...]] = (
    select(
        col(Source.id),
        col(Source.slug),
        col(Source.data),
        col(Revision.guide),
        col(Revision.name).label("revision"),
        func.count().over().label("total"),
    )
    .join(Revision, col(Revision.id) == col(Source.revision_id))
    .where(col(Revision.is_current))
    .order_by(col(Revision.guide), col(Source.position))
)


def sources(
    session: Session, urls: URLs, limit: int, offset: int, guide: str | None
) -> tuple[list[schemas.Source], int]:
    """Return a page of sources in the order of their files, and their total number."""
    page = _sources if guide is None else _sources.where(col(Revision.guide) == guide)
    if not (rows := fetch_all(session, page.limit(limit).offset(offset))):
        check_filter(session, FactFilter(guide=guide))
        return [], 0
    return _build_sources(session, urls, rows), rows[0].total


def source(session: Session, urls: URLs, slug: str) -> schemas.Source:
    """Return one source, or raise `NotFound`."""
    if rows := fetch_all(session, _sources.where(col(Source.slug) == slug)):
        return _build_sources(session, urls, rows)[0]
    existing = select(col(Source.slug)).join(Revision).where(col(Revision.is_current))
    raise NotFound.unknown("source", slug, [name for (name,) in fetch_all(session, existing)])


def _build_sources(session: Session, urls: URLs, rows: Rows) -> list[schemas.Source]:
    citing = fetch_all(
        session,
        select(
            col(Citation.source_id),
            col(Statement.kind),
            col(Statement.slug),
            col(Statement.label),
            col(Citation.pinpoint),
        )
        .join(Statement, col(Statement.id) == col(Citation.statement_id))
        .where(col(Citation.source_id).in_([row.id for row in rows]))
        .order_by(col(Statement.id)),
    )
    cited_by: dict[int, list[schemas.CitedBy]] = defaultdict(list)
    guides = {row.id: row.guide for row in rows}
    for source_id, kind, slug, label, pinpoint in citing:
        url = statement_url(urls, kind, slug, guides[source_id])
        link = schemas.CitedBy(kind=kind, slug=slug.rpartition("/")[2], label=label, pinpoint=pinpoint, url=url)
        cited_by[source_id].append(link)
    return [
        schemas.Source(
            slug=row.slug,
            guide=row.guide,
            url=urls.of("source", row.slug),
            cited_by=cited_by[row.id],
            revision=row.revision,
            **row.data,
        )
        for row in rows
    ]
