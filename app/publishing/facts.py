"""The rows of a revision's corrections, instruments, articles, events, terms and sources."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, SQLModel, col

from app import content
from app.content.fields import earliest, latest
from app.store import tables
from app.store.engines import fetch_all
from app.store.rows import Row, insert_rows, insert_with_ids


@dataclass(frozen=True)
class _Statement:
    """A statement of a guide; `details` is the row of its kind's own table, without the id."""

    slug: str
    label: str
    details: Row
    sections: Sequence[str]
    sources: Sequence[tuple[str, str | None]]
    confidence: str | None


@dataclass(frozen=True)
class _Ids:
    """The ids in this revision of what statements refer to, by slug."""

    revision: int
    sections: Mapping[str, int]
    sources: Mapping[str, int]


def write_facts(session: Session, revision_id: int, guide: content.Guide, sections: Mapping[str, int]) -> None:
    """Write all that the guide's folder says beside its text; `sections` are the ids of its sections by slug."""
    ids = _Ids(revision_id, sections, _write_sources(session, revision_id, guide.sources))

    def write(kind: str, table: type[SQLModel], statements: Iterable[_Statement]) -> Mapping[str, int]:
        return _write_statements(session, ids, kind, table, list(statements))

    corrections = write("correction", tables.Correction, (_correction(guide, each) for each in guide.corrections))
    insert_rows(session, tables.Place, _places(session, revision_id, guide.corrections, corrections))
    instruments = write("instrument", tables.Instrument, map(_instrument, guide.instruments))
    write("article", tables.Article, _articles(guide.instruments, instruments))
    write("event", tables.Event, map(_event, guide.events))
    write("term", tables.Term, map(_term, guide.terms))


def _write_sources(session: Session, revision_id: int, sources: Sequence[content.Source]) -> Mapping[str, int]:
    described = (
        {"revision_id": revision_id, "position": position, **source.model_dump()}
        for position, source in enumerate(sources)
    )
    return dict(
        zip((source.slug for source in sources), insert_with_ids(session, tables.Source, described), strict=True)
    )


def _write_statements(
    session: Session, ids: _Ids, kind: str, table: type[SQLModel], statements: Sequence[_Statement]
) -> Mapping[str, int]:
    """Write statements of one kind, with their sections and sources; their ids by slug."""
    given = insert_with_ids(
        session,
        tables.Statement,
        (
            {
                "revision_id": ids.revision,
                "kind": kind,
                "position": position,
                "slug": statement.slug,
                "label": statement.label,
                "confidence": statement.confidence,
            }
            for position, statement in enumerate(statements)
        ),
    )
    numbered = list(zip(given, statements, strict=True))
    insert_rows(session, table, ({"statement_id": id_, **statement.details} for id_, statement in numbered))
    insert_rows(
        session,
        tables.StatementSection,
        (
            {"statement_id": id_, "section_id": ids.sections[section], "position": position}
            for id_, statement in numbered
            for position, section in enumerate(statement.sections)
        ),
    )
    insert_rows(
        session,
        tables.Citation,
        (
            {"statement_id": id_, "source_id": ids.sources[source], "position": position, "pinpoint": pinpoint}
            for id_, statement in numbered
            for position, (source, pinpoint) in enumerate(statement.sources)
        ),
    )
    return {statement.slug: id_ for id_, statement in numbered}


def _correction(guide: content.Guide, correction: content.LocatedCorrection) -> _Statement:
    touched = [correction.section, *(guide.sections[place.section].slug for place in correction.places)]
    return _Statement(
        slug=correction.slug,
        label=correction.quote,
        details=correction.model_dump(include={"kind", "severity", "status", "replacement", "explanation"}),
        sections=list(dict.fromkeys(touched)),
        sources=[(cited.slug, cited.pinpoint) for cited in correction.sources],
        confidence=None,
    )


def _places(
    session: Session, revision_id: int, corrections: Sequence[content.LocatedCorrection], statements: Mapping[str, int]
) -> Iterator[Row]:
    if not corrections:
        return
    passages = {
        (section, n - 1): id_
        for section, n, id_ in fetch_all(
            session,
            select(col(tables.Section.position), col(tables.Passage.n), col(tables.Passage.id))
            .join(tables.Passage, col(tables.Passage.section_id) == col(tables.Section.id))
            .where(col(tables.Section.revision_id) == revision_id),
        )
    }
    for correction in corrections:
        for position, place in enumerate(correction.places):
            yield {
                "statement_id": statements[correction.slug],
                "position": position,
                "passage_id": passages[place.section, place.passage],
                "original_start": place.original[0],
                "original_end": place.original[1],
                "corrected_start": place.corrected[0],
                "corrected_end": place.corrected[1],
                "prefix": place.prefix,
                "suffix": place.suffix,
            }


def _statement(fact: content.Fact, label: str, details: Row, slug: str | None = None) -> _Statement:
    shared = {"slug", "sections", "sources", "confidence"}
    return _Statement(
        slug=slug or fact.slug,
        label=label,
        details={name: value for name, value in details.items() if name not in shared},
        sections=fact.sections,
        sources=[(source, None) for source in fact.sources],
        confidence=fact.confidence,
    )


def _instrument(instrument: content.Instrument) -> _Statement:
    # What a member of the series rests on, the series rests on.
    of_members = [source for member in instrument.members for source in member.sources]
    sources = tuple(dict.fromkeys([*instrument.sources, *of_members]))
    details = instrument.model_dump(exclude={"articles"})
    return _statement(instrument.model_copy(update={"sources": sources}), instrument.short_name, details)


def _articles(instruments: Sequence[content.Instrument], ids: Mapping[str, int]) -> Iterator[_Statement]:
    for instrument in instruments:
        for article in instrument.articles:
            details = {"instrument_id": ids[instrument.slug], **article.model_dump()}
            label = f"{instrument.short_name}, {article.number}: {article.title}"
            yield _statement(article, label, details, slug=f"{instrument.slug}/{article.slug}")


def _event(event: content.Event) -> _Statement:
    details = {**event.model_dump(), "earliest": earliest(event.date), "latest": latest(event.date)}
    return _statement(event, event.event, details)


def _term(term: content.Term) -> _Statement:
    return _statement(term, term.term, term.model_dump())
