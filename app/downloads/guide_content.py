"""Everything in a revision of a guide, as clients get it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from sqlmodel import Session

from app import schemas
from app.queries import corrections, facts, guides, sections, sources
from app.queries.corrections import CorrectionFilter
from app.queries.facts import FactFilter
from app.queries.selected_revisions import SelectedRevision, select_revision
from app.schemas.models import PublicModel
from app.text.editions import Edition
from app.urls import URLs

EDITIONS: tuple[Edition, ...] = get_args(Edition)
NO_LIMIT = -1  # for LIMIT in SQLite


@dataclass(frozen=True)
class Facts:
    """The facts of a guide and their sources, which are the same in both editions."""

    instruments: list[schemas.Instrument]
    events: list[schemas.Event]
    terms: list[schemas.Term]
    sources: list[schemas.Source]


@dataclass(frozen=True)
class GuideContent:
    """A guide in one edition, with all of its parts in the order of their lists."""

    edition: Edition
    guide: schemas.Guide
    sections: list[schemas.Section]
    corrections: list[schemas.Correction]
    facts: Facts

    def items(self) -> Iterator[tuple[str, PublicModel]]:
        """Yield each resource with its kind."""
        yield "guide", self.guide
        yield from (("section", section) for section in self.sections)
        yield from (("passage", passage) for section in self.sections for passage in section.passages)
        yield from (("correction", correction) for correction in self.corrections)
        yield from (("instrument", instrument) for instrument in self.facts.instruments)
        yield from (("article", article) for instrument in self.facts.instruments for article in instrument.articles)
        yield from (("event", event) for event in self.facts.events)
        yield from (("term", term) for term in self.facts.terms)
        yield from (("source", source) for source in self.facts.sources)


def read_editions(session: Session, guide: str, revision: str) -> list[GuideContent]:
    """Read a revision in the corrected and in the original edition.

    Links are paths, whatever the settings of the service, and name the revision.
    """
    shared_facts = _read_facts(session, select_revision(session, URLs(), guide, revision))
    selected = (select_revision(session, URLs(), guide, revision, edition) for edition in EDITIONS)
    return [_read_edition(session, each, shared_facts) for each in selected]


def _read_edition(session: Session, selected: SelectedRevision, shared_facts: Facts) -> GuideContent:
    return GuideContent(
        edition=selected.edition,
        guide=guides.guide(session, selected),
        sections=list(sections.all_sections(session, selected)),
        corrections=corrections.corrections(session, selected, NO_LIMIT, 0, CorrectionFilter())[0],
        facts=shared_facts,
    )


def _read_facts(session: Session, selected: SelectedRevision) -> Facts:
    only = FactFilter(selected.urls, selected)
    return Facts(
        instruments=facts.instruments(session, only, NO_LIMIT, 0, legal_character=None, in_force_on=None)[0],
        events=facts.events(session, only, NO_LIMIT, 0, since=None, until=None, category=None)[0],
        terms=facts.terms(session, only, NO_LIMIT, 0)[0],
        sources=sources.sources(session, only, NO_LIMIT, 0)[0],
    )
