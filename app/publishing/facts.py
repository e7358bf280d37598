"""Write the corrections, instruments, articles, events, terms and sources of a revision."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel
from sqlalchemy import select
from sqlmodel import Session, col

from app import content
from app.content.fields import earliest_date, latest_date
from app.store.engines import fetch_all
from app.store.rows import Row, insert_rows, insert_with_ids
from app.store.tables import Citation, Passage, Place, Section, Source, Statement, StatementSection

# Stored in columns and tables of their own, for filters and joins; all other fields are in the column `data`.
NOT_IN_DATA = {"slug", "section", "sections", "sources", "confidence", "quote", "also_quotes", "places", "articles"}


@dataclass(frozen=True)
class _Statement:
    """A statement to write: its columns, and the slugs of its sections and sources."""

    columns: Row
    sections: Iterable[str]
    sources: Iterable[tuple[str, str | None]]


@dataclass(frozen=True)
class _Writer:
    """Write statements of one revision; `sections` and `sources` are ids by slug."""

    session: Session
    revision_id: int
    sections: Mapping[str, int]
    sources: Mapping[str, int]

    def write(self, kind: str, statements: Iterable[_Statement]) -> Sequence[int]:
        """Write statements of one kind with their sections and sources, and return their ids."""
        batch = list(statements)
        optional = dict.fromkeys(("confidence", "instrument_id", "earliest_date", "latest_date"))
        shared = {"revision_id": self.revision_id, "kind": kind}
        columns = ({**optional, **shared, "position": position, **each.columns} for position, each in enumerate(batch))
        ids = insert_with_ids(self.session, Statement, columns)
        numbered = list(zip(ids, batch, strict=True))
        insert_rows(
            self.session,
            StatementSection,
            (
                {"statement_id": id_, "section_id": self.sections[section], "position": position}
                for id_, statement in numbered
                for position, section in enumerate(statement.sections)
            ),
        )
        insert_rows(
            self.session,
            Citation,
            (
                {"statement_id": id_, "source_id": self.sources[source], "position": position, "pinpoint": pinpoint}
                for id_, statement in numbered
                for position, (source, pinpoint) in enumerate(statement.sources)
            ),
        )
        return ids


def write_facts(session: Session, revision_id: int, guide: content.Guide, sections: Mapping[str, int]) -> None:
    """Write the facts and corrections of a guide; `sections` are the ids of its sections by slug."""
    writer = _Writer(session, revision_id, sections, _write_sources(session, revision_id, guide.sources))
    corrections = writer.write("correction", (_build_correction(guide, each) for each in guide.corrections))
    insert_rows(session, Place, _build_places(session, revision_id, guide.corrections, corrections))
    instruments = writer.write("instrument", map(_build_instrument, guide.instruments))
    writer.write("article", _build_articles(guide.instruments, instruments))
    writer.write("event", map(_build_event, guide.events))
    writer.write("term", (_build_fact(term, label=term.term) for term in guide.terms))


def _to_data(item: BaseModel) -> Row:
    return item.model_dump(mode="json", exclude=NOT_IN_DATA)


def _write_sources(session: Session, revision_id: int, sources: Sequence[content.Source]) -> Mapping[str, int]:
    columns = (
        {"revision_id": revision_id, "position": position, "slug": source.slug, "data": _to_data(source)}
        for position, source in enumerate(sources)
    )
    return dict(zip((source.slug for source in sources), insert_with_ids(session, Source, columns), strict=True))


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
    passages = {
        (section, n - 1): id_
        for section, n, id_ in fetch_all(
            session,
            select(col(Section.position), col(Passage.n), col(Passage.id))
            .join(Passage, col(Passage.section_id) == col(Section.id))
            .where(col(Section.revision_id) == revision_id),
        )
    }
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
