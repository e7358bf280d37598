"""Write the corrections, instruments, articles, events, terms and sources of a revision."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel
from sqlalchemy import select
from sqlmodel import Session, col

from app import content
from app.content.fields import earliest_date, latest_date
from app.store.engines import fetch_all
from app.store.rows import Row, insert_rows, insert_with_ids
from app.store.tables import Citation, Passage, Place, Section, Source, Statement, StatementSection

# Fields with their own columns or tables, for filters and joins; all others are in the column `data`.
NOT_IN_DATA = {
    "slug",
    "section",
    "sections",
    "sources",
    "confidence",
    "quote",
    "also_quotes",
    "places",
    "articles",
    "formerly",
}


class _Statement(NamedTuple):
    """A statement to write: its columns, and the slugs of its sections and sources."""

    columns: Row
    sections: Iterable[str]
    sources: Iterable[tuple[str, str | None]]  # with the place in the source


def write_facts(session: Session, revision_id: int, guide: content.Guide, section_ids: Mapping[str, int]) -> None:
    """Write the facts and corrections of a guide; `section_ids` are ids of sections by slug."""
    sources = [
        {
            "revision_id": revision_id,
            "position": position,
            "slug": source.slug,
            "data": _to_data(source),
            "changed_in": guide.revision,
        }
        for position, source in enumerate(guide.sources)
    ]
    ids = insert_with_ids(session, Source, sources)
    source_ids = {source.slug: id_ for id_, source in zip(ids, guide.sources, strict=True)}

    def write(kind: str, statements: Iterable[_Statement]) -> Sequence[int]:
        columns = {"revision_id": revision_id, "kind": kind, "changed_in": guide.revision}
        return _write_statements(session, columns, list(statements), section_ids, source_ids)

    corrections = write("correction", (_build_correction(guide, each) for each in guide.corrections))
    insert_rows(session, Place, _build_places(session, revision_id, guide.corrections, corrections))
    instruments = write("instrument", map(_build_instrument, guide.instruments))
    write("article", _build_articles(guide.instruments, instruments))
    write("event", map(_build_event, guide.events))
    write("term", (_build_fact(term, label=term.term) for term in guide.terms))


def _write_statements(
    session: Session,
    shared: Row,
    statements: Sequence[_Statement],
    section_ids: Mapping[str, int],
    source_ids: Mapping[str, int],
) -> Sequence[int]:
    """Write statements with shared columns, their sections and sources; return their ids."""
    optional = dict.fromkeys(("confidence", "instrument_id", "earliest_date", "latest_date"))
    columns = ({**optional, **shared, "position": position, **each.columns} for position, each in enumerate(statements))
    ids = insert_with_ids(session, Statement, columns)
    of_sections = (
        {"statement_id": id_, "section_id": section_ids[slug], "position": position}
        for id_, statement in zip(ids, statements, strict=True)
        for position, slug in enumerate(statement.sections)
    )
    insert_rows(session, StatementSection, of_sections)
    citations = (
        {"statement_id": id_, "source_id": source_ids[slug], "position": position, "pinpoint": pinpoint}
        for id_, statement in zip(ids, statements, strict=True)
        for position, (slug, pinpoint) in enumerate(statement.sources)
    )
    insert_rows(session, Citation, citations)
    return ids


def _to_data(item: BaseModel) -> Row:
    return item.model_dump(mode="json", exclude=NOT_IN_DATA)


def _build_correction(guide: content.Guide, correction: content.LocatedCorrection) -> _Statement:
    sections = [correction.section, *(guide.sections[place.section].slug for place in correction.places)]
    return _Statement(
        columns={"slug": correction.slug, "label": correction.quote, "data": _to_data(correction)},
        sections=dict.fromkeys(sections),
        sources=[(cited.slug, cited.pinpoint) for cited in correction.sources],
    )


def _build_places(
    session: Session, revision_id: int, corrections: Sequence[content.LocatedCorrection], ids: Sequence[int]
) -> Iterator[Row]:
    if not corrections:
        return
    statement = (
        select(col(Section.position), col(Passage.n), col(Passage.id))
        .join(Passage, col(Passage.section_id) == col(Section.id))
        .where(col(Section.revision_id) == revision_id)
    )
    passages = {(section, n - 1): id_ for section, n, id_ in fetch_all(session, statement)}
    for id_, correction in zip(ids, corrections, strict=True):
        for position, place in enumerate(correction.places):
            yield {
                "statement_id": id_,
                "position": position,
                "passage_id": passages[place.section, place.passage],
                "original_start": place.original[0],
                "original_end": place.original[1],
                "corrected_start": place.corrected[0],
                "corrected_end": place.corrected[1],
                "prefix": place.prefix,
                "suffix": place.suffix,
            }


def _build_fact(fact: content.Fact, **columns: object) -> _Statement:
    return _Statement(
        columns={"slug": fact.slug, "confidence": fact.confidence, "data": _to_data(fact), **columns},
        sections=fact.sections,
        sources=[(source, None) for source in fact.sources],
    )


def _build_instrument(instrument: content.Instrument) -> _Statement:
    # The sources of the members of a series also support the series.
    of_members = [source for member in instrument.members for source in member.sources]
    sources = tuple(dict.fromkeys([*instrument.sources, *of_members]))
    return _build_fact(instrument.model_copy(update={"sources": sources}), label=instrument.short_name)


def _build_articles(instruments: Sequence[content.Instrument], ids: Sequence[int]) -> Iterator[_Statement]:
    for id_, instrument in zip(ids, instruments, strict=True):
        for article in instrument.articles:
            label = f"{instrument.short_name}, {article.number}: {article.title}"
            yield _build_fact(article, slug=f"{instrument.slug}/{article.slug}", label=label, instrument_id=id_)


def _build_event(event: content.Event) -> _Statement:
    earliest, latest = earliest_date(event.date), latest_date(event.date)
    return _build_fact(event, label=event.event, earliest_date=earliest, latest_date=latest)
