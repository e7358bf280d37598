"""Queries for guides and their revisions."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlmodel import Session, col

from app import schemas
from app.errors import InvalidInput, NotFound
from app.store.engines import CompiledSelect, fetch_all
from app.store.tables import Passage, Revision, Section, Source, Statement, Topic
from app.text.editions import Edition
from app.urls import URLs


@dataclass(frozen=True)
class SelectedRevision:
    """The revision and edition of a guide that a request reads."""

    urls: URLs
    guide: str
    revision: str
    revision_id: int
    title: str
    language: str
    published_at: datetime
    edition: Edition


_of_guide: Select[*tuple[Any, ...]] = select(
    col(Revision.name).label("revision"),
    col(Revision.id).label("revision_id"),
    col(Revision.title),
    col(Revision.language),
    col(Revision.published_at),
).where(col(Revision.guide) == bindparam("guide"))
_current = CompiledSelect(_of_guide.where(col(Revision.is_current)))
_named = CompiledSelect(_of_guide.where(col(Revision.name) == bindparam("name")))


def select_revision(
    session: Session, urls: URLs, guide: str, revision: str | None = None, edition: Edition = "corrected"
) -> SelectedRevision:
    """Select the current revision of a guide, or the named one.

    Raises `NotFound` for an unknown guide and `InvalidInput` for an unknown revision.
    """
    statement = _named if revision else _current
    if rows := statement.fetch_all(session, guide=guide, name=revision):
        return SelectedRevision(urls=urls, guide=guide, edition=edition, **rows[0]._asdict())
    existing = fetch_all(session, select(col(Revision.guide), col(Revision.name)))
    names = [name for existing_guide, name in existing if existing_guide == guide]
    if not names:
        raise NotFound.unknown("guide", guide, sorted({existing_guide for existing_guide, _ in existing}))
    raise InvalidInput.unknown("revision", str(revision), names)


def guide(session: Session, selected: SelectedRevision) -> schemas.Guide:
    """Return a guide with its table of contents."""
    return _guides(session, selected.urls, [selected.revision_id])[0]


def guides(session: Session, urls: URLs, limit: int, offset: int) -> tuple[list[schemas.Guide], int]:
    """Return a page of the guides, sorted by slug, and their total number."""
    current = select(col(Revision.id)).where(col(Revision.is_current)).order_by(col(Revision.guide))
    ids = [id_ for (id_,) in fetch_all(session, current)]
    return _guides(session, urls, ids[offset : offset + limit]), len(ids)


def source(session: Session, selected: SelectedRevision) -> str:
    """Return the source document of a guide; raise `NotFound` if it has none."""
    ((text,),) = fetch_all(session, select(col(Revision.source)).where(col(Revision.id) == selected.revision_id))
    if text is None:
        raise NotFound("No source document is kept for this guide.")
    return str(text)


def revisions(
    session: Session, selected: SelectedRevision, limit: int, offset: int
) -> tuple[list[schemas.Revision], int]:
    """Return a page of a guide's revisions, newest first, and their total number."""
    page = (
        select(
            col(Revision.name),
            col(Revision.digest),
            col(Revision.published_at),
            col(Revision.is_current),
            func.count().over(),
        )
        .where(col(Revision.guide) == selected.guide)
        .order_by(col(Revision.published_at).desc(), col(Revision.id).desc())
        .limit(limit)
        .offset(offset)
    )
    rows = fetch_all(session, page)
    return [
        schemas.Revision(
            revision=name,
            digest=f"sha256:{digest}",
            published_at=published_at,
            current=is_current,
            url=selected.urls.pinned_to(name).guide(selected.guide),
        )
        for name, digest, published_at, is_current, _ in rows
    ], rows[0][-1] if rows else 0


