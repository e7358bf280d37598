"""Queries for sections."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app import schemas
from app.errors import NotFound
from app.queries.corrections import corrections_of_passages, corrections_of_sections
from app.queries.filters import check_filters, of_topic, section_slugs
from app.queries.passages import build_passage
from app.queries.passages import in_order as passages_in_order
from app.queries.selected_revisions import SelectedRevision
from app.queries.statements import facts_concerning
from app.store.engines import CompiledSelect, fetch_all, id_list
from app.store.search_tables import Related
from app.store.tables import Passage, Revision, Section, SectionTopic, SeeAlso, Topic
from app.text.editions import Edition
from app.urls import URLs

BATCH_SIZE = 100  # sections

_previous, _next, _parent, _child = aliased(Section), aliased(Section), aliased(Section), aliased(Section)
_changed_in = aliased(Revision)


def _is_at(other: type[Section], position: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    return and_(col(other.revision_id) == col(Section.revision_id), col(other.position) == position)


# Sections with their guide and their neighbours.
_page: Select[*tuple[Any, ...]] = (
    select(
        col(Section.id),
        col(Section.slug),
        col(Section.number),
        col(Section.level),
        col(Section.title),
        col(Section.title_supplied),
        col(Revision.guide),
        col(Section.changed_in),
        col(_changed_in.published_at),
        col(_previous.slug).label("previous_slug"),
        col(_previous.title).label("previous_title"),
        col(_next.slug).label("next_slug"),
        col(_next.title).label("next_title"),
        col(_parent.slug).label("parent_slug"),
        col(_parent.title).label("parent_title"),
    )
    .join(Revision, col(Revision.id) == col(Section.revision_id))
    .join(
        _changed_in,
        (col(_changed_in.guide) == col(Revision.guide)) & (col(_changed_in.name) == col(Section.changed_in)),
    )
    .outerjoin(_previous, _is_at(_previous, col(Section.position) - 1))
    .outerjoin(_next, _is_at(_next, col(Section.position) + 1))
    .outerjoin(_parent, _is_at(_parent, col(Section.parent)))
)
_one = CompiledSelect(
    _page.where(col(Section.revision_id) == bindparam("revision_id"), col(Section.slug) == bindparam("slug"))
)

_ids_in_order = select(col(Section.id)).order_by(col(Section.position))

# Parts of sections; each row has the `section_id`.
_ids = id_list("ids")
_children = CompiledSelect(
    select(col(Section.id).label("section_id"), col(_child.slug), col(_child.title))
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
_passages = CompiledSelect(passages_in_order.where(col(Passage.section_id).in_(_ids)))
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


def section(session: Session, selected: SelectedRevision, slug: str) -> schemas.Section:
    """Return a section; raise `NotFound` with the most similar slugs."""
    return _sections(session, selected.urls, selected.edition, [_row(session, selected, slug)])[0]


def heading(session: Session, selected: SelectedRevision, slug: str) -> tuple[str, str | None, str]:
    """Return the title and number of a section, and the revision in which it last changed.

    Raises `NotFound` with the most similar slugs.
    """
    row = _row(session, selected, slug)
    return row.title, row.number, row.changed_in


def sections(
    session: Session, selected: SelectedRevision, limit: int, offset: int, topic: str | None, parent: str | None
) -> tuple[list[schemas.Section], int]:
    """Return a page of a guide's sections in reading order, and their total number.

    `parent` is the slug of the enclosing section, or `none` for the top level. Raises `InvalidInput` for an unknown
    topic or parent.
    """
    chosen = _ids_in_order.where(col(Section.revision_id) == selected.revision_id)
    if topic is not None:
        chosen = chosen.where(col(Section.id).in_(of_topic(topic)))
    if parent == "none":
        chosen = chosen.where(col(Section.parent).is_(None))
    elif parent is not None:
        chosen = chosen.join(_parent, _is_at(_parent, col(Section.parent))).where(col(_parent.slug) == parent)
    rows, total = _rows(session, chosen, limit, offset)
    if not total:
        check_filters(session, selected.is_read, topic, parent=None if parent == "none" else parent)
    return _sections(session, selected.urls, selected.edition, rows), total


def all_sections(session: Session, selected: SelectedRevision) -> Iterator[schemas.Section]:
    """Yield all sections of a guide in reading order, fetching them in batches."""
    chosen = _ids_in_order.where(col(Section.revision_id) == selected.revision_id)
    offset, total = 0, 1
    while offset < total:
        rows, total = _rows(session, chosen, BATCH_SIZE, offset)
        yield from _sections(session, selected.urls, selected.edition, rows)
        offset += BATCH_SIZE


def sections_with_ids(session: Session, urls: URLs, edition: Edition, ids: Sequence[int]) -> dict[int, schemas.Section]:
    """Return sections by the ids of their rows."""
    rows = fetch_all(session, _page.where(col(Section.id).in_(ids)))
    return dict(zip((row.id for row in rows), _sections(session, urls, edition, rows), strict=True))


def _row(session: Session, selected: SelectedRevision, slug: str) -> Any:
    for row in _one.fetch_all(session, revision_id=selected.revision_id, slug=slug):
        return row
    raise NotFound.unknown("section", slug, section_slugs(session, selected))


def _rows(session: Session, chosen: Select[int], limit: int, offset: int) -> tuple[Sequence[Any], int]:
    """Return a page of the chosen sections, and the total number of them."""
    # Only the sections of the page are joined with their neighbours, which takes much longer than to choose them.
    ids = chosen.add_columns(func.count().over().label("total")).limit(limit).offset(offset).subquery()
    page = _page.join(ids, ids.c.id == col(Section.id)).add_columns(ids.c.total)
    rows = fetch_all(session, page.order_by(col(Revision.guide), col(Section.position)))
    return rows, rows[0].total if rows else 0


def _sections(session: Session, urls: URLs, edition: Edition, rows: Sequence[Any]) -> list[schemas.Section]:
    if not rows:
        return []
    ids = [row.id for row in rows]
    parts = (_children, _topics, _passages, _see_also, _related)
    children, topics, passages, see_also, related = (_by_section(session, part, ids) for part in parts)
    corrections, facts = corrections_of_sections(session, urls, ids), facts_concerning(session, urls, ids)
    passage_ids = [passage.id for id_ in ids for passage in passages[id_]]
    of_passages = corrections_of_passages(session, edition, passage_ids)
    return [
        schemas.Section(
            slug=row.slug,
            guide=row.guide,
            url=urls.section(row.guide, row.slug),
            number=row.number,
            level=row.level,
            title=row.title,
            title_supplied=row.title_supplied,
            parent=_link(urls, row.guide, row.parent_slug, row.parent_title),
            children=_links(urls, row.guide, children[row.id]),
            previous=_link(urls, row.guide, row.previous_slug, row.previous_title),
            next=_link(urls, row.guide, row.next_slug, row.next_title),
            topics=[
                schemas.TopicLink(slug=topic.slug, title=topic.label, url=urls.topic(topic.slug))
                for topic in topics[row.id]
            ],
            passages=[
                build_passage(urls, edition, row.guide, passage, of_passages[passage.id])
                for passage in passages[row.id]
            ],
            see_also=[
                schemas.SeeAlso(
                    title=other.title,
                    guide=other.guide,
                    url=urls.pinned_to(None).guide(other.guide) if other.guide else None,
                    after=f"{row.slug}.{other.after}" if other.after else None,
                )
                for other in see_also[row.id]
            ],
            related=_links(urls, row.guide, related[row.id]),
            corrections=corrections[row.id],
            **facts[row.id],
            edition=edition,
            revision=row.changed_in,
            published_at=row.published_at,
        )
        for row in rows
    ]


def _link(urls: URLs, guide: str, slug: str | None, title: str | None) -> schemas.SectionLink | None:
    if slug is None or title is None:
        return None
    return schemas.SectionLink(slug=slug, title=title, url=urls.section(guide, slug))


def _links(urls: URLs, guide: str, rows: Sequence[Any]) -> list[schemas.SectionLink]:
    return [schemas.SectionLink(slug=row.slug, title=row.title, url=urls.section(guide, row.slug)) for row in rows]


def _by_section(session: Session, statement: CompiledSelect, ids: Sequence[int]) -> dict[int, list[Any]]:
    """Return the rows of a statement, grouped by their `section_id`."""
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in statement.fetch_all(session, ids=ids):
        groups[row.section_id].append(row)
    return groups
