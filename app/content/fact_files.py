"""The files beside guide.md, all of them optional: sources, instruments and their articles, events, terms."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.content.facts import Article, Event, Fact, Instrument, InstrumentEntry, Source, Term
from app.content.fields import Content, Slug
from app.content.issues import ValidationIssues
from app.content.located_yaml import LocatedYAML
from app.content.seed_files import read_entries

SOURCES_FILE = "sources.yaml"
INSTRUMENTS_FILE = "instruments.yaml"
ARTICLES_FILE = "articles.yaml"
EVENTS_FILE = "events.yaml"
TERMS_FILE = "terms.yaml"

Sourced = TypeVar("Sourced", InstrumentEntry, Event, Term)
Names = Collection[str] | None  # None where the file that holds them cannot be read, so that nothing is called unknown


class _InstrumentArticles(Content):
    """An entry of articles.yaml."""

    instrument: Slug
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Facts:
    """The facts of a guide's folder; instruments hold their articles."""

    sources: tuple[Source, ...]
    source_names: Names
    instruments: tuple[Instrument, ...]
    events: tuple[Event, ...]
    terms: tuple[Term, ...]


def read_facts(folder: Path, sections: Collection[str], issues: ValidationIssues) -> Facts:
    """What the files say; a name that is used twice, or that names nothing, is noted as a fault."""
    sources = _read_sources(folder / SOURCES_FILE, issues)
    names = None if sources is None else {source.slug for source in sources}
    instruments = _read_facts(folder / INSTRUMENTS_FILE, InstrumentEntry, sections, names, issues)
    held = None if instruments is None else {instrument.slug for instrument in instruments}
    articles = _read_articles(folder / ARTICLES_FILE, held, sections, names, issues)
    return Facts(
        sources=sources or (),
        source_names=names,
        instruments=tuple(
            Instrument(**dict(instrument), articles=articles.get(instrument.slug, ()))
            for instrument in instruments or ()
        ),
        events=_read_facts(folder / EVENTS_FILE, Event, sections, names, issues) or (),
        terms=_read_facts(folder / TERMS_FILE, Term, sections, names, issues) or (),
    )


def _read_sources(path: Path, issues: ValidationIssues) -> tuple[Source, ...] | None:
    if not path.exists():
        return ()
    if (read := read_entries(path, Source, issues)) is None:
        return None
    file, sources = read
    file.refuse_repeated(source.slug for source in sources)
    return tuple(sources)


def _read_facts(
    path: Path, shape: type[Sourced], sections: Collection[str], sources: Names, issues: ValidationIssues
) -> tuple[Sourced, ...] | None:
    if not path.exists():
        return ()
    if (read := read_entries(path, shape, issues)) is None:
        return None
    file, facts = read
    file.refuse_repeated(fact.slug for fact in facts)
    for index, fact in enumerate(facts):
        _check_names(file, fact, sections, sources, index)
        if isinstance(fact, InstrumentEntry):
            _check_instrument(file, fact, sources, index)
    return tuple(facts)


def _check_names(file: LocatedYAML, fact: Fact, sections: Collection[str], sources: Names, *where: str | int) -> None:
    file.refuse_names("section", fact.sections, sections, *where, "sections", kept_in="guide.md")
    file.refuse_names("source", fact.sources, sources, *where, "sources", kept_in=SOURCES_FILE)


def _check_instrument(file: LocatedYAML, instrument: InstrumentEntry, sources: Names, index: int) -> None:
    for number, member in enumerate(instrument.members):
        where = (index, "members", number, "sources")
        file.refuse_names("source", member.sources, sources, *where, kept_in=SOURCES_FILE)
    if instrument.date_ended and instrument.date_ended <= (instrument.date_in_force or ""):
        file.report("This is not after “date_in_force”; put one of the two right.", index, "date_ended")


def _read_articles(
    path: Path, instruments: Names, sections: Collection[str], sources: Names, issues: ValidationIssues
) -> dict[str, tuple[Article, ...]]:
    if not path.exists() or (read := read_entries(path, _InstrumentArticles, issues)) is None:
        return {}
    file, entries = read
    file.refuse_repeated((entry.instrument for entry in entries), key="instrument")
    for index, entry in enumerate(entries):
        file.refuse_unknown("instrument", entry.instrument, instruments, index, "instrument", kept_in=INSTRUMENTS_FILE)
        file.refuse_repeated((article.slug for article in entry.articles), index, "articles")
        for number, article in enumerate(entry.articles):
            _check_names(file, article, sections, sources, index, "articles", number)
    return {entry.instrument: entry.articles for entry in entries}
