"""Queries for topics, across the current revisions of all guides."""

from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import distinct, func, select
from sqlmodel import Session, col

from app import schemas
from app.errors import NotFound
from app.store.engines import CompiledSelect
from app.store.tables import Passage, Revision, Section, SectionTopic, Statement, StatementSection, Topic
from app.urls import URLs

_topics = CompiledSelect(
    select(
        col(Topic.position),
        col(Topic.slug),
        col(Topic.label),
        col(Topic.description),
        func.count(distinct(col(Section.id))).label("sections"),
        func.count(col(Passage.id)).label("passages"),
    )
    .join(Revision, col(Revision.id) == col(Topic.revision_id))
    .join(SectionTopic, col(SectionTopic.topic_id) == col(Topic.id))
    .join(Section, col(Section.id) == col(SectionTopic.section_id))
    .outerjoin(Passage, col(Passage.section_id) == col(Section.id))
    .where(col(Revision.is_current))
    .group_by(col(Topic.id))
    .order_by(col(Revision.sequence).desc())
)
_facts = CompiledSelect(
    select(col(Topic.slug), col(Statement.kind), func.count(distinct(col(Statement.id))))
    .join(SectionTopic, col(SectionTopic.topic_id) == col(Topic.id))
    .join(StatementSection, col(StatementSection.section_id) == col(SectionTopic.section_id))
    .join(Statement, col(Statement.id) == col(StatementSection.statement_id))
    .join(Revision, col(Revision.id) == col(Topic.revision_id))
    .where(col(Revision.is_current), col(Statement.kind).in_(("instrument", "event", "term")))
    .group_by(col(Topic.slug), col(Statement.kind))
)


def topics(session: Session, urls: URLs) -> list[schemas.Topic]:
    """Return all topics in their shared order, each with its counts.

    If guides describe a topic differently, the description published last is used.
    """
    rows = _topics.fetch_all(session)
    facts = _count_facts(session)
    by_slug: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_slug[row.slug].append(row)
    topics = [
        schemas.Topic(
            slug=slug,
            url=urls.topic(slug),
            title=latest.label,
            description=latest.description,
            counts=schemas.TopicCounts(
                guides=1 + len(earlier),
                sections=sum(row.sections for row in (latest, *earlier)),
                passages=sum(row.passages for row in (latest, *earlier)),
                instruments=facts[slug, "instrument"],
                events=facts[slug, "event"],
                terms=facts[slug, "term"],
            ),
            sections_url=urls.at(f"/v1/topics/{slug}/sections"),
            instruments_url=urls.at("/v1/instruments", topic=slug),
            events_url=urls.at("/v1/events", topic=slug),
            terms_url=urls.at("/v1/terms", topic=slug),
        )
        for slug, (latest, *earlier) in by_slug.items()
    ]
    return sorted(topics, key=lambda topic: (by_slug[topic.slug][0].position, topic.slug))


def topic(session: Session, urls: URLs, slug: str) -> schemas.Topic:
    """Return a topic; raise `NotFound` with the most similar slugs."""
    by_slug = {topic.slug: topic for topic in topics(session, urls)}
    if slug not in by_slug:
        raise NotFound.unknown("topic", slug, by_slug)
    return by_slug[slug]


def _count_facts(session: Session) -> Counter[tuple[str, str]]:
    """Count the facts that concern the sections of each topic, by topic slug and kind."""
    return Counter({(slug, kind): count for slug, kind, count in _facts.fetch_all(session)})
