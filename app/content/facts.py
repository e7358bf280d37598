"""Read the optional files of a guide: sources, instruments, articles, events and terms."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import Field

from app.content.events import Event
from app.content.fields import ContentModel, Fact, Slug
from app.content.instruments import Article, Instrument, InstrumentEntry
from app.content.issues import ValidationIssues
from app.content.located_yaml import LocatedYAML
from app.content.seed_files import read_entries
from app.content.sources import Source
from app.content.terms import Term

SOURCES_FILE = "sources.yaml"
INSTRUMENTS_FILE = "instruments.yaml"
ARTICLES_FILE = "articles.yaml"
EVENTS_FILE = "events.yaml"
TERMS_FILE = "terms.yaml"

FactType = TypeVar("FactType", InstrumentEntry, Event, Term)
Slugs = Collection[str] | None  # None if their file is unreadable; references to them are then not checked


class _InstrumentArticles(ContentModel):
    """An entry of articles.yaml."""

    instrument: Slug = Field(description="Slug of the instrument.", examples=["treaty-1960"])
    articles: tuple[Article, ...] = Field(description="Its articles, in order.")


@dataclass(frozen=True)
class Facts:
    """The facts in a guide's folder; `source_slugs` is None if sources.yaml is unreadable."""

    sources: tuple[Source, ...]
    source_slugs: Slugs
    instruments: tuple[Instrument, ...]
    events: tuple[Event, ...]
    terms: tuple[Term, ...]


def read_facts(folder: Path, sections: Collection[str], issues: ValidationIssues) -> Facts:
    """Read the fact files; add an issue for each repeated slug and each unknown reference."""
    sources = _read_sources(folder / SOURCES_FILE, issues)
    slugs = None if sources is None else {source.slug for source in sources}
    instruments = _read_facts(folder / INSTRUMENTS_FILE, InstrumentEntry, sections, slugs, issues)
    instrument_slugs = None if instruments is None else {instrument.slug for instrument in instruments}
    articles = _read_articles(folder / ARTICLES_FILE, instrument_slugs, sections, slugs, issues)
    return Facts(
        sources=sources or (),
        source_slugs=slugs,
        instruments=tuple(
            Instrument(**dict(instrument), articles=articles.get(instrument.slug, ()))
            for instrument in instruments or ()
        ),
        events=_read_facts(folder / EVENTS_FILE, Event, sections, slugs, issues) or (),
        terms=_read_facts(folder / TERMS_FILE, Term, sections, slugs, issues) or (),
    )


def _read_sources(path: Path, issues: ValidationIssues) -> tuple[Source, ...] | None:
    if not path.exists():
        return ()
    if (read := read_entries(path, Source, issues)) is None:
        return None
    file, sources = read
    file.check_unique(source.slug for source in sources)
    return tuple(sources)


def _read_facts(
    path: Path, model: type[FactType], sections: Collection[str], sources: Slugs, issues: ValidationIssues
) -> tuple[FactType, ...] | None:
    if not path.exists():
        return ()
    if (read := read_entries(path, model, issues)) is None:
        return None
    file, facts = read
    file.check_unique(fact.slug for fact in facts)
    for index, fact in enumerate(facts):
        _check_references(file, fact, sections, sources, index)
        if isinstance(fact, InstrumentEntry):
            _check_instrument(file, fact, sources, index)
    return tuple(facts)


def _check_references(
    file: LocatedYAML, fact: Fact, sections: Collection[str], sources: Slugs, *location: str | int
) -> None:
    file.check_references("section", fact.sections, sections, *location, "sections", defined_in="guide.md")
    file.check_references("source", fact.sources, sources, *location, "sources", defined_in=SOURCES_FILE)


def _check_instrument(file: LocatedYAML, instrument: InstrumentEntry, sources: Slugs, index: int) -> None:
    for number, member in enumerate(instrument.members):
        location = (index, "members", number, "sources")
        file.check_references("source", member.sources, sources, *location, defined_in=SOURCES_FILE)
    if instrument.date_ended and instrument.date_ended <= (instrument.date_in_force or ""):
        file.add_issue("“date_ended” must be later than “date_in_force”; correct one of them.", index, "date_ended")


def _read_articles(
    path: Path, instruments: Slugs, sections: Collection[str], sources: Slugs, issues: ValidationIssues
) -> dict[str, tuple[Article, ...]]:
    if not path.exists() or (read := read_entries(path, _InstrumentArticles, issues)) is None:
        return {}
    file, entries = read
    file.check_unique((entry.instrument for entry in entries), key="instrument")
    for index, entry in enumerate(entries):
        location = (index, "instrument")
        file.check_reference("instrument", entry.instrument, instruments, *location, defined_in=INSTRUMENTS_FILE)
        file.check_unique((article.slug for article in entry.articles), index, "articles")
        for number, article in enumerate(entry.articles):
            _check_references(file, article, sections, sources, index, "articles", number)
    return {entry.instrument: entry.articles for entry in entries}
