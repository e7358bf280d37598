"""Write a revision of a guide into the read model."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from sqlmodel import Session

from app import content
from app.ledger.entries import Entry
from app.publishing.facts import write_facts
from app.publishing.mentions import write_mentions
from app.search.related import write_related
from app.search.vocabulary import write_vocabulary
from app.store.rows import Row, insert_rows, insert_with_ids
from app.store.tables import Passage, Revision, Section, SectionTopic, SeeAlso, Topic
from app.text.digests import short_digest
from app.text.quotations import normalize_typography
from app.text.words import count_words

BATCH_SECTIONS = 500  # written at a time, which limits memory and paces the progress bar


def write_revision(session: Session, entry: Entry, guide: content.Guide, on_sections: Callable[[int], None]) -> int:
    """Write the content of a guide as the revision of an entry, and all that is computed from it; return its id.

    `on_sections` is called with the number of sections after each batch.
    """
    revision = Revision(
        guide=entry.guide,
        name=guide.revision,
        digest=guide.digest,
        sequence=entry.sequence,
        is_current=False,
        is_withdrawn=False,
        published_at=entry.at,
        formerly=" ".join(guide.formerly),
        **guide.model_dump(include={"title", "language", "summary", "licence", "source"}),
    )
    session.add(revision)
    session.flush()
    topics = [
        {
            "revision_id": revision.id,
            "position": topic.position,
            **topic.model_dump(),
            **_topic_counts(guide, topic.slug),
        }
        for topic in guide.topics
    ]
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
                "formerly": " ".join(section.formerly),
                "original_words": sum(count_words(passage.text) for passage in section.passages),
                "corrected_words": sum(count_words(passage.corrected or passage.text) for passage in section.passages),
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
    write_mentions(session, revision.id)
    write_vocabulary(session, revision.id)
    write_related(session, revision.id)
    return revision.id


def _topic_counts(guide: content.Guide, topic: str) -> Mapping[str, int]:
    """Count the sections of a topic, their passages, and the facts that concern them."""
    sections = [section for section in guide.sections if topic in section.topics]
    slugs = {section.slug for section in sections}
    facts = {"instruments": guide.instruments, "events": guide.events, "terms": guide.terms}
    return {
        "sections": len(sections),
        "passages": sum(len(section.passages) for section in sections),
        **{kind: sum(not slugs.isdisjoint(fact.sections) for fact in of_kind) for kind, of_kind in facts.items()},
    }


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
                "original_digest": short_digest(passage.text),
                "corrected_digest": None if passage.corrected is None else short_digest(passage.corrected),
                "original_folded": normalize_typography(passage.text),
                "corrected_folded": None if passage.corrected is None else normalize_typography(passage.corrected),
                "changed_in": revision,
            }
