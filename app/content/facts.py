"""Read a guide's optional files: sources, instruments, articles, events and terms."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import Field

from app.content.accepted_warnings import AcceptedWarnings
from app.content.checks import dates_outside_lifetime, doubtful_values
from app.content.events import Event
from app.content.fields import ContentModel, Fact, Slug
from app.content.guide import Facts
from app.content.instruments import Article, Instrument, InstrumentEntry, Member
from app.content.issues import ValidationIssues
from app.content.located_yaml import LocatedYAML
from app.content.seed_files import Entries, check_former_slugs, read_entries
from app.content.sources import Source
from app.content.terms import Term

FactType = TypeVar("FactType", InstrumentEntry, Event, Term)


class InstrumentArticles(ContentModel):
    """An entry of articles.yaml."""

    instrument: Slug = Field(description="Slug of the instrument.", examples=["treaty-1960"])
    articles: tuple[Article, ...] = Field(description="Its articles, in order.")


def read_facts(
    folder: Path, sources: Entries[Source], sections: Collection[str], issues: ValidationIssues, today: date
) -> Facts:
    """Read the files; report duplicate and unknown slugs, and facts without a source."""
    accepted = AcceptedWarnings(folder, issues, today)
    reader = _Reader(folder, sections, sources.slugs, issues, today, accepted)
    for index, source in enumerate(sources.entries):
        reader.check_values(sources.file, source, index)
    instruments = reader.read_facts("instruments.yaml", InstrumentEntry)
    articles = reader.read_articles("articles.yaml", instruments)
    events = reader.read_facts("events.yaml", Event)
    terms = reader.read_facts("terms.yaml", Term)
    accepted.check()
    return Facts.model_construct(
        sources=sources.entries,
        instruments=tuple(
            Instrument(**dict(instrument), articles=articles.get(instrument.slug, ()))
            for instrument in instruments.entries
        ),
        events=events.entries,
        terms=terms.entries,
    )


@dataclass(frozen=True)
class _Reader:
    """Read and check facts; `sections` and `sources` are the slugs that they can refer to."""

    folder: Path
    sections: Collection[str]
    sources: Collection[str] | None
    issues: ValidationIssues
    today: date
    accepted: AcceptedWarnings

    def read_facts(self, name: str, model: type[FactType]) -> Entries[FactType]:
        read = read_entries(self.folder / name, model, self.issues)
        for index, fact in enumerate(read.entries):
            self._check(read.file, fact, index)
            if isinstance(fact, InstrumentEntry):
                for number, member in enumerate(fact.members):
                    self._check(read.file, member, index, "members", number)
                    for key, message in dates_outside_lifetime(member, fact):
                        read.file.add_warning(message, index, "members", number, key)
        return read

    def read_articles(self, name: str, instruments: Entries[InstrumentEntry]) -> dict[str, tuple[Article, ...]]:
        """Return the articles by the slug of their instrument."""
        file, entries, _ = read_entries(self.folder / name, InstrumentArticles, self.issues, key="instrument")
        for index, entry in enumerate(entries):
            file.check_reference("instrument", entry.instrument, instruments.slugs, index, "instrument")
            file.check_unique((article.slug for article in entry.articles), index, "articles")
            check_former_slugs(file, entry.articles, index, "articles")
            for number, article in enumerate(entry.articles):
                self._check(file, article, index, "articles", number)
        return {entry.instrument: entry.articles for entry in entries}

    def _check(self, file: LocatedYAML, item: Fact | Member, *location: str | int) -> None:
        if isinstance(item, Fact):
            file.check_references("section", item.sections, self.sections, *location, "sections")
        file.check_references("source", item.sources, self.sources, *location, "sources")
        self.check_values(file, item, *location)

    def check_values(self, file: LocatedYAML, item: Source | Fact | Member, *location: str | int) -> None:
        """Warn about the doubtful values of an entry."""
        for key, message in doubtful_values(item, self.today, self.accepted.accepts):
            file.add_warning(message, *location, key)
