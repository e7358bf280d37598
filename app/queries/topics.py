"""Queries for topics, across the current revisions of all guides."""

from dataclasses import replace

from sqlalchemy import func, select
from sqlmodel import Session, col

from app import schemas
from app.errors import NotFound
from app.queries.sections import sections_with_ids
from app.store.engines import CompiledSelect, fetch_tuples
from app.store.tables import Revision, Topic
from app.text.editions import Edition
from app.urls import URLs

# If guides describe a topic differently, the description published last is used: where a statement has the maximum of
# one column, SQLite takes the others from the row that has it (https://sqlite.org/lang_select.html#bareagg).
_topics = CompiledSelect(
    select(
        col(Topic.slug),
        col(Topic.label),
        col(Topic.description),
        func.max(col(Revision.sequence)),
        func.count().label("guides"),
        func.sum(col(Topic.sections)).label("sections"),
        func.sum(col(Topic.passages)).label("passages"),
        func.sum(col(Topic.instruments)).label("instruments"),
        func.sum(col(Topic.events)).label("events"),
        func.sum(col(Topic.terms)).label("terms"),
    )
    .join(Revision, col(Revision.id) == col(Topic.revision_id))
    .where(col(Revision.is_current), col(Topic.sections) > 0)
    .group_by(col(Topic.slug))
    .order_by(col(Topic.position), col(Topic.slug))
)

# Guide by guide, so that SQLite need not read and sort the sections of all guides.
_SECTIONS = """
    SELECT section.id, (
        SELECT sum(topic.sections) FROM revision JOIN topic ON topic.revision_id = revision.id
        WHERE revision.is_current AND topic.slug = :topic
    )
    FROM revision INDEXED BY ix_revision_current
    CROSS JOIN topic ON topic.revision_id = revision.id AND topic.slug = :topic
    CROSS JOIN section_topic ON section_topic.topic_id = topic.id
    CROSS JOIN section ON section.id = section_topic.section_id
    WHERE revision.is_current
    ORDER BY revision.guide, section.position LIMIT :limit OFFSET :offset
"""


def topics(session: Session, urls: URLs) -> list[schemas.Topic]:
    """Return all topics in their shared order, each with its counts."""
    return [
        schemas.Topic(
            slug=row.slug,
            url=urls.topic(row.slug),
            title=row.label,
            description=row.description,
            counts=schemas.TopicCounts.model_validate(row, from_attributes=True),
            sections_url=urls.at(f"/v1/topics/{row.slug}/sections"),
            instruments_url=urls.at("/v1/instruments", topic=row.slug),
            events_url=urls.at("/v1/events", topic=row.slug),
            terms_url=urls.at("/v1/terms", topic=row.slug),
        )
        for row in _topics.fetch_all(session)
    ]


def topic(session: Session, urls: URLs, slug: str) -> schemas.Topic:
    """Return a topic; raise `NotFound` with the most similar slugs."""
    by_slug = {topic.slug: topic for topic in topics(session, urls)}
    if slug not in by_slug:
        raise NotFound.unknown("topic", slug, by_slug)
    return by_slug[slug]


def topic_sections(
    session: Session, urls: URLs, edition: Edition, topic: str, limit: int, offset: int
) -> tuple[list[schemas.Section], int]:
    """Return a page of a topic's sections, guide by guide in reading order, and their total number."""
    rows = fetch_tuples(session, _SECTIONS, {"topic": topic, "limit": limit, "offset": offset})
    sections = sections_with_ids(session, replace(urls, edition=edition), edition, [id_ for id_, _ in rows])
    return [sections[id_] for id_, _ in rows], rows[0][1] if rows else 0