def _guides(session: Session, urls: URLs, revision_ids: Sequence[int]) -> list[schemas.Guide]:
    revisions = fetch_all(
        session,
        select(
            col(Revision.id),
            col(Revision.guide),
            col(Revision.name),
            col(Revision.title),
            col(Revision.summary),
            col(Revision.language),
            col(Revision.licence),
            col(Revision.published_at),
            col(Revision.source).is_not(None),
        )
        .where(col(Revision.id).in_(revision_ids))
        .order_by(col(Revision.guide)),
    )
    contents = _contents(session, urls, revision_ids)
    passages = _counts(
        session,
        select(col(Section.revision_id), func.count())
        .join(Passage, col(Passage.section_id) == col(Section.id))
        .where(col(Section.revision_id).in_(revision_ids))
        .group_by(col(Section.revision_id)),
    )
    topics = _counts(
        session,
        select(col(Topic.revision_id), func.count())
        .where(col(Topic.revision_id).in_(revision_ids))
        .group_by(col(Topic.revision_id)),
    )
    sources = _counts(
        session,
        select(col(Source.revision_id), func.count())
        .where(col(Source.revision_id).in_(revision_ids))
        .group_by(col(Source.revision_id)),
    )
    statements = {
        (id_, kind): count
        for id_, kind, count in fetch_all(
            session,
            select(col(Statement.revision_id), col(Statement.kind), func.count())
            .where(col(Statement.revision_id).in_(revision_ids))
            .group_by(col(Statement.revision_id), col(Statement.kind)),
        )
    }
    return [
        schemas.Guide(
            slug=slug,
            url=urls.guide(slug),
            title=title,
            summary=summary,
            language=language,
            licence=licence,
            revision=name,
            published_at=published_at,
            contents=contents[id_][0],
            counts=schemas.GuideCounts(
                sections=contents[id_][1],
                passages=passages[id_],
                topics=topics[id_],
                corrections=statements.get((id_, "correction"), 0),
                instruments=statements.get((id_, "instrument"), 0),
                events=statements.get((id_, "event"), 0),
                terms=statements.get((id_, "term"), 0),
                sources=sources[id_],
            ),
            links=schemas.GuideLinks(
                sections=urls.guide(slug, "/sections"),
                source=urls.guide(slug, "/source") if has_source else None,
                corrections=urls.guide(slug, "/corrections"),
                instruments=urls.at("/v1/instruments", guide=slug),
                events=urls.at("/v1/events", guide=slug),
                terms=urls.at("/v1/terms", guide=slug),
                sources=urls.at("/v1/sources", guide=slug),
                revisions=urls.guide(slug, "/revisions"),
            ),
        )
        for id_, slug, name, title, summary, language, licence, published_at, has_source in revisions
    ]


def _counts(session: Session, statement: Select[int, int]) -> Counter[int]:
    """Return the result of a statement that selects a revision's id and a count, as a counter."""
    return Counter(dict(fetch_all(session, statement)))


def _contents(
    session: Session, urls: URLs, revision_ids: Sequence[int]
) -> dict[int, tuple[list[schemas.ContentsEntry], int]]:
    """Return the nested table of contents and the number of sections of each revision."""
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
        )
        .join(Revision, col(Revision.id) == col(Section.revision_id))
        .where(col(Section.revision_id).in_(revision_ids))
        .order_by(col(Section.revision_id), col(Section.position)),
    )
    children: dict[tuple[int, int | None], list[Any]] = defaultdict(list)
    counts: Counter[int] = Counter()
    for row in rows:
        revision_id, _, _, parent, *_ = row
        children[revision_id, parent].append(row)
        counts[revision_id] += 1

    def entries(revision_id: int, parent: int | None) -> list[schemas.ContentsEntry]:
        return [
            schemas.ContentsEntry(
                slug=slug,
                number=number,
                title=title,
                title_supplied=title_supplied,
                url=urls.section(guide, slug),
                children=entries(revision_id, position),
            )
            for _, guide, position, _, slug, number, title, title_supplied in children[revision_id, parent]
        ]

    return {id_: (entries(id_, None), counts[id_]) for id_ in revision_ids}
