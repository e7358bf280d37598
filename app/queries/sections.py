"""Sections and passages."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app import schemas
from app.errors import InvalidInput, NotFound
from app.queries.corrections import slugs_touching, touching
from app.queries.guides import SelectedRevision
from app.queries.statements import facts_concerning
from app.store.engines import CompiledSelect, fetch_all, id_list
from app.store.tables import Passage, Related, Revision, Section, SectionTopic, SeeAlso, Topic
from app.text.editions import Edition
from app.urls import URLs

SECTIONS_AT_A_TIME = 100

_before, _after, _enclosing, _child = aliased(Section), aliased(Section), aliased(Section), aliased(Section)


def _beside(other: type[Section], position: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    return and_(col(other.revision_id) == col(Section.revision_id), col(other.position) == position)


Statement = Select[*tuple[Any, ...]]

# The statements are made once where they can be: SQLAlchemy takes longer to make one than SQLite to run it.

# A page of sections: each with its guide and its neighbours, and with the length of the whole list.
_page: Statement = (
    select(
        col(Section.id),
        col(Section.slug),
        col(Section.number),
        col(Section.level),
        col(Section.title),
        col(Section.title_supplied),
        col(Revision.guide),
        col(Revision.name).label("revision"),
        col(_before.slug).label("before_slug"),
        col(_before.title).label("before_title"),
        col(_after.slug).label("after_slug"),
        col(_after.title).label("after_title"),
        col(_enclosing.slug).label("enclosing_slug"),
        col(_enclosing.title).label("enclosing_title"),
        func.count().over().label("total"),
    )
    .join(Revision, col(Revision.id) == col(Section.revision_id))
    .outerjoin(_before, _beside(_before, col(Section.position) - 1))
    .outerjoin(_after, _beside(_after, col(Section.position) + 1))
    .outerjoin(_enclosing, _beside(_enclosing, col(Section.parent)))
)
_one = CompiledSelect(
    _page.where(col(Section.revision_id) == bindparam("revision_id"), col(Section.slug) == bindparam("slug"))
)

# The parts of the sections of a page.
_ids = id_list("ids")
_children = CompiledSelect(
    select(col(Section.id), col(_child.slug), col(_child.title))
    .join(
        _child,
        and_(col(_child.revision_id) == col(Section.revision_id), col(_child.parent) == col(Section.position)),
    )
    .where(col(Section.id).in_(_ids))
    .order_by(col(_child.position))
)
_topics = CompiledSelect(
    select(col(SectionTopic.section_id), col(Topic.slug), col(Topic.label))
    .join(Topic, col(Topic.id) == col(SectionTopic.topic_id))
    .where(col(SectionTopic.section_id).in_(_ids))
    .order_by(col(SectionTopic.position))
)
_passages = CompiledSelect(
    select(col(Passage.section_id), col(Passage.n), col(Passage.kind), col(Passage.original), col(Passage.corrected))
    .where(col(Passage.section_id).in_(_ids))
    .order_by(col(Passage.n))
)
_see_also = CompiledSelect(
    select(col(SeeAlso.section_id), col(SeeAlso.title), col(SeeAlso.guide), col(SeeAlso.after))
    .where(col(SeeAlso.section_id).in_(_ids))
    .order_by(col(SeeAlso.position))
)
_related = CompiledSelect(
    select(col(Related.section_id), col(Section.slug), col(Section.title))
    .join(Section, col(Section.id) == col(Related.other_id))
    .where(col(Related.section_id).in_(_ids))
    .order_by(col(Related.position))
)
_passage = CompiledSelect(
    select(col(Passage.id), col(Passage.n), col(Passage.kind), col(Passage.original), col(Passage.corrected))
    .join(Section, col(Section.id) == col(Passage.section_id))
    .where(
        col(Section.revision_id) == bindparam("revision_id"),
        col(Section.slug) == bindparam("slug"),
        col(Passage.n) == bindparam("n"),
    )
)


def section(session: Session, selected: SelectedRevision, slug: str) -> schemas.Section:
    """One section; `NotFound` with its nearest neighbours in name."""
    found = _one.fetch_all(session, revision_id=selected.revision_id, slug=slug)
    if not found:
        raise NotFound.unknown("section", slug, _section_slugs(session, selected))
    return _sections(session, selected.urls, selected.edition, found)[0]


def heading(session: Session, selected: SelectedRevision, slug: str) -> tuple[str, str | None]:
    """The title and the number of a section; `NotFound` with its nearest neighbours in name."""
    headings = select(col(Section.title), col(Section.number)).where(
        col(Section.revision_id) == selected.revision_id, col(Section.slug) == slug
    )
    for title, number in fetch_all(session, headings):
        return title, number
    raise NotFound.unknown("section", slug, _section_slugs(session, selected))


def sections(
    session: Session, selected: SelectedRevision, limit: int, offset: int, topic: str | None, parent: str | None
) -> tuple[list[schemas.Section], int]:
    """A page of a guide's sections in reading order, and how many there are.

    `topic` keeps those of a topic, `parent` those right below a section, or at the top level for `none`. A topic or a
    parent that does not exist is an `InvalidInput`.
    """
    page = _page.where(col(Section.revision_id) == selected.revision_id)
    if topic is not None:
        page = page.where(col(Section.id).in_(_of_topic(topic)))
    if parent == "none":
        page = page.where(col(Section.parent).is_(None))
    elif parent is not None:
        page = page.where(col(_enclosing.slug) == parent)
    found = fetch_all(session, page.order_by(col(Section.position)).limit(limit).offset(offset))
    if not found:
        _refuse_unknown(session, selected, topic, parent)
    return _sections(session, selected.urls, selected.edition, found), _total(found)


def all_sections(session: Session, selected: SelectedRevision) -> Iterator[schemas.Section]:
    """All sections of a guide in reading order, fetched a page at a time."""
    page = _page.where(col(Section.revision_id) == selected.revision_id).order_by(col(Section.position))
    offset, total = 0, 1
    while offset < total:
        found = fetch_all(session, page.limit(SECTIONS_AT_A_TIME).offset(offset))
        total = _total(found)
        yield from _sections(session, selected.urls, selected.edition, found)
        offset += SECTIONS_AT_A_TIME


def topic_sections(
    session: Session, urls: URLs, edition: Edition, topic: str, limit: int, offset: int
) -> tuple[list[schemas.Section], int]:
    """A page of the sections of a topic, guide by guide in reading order, and how many there are."""
    page = _page.where(col(Revision.is_current), col(Section.id).in_(_of_topic(topic)))
    in_order = page.order_by(col(Revision.guide), col(Section.position))
    found = fetch_all(session, in_order.limit(limit).offset(offset))
    return _sections(session, urls, edition, found), _total(found)


def passage(session: Session, selected: SelectedRevision, passage_id: str) -> schemas.Passage:
    """One passage by its id; `NotFound` with the nearest ids."""
    slug, _, number = passage_id.rpartition(".")
    found = _passage.fetch_all(session, revision_id=selected.revision_id, slug=slug, n=int(number))
    if not found:
        ids = fetch_all(
            session,
            select(col(Section.slug), col(Passage.n))
            .join(Passage, col(Passage.section_id) == col(Section.id))
            .where(col(Section.revision_id) == selected.revision_id),
        )
        raise NotFound.unknown("passage", passage_id, [f"{slug}.{n}" for slug, n in ids])
    passage_id_, n, *words = found[0]
    corrections = slugs_touching(session, passage_id_)
    return _shown_passage(selected.urls, selected.edition, selected.guide, slug, n, *words, corrections=corrections)


def _sections(session: Session, urls: URLs, edition: Edition, found: Sequence[Any]) -> list[schemas.Section]:
    if not found:
        return []
    ids = [row.id for row in found]
    children, topics = _by_section(session, _children, ids), _by_section(session, _topics, ids)
    passages, see_also = _by_section(session, _passages, ids), _by_section(session, _see_also, ids)
    related = _by_section(session, _related, ids)
    corrections, facts = touching(session, urls, ids), facts_concerning(session, urls, ids)

    def link(row: Any, slug: str | None, title: str | None) -> schemas.SectionLink | None:
        if slug is None or title is None:
            return None
        return schemas.SectionLink(slug=slug, title=title, url=urls.section(row.guide, slug))

    return [
        schemas.Section(
            slug=row.slug,
            guide=row.guide,
            url=urls.section(row.guide, row.slug),
            number=row.number,
            level=row.level,
            title=row.title,
            title_supplied=row.title_supplied,
            parent=link(row, row.enclosing_slug, row.enclosing_title),
            children=[
                schemas.SectionLink(slug=slug, title=title, url=urls.section(row.guide, slug))
                for slug, title in children[row.id]
            ],
            previous=link(row, row.before_slug, row.before_title),
            next=link(row, row.after_slug, row.after_title),
            topics=[schemas.TopicLink(slug=slug, label=label, url=urls.topic(slug)) for slug, label in topics[row.id]],
            passages=[
                _shown_passage(
                    urls,
                    edition,
                    row.guide,
                    row.slug,
                    n,
                    *words,
                    corrections=corrections.passages.get((row.id, n), ()),
                )
                for n, *words in passages[row.id]
            ],
            see_also=[
                schemas.SeeAlso(
                    title=title,
                    guide=guide,
                    url=urls.guide(guide) if guide else None,
                    after=f"{row.slug}.{after}" if after else None,
                )
                for title, guide, after in see_also[row.id]
            ],
            related=[
                schemas.SectionLink(slug=slug, title=title, url=urls.section(row.guide, slug))
                for slug, title in related[row.id]
            ],
            corrections=corrections.sections.get(row.id, []),
            instruments=facts[row.id].instruments,
            articles=facts[row.id].articles,
            events=facts[row.id].events,
            terms=facts[row.id].terms,
            edition=edition,
            revision=row.revision,
        )
        for row in found
    ]


def _total(page: Sequence[Any]) -> int:
    return page[0].total if page else 0


def _shown_passage(
    urls: URLs,
    edition: Edition,
    guide: str,
    section: str,
    n: int,
    kind: Any,
    original: str,
    corrected: str | None,
    *,
    corrections: Sequence[str],
) -> schemas.Passage:
    text = original if corrected is None or edition == "original" else corrected
    return schemas.Passage(
        id=f"{section}.{n}",
        kind=kind,
        text=text,
        digest=f"sha256:{hashlib.sha256(text.encode()).hexdigest()}",
        corrections=list(corrections),
        url=urls.passage(guide, f"{section}.{n}"),
    )


Parts = dict[int, list[tuple[Any, ...]]]


def _by_section(session: Session, statement: CompiledSelect, ids: Sequence[int]) -> Parts:
    """The rows of a statement by their first column, a section's id, without it."""
    parts: Parts = defaultdict(list)
    for section_id, *rest in statement.fetch_all(session, ids=ids):
        parts[section_id].append(tuple(rest))
    return parts


def _of_topic(topic: str) -> Any:
    return (
        select(col(SectionTopic.section_id))
        .join(Topic, col(Topic.id) == col(SectionTopic.topic_id))
        .where(col(Topic.slug) == topic)
    )


def _section_slugs(session: Session, selected: SelectedRevision) -> Sequence[str]:
    slugs = select(col(Section.slug)).where(col(Section.revision_id) == selected.revision_id)
    return [slug for (slug,) in fetch_all(session, slugs)]


def _refuse_unknown(session: Session, selected: SelectedRevision, topic: str | None, parent: str | None) -> None:
    if parent not in {None, "none"}:
        slugs = _section_slugs(session, selected)
        if parent not in slugs:
            raise InvalidInput.unknown("parent", str(parent), slugs)
    if topic is not None:
        known = select(col(Topic.slug)).where(col(Topic.revision_id) == selected.revision_id)
        topics = [slug for (slug,) in fetch_all(session, known)]
        if topic not in topics:
            raise InvalidInput.unknown("topic", topic, topics)
