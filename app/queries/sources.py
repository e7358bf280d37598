"""Queries for cited works, across the current revisions of all guides."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from app import schemas
from app.queries.facts import FactFilter, Rows
from app.queries.guides import SelectedRevision
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
        col(Source.changed_in),
        func.count().over().label("total"),
    )
    .join(Revision, col(Revision.id) == col(Source.revision_id))
    .order_by(col(Revision.guide), col(Source.position))
)


def sources(session: Session, only: FactFilter, limit: int, offset: int) -> tuple[list[schemas.Source], int]:
    """Return a page of sources in the order of their files, and their total number."""
    rows = fetch_all(session, _sources.where(only.is_read).limit(limit).offset(offset))
    return _build_sources(session, only.urls, rows), rows[0].total if rows else 0


def source(session: Session, selected: SelectedRevision, slug: str) -> schemas.Source:
    """Return one source of a revision that has it."""
    of_revision = _sources.where(col(Source.revision_id) == selected.revision_id, col(Source.slug) == slug)
    return _build_sources(session, selected.urls, fetch_all(session, of_revision))[0]


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
    for source_id, kind, slug, title, pinpoint in citing:
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
