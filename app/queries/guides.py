"""Queries for guides."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import Session, col

from app import schemas
from app.errors import NotFound
from app.queries.selected_revisions import SelectedRevision
from app.store.engines import fetch_all
from app.store.tables import Passage, Revision, Section, Source, Statement, Topic
from app.urls import URLs


def _count(table: type[Section | Topic | Source | Statement], *conditions: ColumnElement[bool]) -> Any:
    """Return SQL that counts the rows of a revision in a table."""
    rows = select(func.count()).select_from(table).where(col(table.revision_id) == col(Revision.id), *conditions)
    return rows.scalar_subquery()


def _count_statements(kind: str) -> Any:
    return _count(Statement, col(Statement.kind) == kind)


_guides: Select[*tuple[Any, ...]] = select(
    col(Revision.id),
    col(Revision.guide),
    col(Revision.name),
    col(Revision.title),
    col(Revision.summary),
    col(Revision.language),
    col(Revision.licence),
    col(Revision.published_at),
    col(Revision.source).is_not(None).label("has_source"),
    _count(Section).label("sections"),
    select(func.count(col(Passage.id)))
    .join(Section, col(Section.id) == col(Passage.section_id))
    .where(col(Section.revision_id) == col(Revision.id))
    .scalar_subquery()
    .label("passages"),
    _count(Topic).label("topics"),
    _count_statements("correction").label("corrections"),
    _count_statements("instrument").label("instruments"),
    _count_statements("event").label("events"),
    _count_statements("term").label("terms"),
    _count(Source).label("sources"),
).order_by(col(Revision.guide))


def guide(session: Session, selected: SelectedRevision) -> schemas.Guide:
    """Return a guide with its table of contents."""
    rows = fetch_all(session, _guides.where(col(Revision.id) == selected.revision_id))
    return _build_guides(session, selected.urls, rows)[0]


def guides(session: Session, urls: URLs, limit: int, offset: int) -> tuple[list[schemas.Guide], int]:
    """Return a page of the guides, sorted by slug, and their total number."""
    # Only the parts of the guides of the page are counted, which takes much longer than to choose them.
    chosen = select(col(Revision.id), func.count().over().label("total")).where(col(Revision.is_current))
    page = chosen.order_by(col(Revision.guide)).limit(limit).offset(offset).subquery()
    rows = fetch_all(session, _guides.join(page, page.c.id == col(Revision.id)).add_columns(page.c.total))
    return _build_guides(session, urls, rows), rows[0].total if rows else 0


def source(session: Session, selected: SelectedRevision) -> str:
    """Return the source document of a guide; raise `NotFound` if it has none."""
    ((text,),) = fetch_all(session, select(col(Revision.source)).where(col(Revision.id) == selected.revision_id))
    if text is None:
        raise NotFound("No source document is kept for this guide.")
    return str(text)


def _build_guides(session: Session, urls: URLs, rows: Sequence[Any]) -> list[schemas.Guide]:
    contents = _contents(session, urls, [row.id for row in rows])
    return [
        schemas.Guide(
            slug=row.guide,
            url=urls.guide(row.guide),
            title=row.title,
            summary=row.summary,
            language=row.language,
            licence=row.licence,
            revision=row.name,
            published_at=row.published_at,
            contents=contents[row.id],
            counts=schemas.GuideCounts.model_validate(row, from_attributes=True),
            links=schemas.GuideLinks(
                sections=urls.guide(row.guide, "/sections"),
                passages=urls.guide(row.guide, "/passages"),
                source=urls.at(f"/v1/guides/{row.guide}/source") if row.has_source else None,
                corrections=urls.guide(row.guide, "/corrections"),
                annotations=urls.guide(row.guide, "/annotations"),
                instruments=urls.facts("/v1/instruments", guide=row.guide),
                events=urls.facts("/v1/events", guide=row.guide),
                terms=urls.facts("/v1/terms", guide=row.guide),
                sources=urls.facts("/v1/sources", guide=row.guide),
                revisions=urls.at(f"/v1/guides/{row.guide}/revisions"),
                changes=urls.at(f"/v1/guides/{row.guide}/changes"),
                downloads=urls.guide(row.guide, "/downloads"),
            ),
        )
        for row in rows
    ]


def _contents(session: Session, urls: URLs, revision_ids: Sequence[int]) -> dict[int, list[schemas.ContentsEntry]]:
    """Return the nested table of contents of each revision."""
    rows = fetch_all(
        session,
        select(
            col(Section.revision_id),
            col(Revision.guide),
            col(Section.position),
            col(Section.parent),
            col(Section.slug),
            col(Section.number),
            col(Section.title),
            col(Section.title_supplied),
            col(Section.original_words if urls.edition == "original" else Section.corrected_words),
        )
        .join(Revision, col(Revision.id) == col(Section.revision_id))
        .where(col(Section.revision_id).in_(revision_ids))
        .order_by(col(Section.revision_id), col(Section.position)),
    )
    contents: dict[int, list[schemas.ContentsEntry]] = defaultdict(list)
    entries: dict[tuple[int, int], schemas.ContentsEntry] = {}
    for revision_id, guide, position, parent, slug, number, title, title_supplied, words in rows:
        entry = entries[revision_id, position] = schemas.ContentsEntry(
            slug=slug,
            number=number,
            title=title,
            title_supplied=title_supplied,
            words=words,
            url=urls.section(guide, slug),
            children=[],
        )
        siblings = contents[revision_id] if parent is None else entries[revision_id, parent].children
        siblings.append(entry)
    return contents
