"""Guides, their revisions, and which revision is being read."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlmodel import Session, col

from app import schemas
from app.addresses import Addresses
from app.content.editions import Edition
from app.database import Prepared, rows
from app.http.problems import InvalidInput, NotFound
from app.models import Passage, Revision, Section, Source, Statement, Topic


@dataclass(frozen=True)
class Asked:
    """Which state of which guide a request asks for: the current revision or the one it names, in an edition."""

    addresses: Addresses
    guide: str
    revision: str | None = None
    edition: Edition = "corrected"


@dataclass(frozen=True)
class Reading:
    """The state of a guide that is being read: a revision that exists, in an edition."""

    addresses: Addresses
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
_current = Prepared(_of_guide.where(col(Revision.is_current)))
_named = Prepared(_of_guide.where(col(Revision.name) == bindparam("name")))


def reading(session: Session, asked: Asked) -> Reading:
    """What was asked for, found in the store; `NotFound` or `InvalidInput` with the nearest names where it is not."""
    asked_for = _named if asked.revision else _current
    if found := asked_for.rows(session, guide=asked.guide, name=asked.revision):
        return Reading(addresses=asked.addresses, guide=asked.guide, edition=asked.edition, **found[0]._asdict())
    held = rows(session, select(col(Revision.guide), col(Revision.name)))
    if not any(guide == asked.guide for guide, _ in held):
        raise NotFound.named("guide", asked.guide, sorted({guide for guide, _ in held}))
    names = [name for guide, name in held if guide == asked.guide]
    raise InvalidInput.unknown("revision", str(asked.revision), names)


def guide(session: Session, reading: Reading) -> schemas.Guide:
    """One guide, with its table of contents."""
    return _guides(session, reading.addresses, [reading.revision_id])[0]


def guides(session: Session, addresses: Addresses, limit: int, offset: int) -> tuple[list[schemas.Guide], int]:
    """A page of the guides by slug, and how many there are."""
    current = select(col(Revision.id)).where(col(Revision.is_current)).order_by(col(Revision.guide))
    ids = [id_ for (id_,) in rows(session, current)]
    return _guides(session, addresses, ids[offset : offset + limit]), len(ids)


def source(session: Session, reading: Reading) -> str:
    """The document that the guide was made from; `NotFound` where none is kept."""
    ((text,),) = rows(session, select(col(Revision.source)).where(col(Revision.id) == reading.revision_id))
    if text is None:
        raise NotFound("No source document is kept for this guide.")
    return str(text)


def revisions(session: Session, reading: Reading, limit: int, offset: int) -> tuple[list[schemas.Revision], int]:
    """A page of what has been published of a guide, newest first, and how many there are."""
    page = (
        select(
            col(Revision.name),
            col(Revision.digest),
            col(Revision.published_at),
            col(Revision.is_current),
            func.count().over(),
        )
        .where(col(Revision.guide) == reading.guide)
        .order_by(col(Revision.published_at).desc(), col(Revision.id).desc())
        .limit(limit)
        .offset(offset)
    )
    found = rows(session, page)
    return [
        schemas.Revision(
            revision=name,
            digest=f"sha256:{digest}",
            published_at=published_at,
            current=is_current,
            url=reading.addresses.as_of(name).guide(reading.guide),
        )
        for name, digest, published_at, is_current, _ in found
    ], found[0][-1] if found else 0


def _guides(session: Session, addresses: Addresses, revision_ids: Sequence[int]) -> list[schemas.Guide]:
    revisions = rows(
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
    contents = _contents(session, addresses, revision_ids)
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
        for id_, kind, count in rows(
            session,
            select(col(Statement.revision_id), col(Statement.kind), func.count())
            .where(col(Statement.revision_id).in_(revision_ids))
            .group_by(col(Statement.revision_id), col(Statement.kind)),
        )
    }
    return [
        schemas.Guide(
            slug=slug,
            url=addresses.guide(slug),
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
                sections=addresses.sections(slug),
                source=addresses.document(slug) if has_source else None,
                corrections=addresses.corrections(slug),
                instruments=addresses.instruments(guide=slug),
                events=addresses.events(guide=slug),
                terms=addresses.terms(guide=slug),
                sources=addresses.sources(guide=slug),
                revisions=addresses.revisions(slug),
            ),
        )
        for id_, slug, name, title, summary, language, licence, published_at, has_source in revisions
    ]


def _counts(session: Session, statement: Select[int, int]) -> Counter[int]:
    """How many there are by revision, for a statement that gives a revision's id and a number."""
    return Counter(dict(rows(session, statement)))


def _contents(
    session: Session, addresses: Addresses, revision_ids: Sequence[int]
) -> dict[int, tuple[list[schemas.ContentsEntry], int]]:
    """For each revision its table of contents, nested, and how many sections it has."""
    found = rows(
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
    below: dict[tuple[int, int | None], list[Any]] = defaultdict(list)
    counts: Counter[int] = Counter()
    for row in found:
        revision_id, _, _, parent, *_ = row
        below[revision_id, parent].append(row)
        counts[revision_id] += 1

    def entries(revision_id: int, parent: int | None) -> list[schemas.ContentsEntry]:
        return [
            schemas.ContentsEntry(
                slug=slug,
                number=number,
                title=title,
                title_supplied=title_supplied,
                url=addresses.section(guide, slug),
                children=entries(revision_id, position),
            )
            for _, guide, position, _, slug, number, title, title_supplied in below[revision_id, parent]
        ]

    return {id_: (entries(id_, None), counts[id_]) for id_ in revision_ids}
