"""Publish guides: write new revisions and choose the current one of each guide."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice

from sqlalchemy import Select, func, literal, select, union_all, update
from sqlmodel import Session, col

from app import content
from app.errors import SlugConflict
from app.publishing.derived import fill_derived
from app.publishing.facts import write_facts
from app.store.engines import fetch_all
from app.store.rows import Row, insert_rows, insert_with_ids
from app.store.tables import Passage, Revision, Section, SectionTopic, SeeAlso, Source, Statement, Topic
from app.text.quotations import normalize_typography

BATCH_SECTIONS = 500  # written at a time, which limits memory and paces the progress bar


class Outcome(StrEnum):
    """The result of publishing a guide."""

    PUBLISHED = "published"
    CURRENT_AGAIN = "current again"
    UNCHANGED = "unchanged"

    def sentence(self, revision: str) -> str:
        """Describe the result for a revision."""
        match self:
            case Outcome.PUBLISHED:
                return f"published as revision {revision}."
            case Outcome.CURRENT_AGAIN:
                return f"revision {revision}, published before, is current again."
            case Outcome.UNCHANGED:
                return f"unchanged, revision {revision} is already current."


@dataclass(frozen=True)
class Publication:
    """The result of publishing a guide, and its revision that is now current."""

    guide: str
    revision: str
    outcome: Outcome


def publish(
    session: Session, *guides: content.Guide, on_sections: Callable[[int], None] = lambda count: None
) -> list[Publication]:
    """Make the content of each guide its current revision; `on_sections` is called with each number of new sections.

    Content that is already current is left alone; content that was published before becomes current again. The caller
    commits. Raises `SlugConflict` if two guides use the same slug for a fact.
    """
    published = [
        Publication(guide.slug, guide.revision, _make_current(session, guide, on_sections)) for guide in guides
    ]
    _check_shared_slugs(session)
    fill_derived(session)
    return published


def _make_current(session: Session, guide: content.Guide, on_sections: Callable[[int], None]) -> Outcome:
    revisions = select(Revision).where(col(Revision.guide) == guide.slug)
    current = session.scalars(revisions.where(col(Revision.is_current))).one_or_none()
    if current and current.digest == guide.digest:
        on_sections(len(guide.sections))
        return Outcome.UNCHANGED
    session.execute(update(Revision).where(col(Revision.guide) == guide.slug).values(is_current=False))
    if earlier := session.scalars(revisions.where(col(Revision.name) == guide.revision)).one_or_none():
        earlier.is_current = True
        session.add(earlier)
        session.flush()
        on_sections(len(guide.sections))
        return Outcome.CURRENT_AGAIN
    _write_revision(session, guide, on_sections)
    return Outcome.PUBLISHED


def _check_shared_slugs(session: Session) -> None:
    # Corrections may share a slug: their URLs contain the guide.
    facts: Select[str, str, str] = (
        select(col(Statement.kind).label("kind"), col(Statement.slug).label("slug"), col(Revision.guide))
        .join(Revision)
        .where(col(Revision.is_current), col(Statement.kind) != "correction")
    )
    sources = (
        select(literal("source"), col(Source.slug), col(Revision.guide)).join(Revision).where(col(Revision.is_current))
    )
    named = union_all(facts, sources).subquery()
    shared = (
        select(named.c.kind, named.c.slug, func.min(named.c.guide), func.max(named.c.guide))
        .group_by(named.c.kind, named.c.slug)
        .having(func.count() > 1)
    )
    for kind, slug, *guides in fetch_all(session, shared):
        raise SlugConflict(kind, slug, guides)


def _write_revision(session: Session, guide: content.Guide, on_sections: Callable[[int], None]) -> None:
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
    topics = ({"revision_id": revision.id, "position": topic.position, **topic.model_dump()} for topic in guide.topics)
    topic_ids = dict(
        zip((topic.slug for topic in guide.topics), insert_with_ids(session, Topic, list(topics)), strict=True)
    )
    positions = {section.slug: position for position, section in enumerate(guide.sections)}
    section_ids: dict[str, int] = {}
    sections = iter(guide.sections)
    while batch := list(islice(sections, BATCH_SECTIONS)):
        columns = [
            {
                "revision_id": revision.id,
                "position": positions[section.slug],
                "parent": positions[section.parent] if section.parent else None,
                **section.model_dump(include={"slug", "number", "level", "title", "title_supplied"}),
            }
            for section in batch
        ]
        numbered = list(zip(insert_with_ids(session, Section, columns), batch, strict=True))
        insert_rows(session, Passage, _build_passages(numbered))
        insert_rows(session, SeeAlso, _build_see_also(numbered))
        insert_rows(session, SectionTopic, _build_topics(numbered, topic_ids))
        section_ids |= {section.slug: section_id for section_id, section in numbered}
        on_sections(len(batch))
    write_facts(session, revision.id, guide, section_ids)


Numbered = Sequence[tuple[int, content.Section]]


def _build_passages(sections: Numbered) -> Iterator[Row]:
    for section_id, section in sections:
        for n, passage in enumerate(section.passages, start=1):
            yield {
                "section_id": section_id,
                "n": n,
                "kind": passage.kind,
                "original": passage.text,
                "corrected": passage.corrected,
                "original_folded": normalize_typography(passage.text),
                "corrected_folded": None if passage.corrected is None else normalize_typography(passage.corrected),
            }


def _build_see_also(sections: Numbered) -> Iterator[Row]:
    for section_id, section in sections:
        for position, reference in enumerate(section.see_also):
            yield {"section_id": section_id, "position": position, **reference.model_dump()}


def _build_topics(sections: Numbered, topic_ids: Mapping[str, int]) -> Iterator[Row]:
    for section_id, section in sections:
        for position, slug in enumerate(section.topics):
            yield {"section_id": section_id, "topic_id": topic_ids[slug], "position": position}
