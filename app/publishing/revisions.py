"""Publish guides: write new revisions and choose the current one of each guide."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice

from sqlalchemy import Select, func, literal, select, union_all, update
from sqlmodel import Session, col

from app import content
from app.errors import ContentRemoved, SlugConflict
from app.publishing.changes import Change, compare, current_slugs
from app.publishing.derived import fill_derived
from app.publishing.facts import write_facts
from app.publishing.unchanged import keep_unchanged
from app.store.engines import fetch_all
from app.store.rows import Row, insert_rows, insert_with_ids
from app.store.tables import Passage, Revision, Section, SectionTopic, SeeAlso, Source, Statement, Topic
from app.text.quotations import normalize_typography

BATCH_SECTIONS = 500  # written at a time, which limits memory and paces the progress bar


class Outcome(StrEnum):
    """The result of publishing a guide: a sentence to format with the name of the revision."""

    PUBLISHED = "published as revision {}."
    CURRENT_AGAIN = "revision {}, published before, is current again."
    UNCHANGED = "unchanged, revision {} is already current."


@dataclass(frozen=True)
class Publication:
    """The result of publishing a guide, its revision that is now current, and what changed."""

    guide: str
    revision: str
    outcome: Outcome
    changes: Sequence[Change]


def publish(
    session: Session,
    *guides: content.Guide,
    may_remove_all: bool = False,
    on_sections: Callable[[int], None] = lambda count: None,
) -> list[Publication]:
    """Make the content of each guide its current revision.

    Current content is not rewritten; content that was published before becomes current again. `on_sections` is called
    with the number of sections after each batch. The caller commits.

    Raises `SlugConflict` if two guides use the same slug for a fact, and `ContentRemoved` if a guide would lose
    everything of a kind, such as all corrections, unless `may_remove_all`.
    """
    published = []
    current = select(col(Revision.guide), col(Revision.name)).where(col(Revision.is_current))
    revisions_before = {row.guide: row.name for row in fetch_all(session, current)}
    for guide in guides:
        before = current_slugs(session, guide.slug)
        outcome = _make_current(session, guide, on_sections)
        changes = [] if outcome is Outcome.UNCHANGED else list(compare(before, current_slugs(session, guide.slug)))
        published.append(Publication(guide.slug, guide.revision, outcome, changes))
    lost = [
        f"{change.lost} of “{publication.guide}”"
        for publication in published
        for change in publication.changes
        if change.lost
    ]
    if lost and not may_remove_all:
        raise ContentRemoved(lost)
    _check_shared_slugs(session)
    fill_derived(session)
    for publication in published:
        if publication.outcome is Outcome.PUBLISHED and publication.guide in revisions_before:
            keep_unchanged(session, publication.guide, revisions_before[publication.guide])
    return published


def current_guides(session: Session) -> Sequence[str]:
    """Return the slugs of all guides that are served."""
    return session.scalars(select(col(Revision.guide)).where(col(Revision.is_current)).order_by("guide")).all()


def _make_current(session: Session, guide: content.Guide, on_sections: Callable[[int], None]) -> Outcome:
    of_guide = col(Revision.guide) == guide.slug
    of_content = col(Revision.name) == guide.revision
    outcome = Outcome.UNCHANGED
    if not session.scalar(select(col(Revision.is_current)).where(of_guide, of_content)):
        session.execute(update(Revision).where(of_guide).values(is_current=False))
        restore = update(Revision).where(of_guide, of_content).values(is_current=True).returning(col(Revision.id))
        outcome = Outcome.CURRENT_AGAIN if session.scalar(restore) else Outcome.PUBLISHED
    if outcome is Outcome.PUBLISHED:
        _write_revision(session, guide, on_sections)
    else:
        on_sections(len(guide.sections))
    return outcome


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
        **guide.model_dump(include={"title", "language", "summary", "licence", "source"}),
    )
    session.add(revision)
    session.flush()
    topics = [{"revision_id": revision.id, "position": topic.position, **topic.model_dump()} for topic in guide.topics]
    topic_ids = dict(zip((topic.slug for topic in guide.topics), insert_with_ids(session, Topic, topics), strict=True))
    positions = {section.slug: position for position, section in enumerate(guide.sections)}
    section_ids: dict[str, int] = {}
    sections = iter(guide.sections)
    while batch := list(islice(sections, BATCH_SECTIONS)):
        columns = [
            {
                "revision_id": revision.id,
                "position": positions[section.slug],
                "parent": positions[section.parent] if section.parent else None,
                "changed_in": guide.revision,
                **section.model_dump(include={"slug", "number", "level", "title", "title_supplied"}),
            }
            for section in batch
        ]
        ids = insert_with_ids(session, Section, columns)
        for id_, section in zip(ids, batch, strict=True):
            section_ids[section.slug] = id_
        insert_rows(session, Passage, _build_passages(batch, section_ids, guide.revision))
        see_also = (
            {"section_id": section_ids[section.slug], "position": position, **reference.model_dump()}
            for section in batch
            for position, reference in enumerate(section.see_also)
        )
        insert_rows(session, SeeAlso, see_also)
        section_topics = (
            {"section_id": section_ids[section.slug], "topic_id": topic_ids[slug], "position": position}
            for section in batch
            for position, slug in enumerate(section.topics)
        )
        insert_rows(session, SectionTopic, section_topics)
        on_sections(len(batch))
    write_facts(session, revision.id, guide, section_ids)


def _build_passages(
    sections: Sequence[content.Section], section_ids: Mapping[str, int], revision: str
) -> Iterator[Row]:
    for section in sections:
        for n, passage in enumerate(section.passages, start=1):
            yield {
                "section_id": section_ids[section.slug],
                "n": n,
                "kind": passage.kind,
                "original": passage.text,
                "corrected": passage.corrected,
                "original_folded": normalize_typography(passage.text),
                "corrected_folded": None if passage.corrected is None else normalize_typography(passage.corrected),
                "changed_in": revision,
            }
