"""Read the optional files of a guide's folder: sources, instruments and their articles, events and terms."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import Field

from app.content.checks import check_event, check_instrument, check_link, check_review, require_source
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
Slugs = Collection[str] | None  # None if their file is unreadable: then no reference to them is an issue


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


def read_facts(folder: Path, sections: Collection[str], issues: ValidationIssues, today: date) -> Facts:
    """Read the files; a slug that is used twice or refers to nothing, or a fact without a source, is an issue."""
    sources = _read_sources(folder / SOURCES_FILE, issues)
    slugs = None if sources is None else {source.slug for source in sources}
    reader = _Reader(sections, slugs, issues, today)
    instruments = reader.read_facts(folder / INSTRUMENTS_FILE, InstrumentEntry)
    instrument_slugs = None if instruments is None else {instrument.slug for instrument in instruments}
    articles = reader.read_articles(folder / ARTICLES_FILE, instrument_slugs)
    return Facts(
        sources=sources or (),
        source_slugs=slugs,
        instruments=tuple(
            Instrument(**dict(instrument), articles=articles.get(instrument.slug, ()))
            for instrument in instruments or ()
        ),
        events=reader.read_facts(folder / EVENTS_FILE, Event) or (),
        terms=reader.read_facts(folder / TERMS_FILE, Term) or (),
    )


def _read_sources(path: Path, issues: ValidationIssues) -> tuple[Source, ...] | None:
    if not path.exists():
        return ()
    if (read := read_entries(path, Source, issues)) is None:
        return None
    file, sources = read
    file.check_unique(source.slug for source in sources)
    for index, source in enumerate(sources):
        check_link(file, source.link, index)
    return tuple(sources)


@dataclass(frozen=True)
class _Reader:
    """Read and check facts; `sections` and `sources` are the slugs that they can refer to."""

    sections: Collection[str]
    sources: Slugs
    issues: ValidationIssues
    today: date

    def read_facts(self, path: Path, model: type[FactType]) -> tuple[FactType, ...] | None:
        """Return the facts in a file, or None if it is unreadable."""
        if not path.exists():
            return ()
        if (read := read_entries(path, model, self.issues)) is None:
            return None
        file, facts = read
        file.check_unique(fact.slug for fact in facts)
        for index, fact in enumerate(facts):
            self._check_fact(file, fact, index)
            match fact:
                case InstrumentEntry():
                    for number, member in enumerate(fact.members):
                        self._check_sources(file, member.sources, index, "members", number)
                    check_link(file, fact.link, index)
                    check_instrument(file, fact, index)
                case Event():
                    check_event(file, fact, self.today, index)
        return tuple(facts)

    def read_articles(self, path: Path, instruments: Slugs) -> dict[str, tuple[Article, ...]]:
        """Return the articles by the slug of their instrument."""
        if not path.exists() or (read := read_entries(path, _InstrumentArticles, self.issues)) is None:
            return {}
        file, entries = read
        file.check_unique((entry.instrument for entry in entries), key="instrument")
        for index, entry in enumerate(entries):
            location = (index, "instrument")
            file.check_reference("instrument", entry.instrument, instruments, *location, defined_in=INSTRUMENTS_FILE)
            file.check_unique((article.slug for article in entry.articles), index, "articles")
            for number, article in enumerate(entry.articles):
                self._check_fact(file, article, index, "articles", number)
        return {entry.instrument: entry.articles for entry in entries}

    def _check_fact(self, file: LocatedYAML, fact: Fact, *location: str | int) -> None:
        file.check_references("section", fact.sections, self.sections, *location, "sections", defined_in="guide.md")
        self._check_sources(file, fact.sources, *location)
        check_review(file, fact, self.today, *location)

    def _check_sources(self, file: LocatedYAML, sources: Sequence[str], *location: str | int) -> None:
        require_source(file, sources, *location)
        file.check_references("source", sources, self.sources, *location, "sources", defined_in=SOURCES_FILE)
