"""Queries for guides, and the choice of the revision to read."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, bindparam, func, not_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app import schemas
from app.errors import InvalidInput, NotFound
from app.queries.withdrawals import raise_if_fact_withdrawn, raise_if_withdrawn
from app.store.engines import CompiledSelect, fetch_all
from app.store.tables import Passage, Revision, Section, Source, Statement, Topic
from app.text.editions import Edition
from app.urls import URLs


@dataclass(frozen=True)
class SelectedRevision:
    """The revision and edition of a guide that a request reads.

    `previous` names the revision that was current before it; None for the first, or if that was removed.
    """

    urls: URLs
    guide: str
    revision: str
    revision_id: int
    title: str
    language: str
    published_at: datetime
    previous: str | None
    edition: Edition

    @property
    def is_read(self) -> SQLColumnExpression[bool]:
        """SQL condition of this revision."""
        return col(Revision.id) == self.revision_id


_other = aliased(Revision)
_same_guide = col(_other.guide) == col(Revision.guide)
PREVIOUS = select(col(_other.name)).where(_same_guide, col(_other.name) == col(Revision.previous)).scalar_subquery()
_revisions: Select[*tuple[Any, ...]] = select(
    col(Revision.guide),
    col(Revision.name).label("revision"),
    col(Revision.id).label("revision_id"),
    col(Revision.title),
    col(Revision.language),
    col(Revision.published_at),
    PREVIOUS.label("previous"),
)
_of_guide = _revisions.where(col(Revision.guide) == bindparam("guide"))
_current = CompiledSelect(_of_guide.where(col(Revision.is_current)))
_named = CompiledSelect(_of_guide.where(col(Revision.name) == bindparam("name"), not_(col(Revision.is_withdrawn))))


def select_revision(
    session: Session,
    urls: URLs,
    guide: str,
    revision: str | None = None,
    edition: Edition = "corrected",
    parameter: str = "revision",
) -> SelectedRevision:
    """Select the current revision of a guide, or the one that a parameter names.

    Raises `NotFound` for an unknown guide, `Withdrawn` and, for an unknown revision, `InvalidInput`.
    """
    statement = _named if revision else _current
    if rows := statement.fetch_all(session, guide=guide, name=revision):
        return _selected(urls, rows[0], revision, edition)
    raise_if_withdrawn(session, guide)
    existing = fetch_all(
        session, select(col(Revision.guide), col(Revision.name)).where(not_(col(Revision.is_withdrawn)))
    )
    names = [name for existing_guide, name in existing if existing_guide == guide]
    if not names:
        raise NotFound.unknown("guide", guide, sorted({existing_guide for existing_guide, _ in existing}))
    raise InvalidInput.unknown(parameter, str(revision), names, kind="revision")


def select_revision_with(
    session: Session, urls: URLs, kind: str, slug: str, revision: str | None = None
) -> SelectedRevision:
    """Select the current revision that has a fact or source, or the named one.

    `kind` is `instrument`, `event`, `term` or `source`. Raises `NotFound` for an unknown slug, `Withdrawn` and, for
    an unknown revision, `InvalidInput`.
    """
    if rows := _with_slug(kind, is_named=revision is not None).fetch_all(session, slug=slug, name=revision):
        return _selected(urls, rows[0], revision)
    raise_if_fact_withdrawn(session, kind, slug, revision)
    if revision:
        names = [name for (name,) in fetch_all(session, select(col(Revision.name)))]
        if revision not in names:
            raise InvalidInput.unknown("revision", revision, names)
    having, slugs = _having(kind, is_named=revision is not None)
    existing = fetch_all(session, having.with_only_columns(slugs), name=revision)
    raise NotFound.unknown(kind, slug, [name for (name,) in existing])


@cache
def _with_slug(kind: str, *, is_named: bool) -> CompiledSelect:
    having, slugs = _having(kind, is_named=is_named)
    return CompiledSelect(having.where(slugs == bindparam("slug")))


def _having(kind: str, *, is_named: bool) -> tuple[Select[*tuple[Any, ...]], SQLColumnExpression[str]]:
    """Return the revisions that have something of a kind, current ones or those with a `name`, and its slugs."""
    table = Source if kind == "source" else Statement
    of_kind = [] if kind == "source" else [col(Statement.kind) == kind]
    is_named_so = and_(col(Revision.name) == bindparam("name"), not_(col(Revision.is_withdrawn)))
    is_read = is_named_so if is_named else col(Revision.is_current)
    having = _revisions.join(table, col(table.revision_id) == col(Revision.id)).where(is_read, *of_kind)
    return having, col(table.slug)


def _selected(urls: URLs, row: Any, revision: str | None, edition: Edition = "corrected") -> SelectedRevision:
    return SelectedRevision(urls=replace(urls, revision=revision, edition=edition), edition=edition, **row._asdict())


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
