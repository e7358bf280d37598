"""The tables of a guide's text in both editions, and of the corrections to it."""

from collections.abc import Iterator

from app import schemas
from app.downloads.guide_content import GuideContent
from app.downloads.tables import POSITION, Column, Table, field_column, field_columns, make_table, values

SECTION = Column("section", "string", "Slug of the section.", refers_to=("sections", "slug"))
PASSAGE = Column("passage", "string", "Id of the passage.", refers_to=("passages", "id"))
CORRECTION = Column("correction", "string", "Slug of the correction.", refers_to=("corrections", "slug"))
SPANS = [
    Column(
        f"{edition}_{end}", "integer", f"Offset in the {edition} text of the passage, in Unicode code points; {which}."
    )
    for edition in ("original", "corrected")
    for end, which in (("start", "from 0"), ("end", "exclusive"))
]


def text_tables(corrected: GuideContent, original: GuideContent) -> Iterator[Table]:
    """Yield the tables of the guide, its sections, passages and topics."""
    guide = field_columns(schemas.Guide)
    yield make_table("guide", "The guide; a single row.", guide, "slug", [values(corrected.guide, guide)], is_text=True)
    sections = field_columns(schemas.Section, leave_out=("edition",))
    parent = Column("parent", "string", "Slug of the enclosing section.", False, ("sections", "slug"))
    yield make_table(
        "sections",
        "The sections, in reading order.",
        [*sections, parent, POSITION],
        "slug",
        (
            (*values(each, sections), each.parent.slug if each.parent else None, position)
            for position, each in enumerate(corrected.sections, 1)
        ),
        is_text=True,
    )
    passages = [
        field_column(schemas.Passage, "id"),
        SECTION,
        Column("number", "integer", "Its place in the section, from 1: the last part of its id."),
        field_column(schemas.Passage, "kind"),
        Column("corrected_text", "string", "Text with the applied corrections."),
        Column("original_text", "string", "Text as the author wrote it."),
        field_column(schemas.Passage, "digest", "corrected_digest"),
        field_column(schemas.Passage, "digest", "original_digest"),
    ]
    yield make_table(
        "passages",
        "The paragraphs and list items, in reading order, in both editions.",
        passages,
        "id",
        (
            (new.id, section.slug, number, new.kind, new.text, old.text, new.digest, old.digest)
            for section, original_section in zip(corrected.sections, original.sections, strict=True)
            for number, (new, old) in enumerate(zip(section.passages, original_section.passages, strict=True), 1)
        ),
        searched=("corrected_text", "original_text"),
        is_text=True,
    )
    yield make_table(
        "mentions",
        "Places where a passage names a term or an instrument.",
        [
            PASSAGE,
            Column("edition", "string", "`corrected` or `original`."),
            POSITION,
            field_column(schemas.Mention, "kind"),
            Column("slug", "string", "Slug of the term or instrument."),
            field_column(schemas.Mention, "start", "span_start"),
            field_column(schemas.Mention, "end", "span_end"),
        ],
        "passage edition position",
        (
            (passage.id, content.edition, position, mention.kind, mention.slug, mention.start, mention.end)
            for content in (corrected, original)
            for section in content.sections
            for passage in section.passages
            for position, mention in enumerate(passage.mentions, 1)
        ),
    )
    topics = {topic.slug: topic.title for section in corrected.sections for topic in section.topics}
    yield make_table(
        "topics", "The topics of the sections.", field_columns(schemas.TopicLink), "slug", sorted(topics.items())
    )
    yield make_table(
        "section_topics",
        "The topics of each section.",
        [SECTION, POSITION, Column("topic", "string", "Slug of the topic.", refers_to=("topics", "slug"))],
        "section topic",
        (
            (section.slug, position, topic.slug)
            for section in corrected.sections
            for position, topic in enumerate(section.topics, 1)
        ),
    )
    yield make_table(
        "see_also",
        "Cross-references to other guides.",
        [
            SECTION,
            POSITION,
            field_column(schemas.SeeAlso, "title"),
            field_column(schemas.SeeAlso, "guide"),
            field_column(schemas.SeeAlso, "after", "after_passage", refers_to=("passages", "id")),
        ],
        "section position",
        (
            (section.slug, position, other.title, other.guide, other.after)
            for section in corrected.sections
            for position, other in enumerate(section.see_also, 1)
        ),
        is_text=True,
    )


def correction_tables(corrected: GuideContent) -> Iterator[Table]:
    """Yield the tables of corrections and of their further places."""
    columns = field_columns(schemas.Correction, leave_out=("title", "section", "passage"))
    yield make_table(
        "corrections",
        "Editorial notes, each on an exact quote. Those with the status `applied` change the corrected edition.",
        [*columns, SECTION, PASSAGE, *SPANS],
        "slug",
        ((*values(each, columns), each.section, each.passage, *_spans(each)) for each in corrected.corrections),
        searched=("quote", "replacement", "explanation"),
        indexed=("status", "kind", "severity"),
    )
    yield make_table(
        "correction_places",
        "Further quotes that corrections are about.",
        [CORRECTION, POSITION, SECTION, PASSAGE, field_column(schemas.FurtherPlace, "quote"), *SPANS],
        "correction position",
        (
            (each.slug, position, place.section, place.passage, place.quote, *_spans(place))
            for each in corrected.corrections
            for position, place in enumerate(each.also, 1)
        ),
    )


def _spans(place: schemas.Correction | schemas.FurtherPlace) -> tuple[int, int, int, int]:
    original, corrected = place.original_span, place.corrected_span
    return original.start, original.end, corrected.start, corrected.end
