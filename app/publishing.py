"""A checked guide becomes a revision in the store: in one transaction, immutable, named by its content."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import Session, SQLModel, col, select

from app import content
from app.models import Passage, Revision, Section, SectionTopic, SeeAlso, Topic

ROWS_AT_A_TIME = 500  # bounds the memory that a large guide needs, and paces the progress that is shown


class Outcome(StrEnum):
    """What publishing a guide came to."""

    PUBLISHED = "published"
    CURRENT_AGAIN = "current again"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Publication:
    """A guide's revision after publishing, and what publishing came to."""

    guide: str
    revision: str
    outcome: Outcome


def publish(
    session: Session, guide: content.Guide, on_sections: Callable[[int], None] = lambda count: None
) -> Publication:
    """Make the guide's content its current revision; `on_sections` hears how many more sections were written.

    Content that is current already is left alone; content that was published before becomes current again. The
    caller commits: until then nobody sees any of it.
    """
    revisions = select(Revision).where(Revision.guide == guide.slug)
    current = session.exec(revisions.where(col(Revision.is_current))).one_or_none()
    if current and current.digest == guide.digest:
        on_sections(len(guide.sections))
        return Publication(guide.slug, guide.revision, Outcome.UNCHANGED)
    session.execute(update(Revision).where(col(Revision.guide) == guide.slug).values(is_current=False))
    if earlier := session.exec(revisions.where(Revision.name == guide.revision)).one_or_none():
        earlier.is_current = True
        session.add(earlier)
        on_sections(len(guide.sections))
        return Publication(guide.slug, guide.revision, Outcome.CURRENT_AGAIN)
    _write(session, guide, on_sections)
    return Publication(guide.slug, guide.revision, Outcome.PUBLISHED)


def _write(session: Session, guide: content.Guide, on_sections: Callable[[int], None]) -> None:
    revision = Revision(
        guide=guide.slug,
        name=guide.revision,
        digest=guide.digest,
        is_current=True,
        published_at=datetime.now(UTC),
        title=guide.title,
        language=guide.language,
        summary=guide.summary,
        licence=guide.licence,
        source=guide.source,
    )
    session.add(revision)
    session.flush()
    topics = (
        {"revision_id": revision.id, "position": position, **topic.model_dump()}
        for position, topic in enumerate(guide.topics)
    )
    topic_ids = dict(
        zip((topic.slug for topic in guide.topics), _insert_with_ids(session, Topic, list(topics)), strict=True)
    )
    positions = {section.slug: position for position, section in enumerate(guide.sections)}
    sections = iter(guide.sections)
    while batch := list(islice(sections, ROWS_AT_A_TIME)):
        rows = [
            {
                "revision_id": revision.id,
                "position": positions[section.slug],
                "parent": positions[section.parent] if section.parent else None,
                **section.model_dump(include={"slug", "number", "level", "title", "title_supplied"}),
            }
            for section in batch
        ]
        numbered = list(zip(_insert_with_ids(session, Section, rows), batch, strict=True))
        _insert(session, Passage, _passages(numbered))
        _insert(session, SeeAlso, _see_also(numbered))
        _insert(session, SectionTopic, _topics(numbered, topic_ids))
        on_sections(len(batch))


Numbered = Sequence[tuple[int, content.Section]]


def _passages(sections: Numbered) -> Iterator[Mapping[str, Any]]:
    for section_id, section in sections:
        for n, passage in enumerate(section.passages, start=1):
            yield {"section_id": section_id, "n": n, "kind": passage.kind, "original": passage.text}


def _see_also(sections: Numbered) -> Iterator[Mapping[str, Any]]:
    for section_id, section in sections:
        for position, reference in enumerate(section.see_also):
            yield {"section_id": section_id, "position": position, **reference.model_dump()}


def _topics(sections: Numbered, topic_ids: Mapping[str, int]) -> Iterator[Mapping[str, Any]]:
    for section_id, section in sections:
        for position, slug in enumerate(section.topics):
            yield {"section_id": section_id, "topic_id": topic_ids[slug], "position": position}


def _insert(session: Session, table: type[SQLModel], rows: Iterator[Mapping[str, Any]]) -> None:
    if batch := list(rows):
        session.connection().execute(insert(table), batch)


def _insert_with_ids(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    if not rows:
        return []
    statement = insert(table).returning(table.__table__.c.id, sort_by_parameter_order=True)  # type: ignore[attr-defined]
    return session.connection().execute(statement, rows).scalars().all()
