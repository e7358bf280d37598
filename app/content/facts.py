"""What a guide's folder says beyond its text: notes on it, and the instruments, events, terms and sources around it."""

from typing import Literal

from pydantic import Field

from app.content.fields import Content, Day, PartialDate, Slug, WebAddress, Words

Confidence = Literal["checked", "partly_checked", "unchecked"]
Status = Literal["applied", "suggested", "note"]
Kind = Literal["factual_error", "conflation", "overstatement", "unsourced", "placeholder", "formatting_artifact"]
Severity = Literal["major", "moderate", "minor", "info"]
LegalCharacter = Literal["treaty", "executive_agreement", "exchange_of_notes", "political_document", "domestic_measure"]
Category = Literal["treaty", "agreement", "political", "domestic", "judicial", "exercise", "culture"]


class Source(Content):
    """A work that a statement rests on; `checked` if every statement taken from it was seen in it."""

    slug: Slug
    title: Words
    publisher: Words | None = None
    date: PartialDate | None = None
    identifiers: tuple[Words, ...] = ()
    link: WebAddress | None = None
    checked: bool


class Cited(Content):
    """A source of a correction, and the place in it."""

    slug: Slug
    pinpoint: Words | None = None


class Place(Content):
    """Where a quote stands: offsets in Unicode code points, end exclusive, in the passage of either edition.

    `section` and `passage` are positions from 0; `prefix` and `suffix` are the words around it in the original.
    """

    section: int
    passage: int
    original: tuple[int, int]
    corrected: tuple[int, int]
    prefix: str
    suffix: str


class Correction(Content):
    """An editorial note on an exact quote; only one that is `applied` makes the corrected edition differ."""

    slug: Slug
    section: Slug
    kind: Kind
    severity: Severity
    status: Status
    quote: str = Field(min_length=1)
    replacement: str | None = None
    explanation: Words
    also_quotes: tuple[str, ...] = ()
    sources: tuple[Cited, ...] = ()


class LocatedCorrection(Correction):
    """A correction and where its `quote` and then each of `also_quotes` stand, which no editor writes."""

    places: tuple[Place, ...] = Field(exclude=True)


class Fact(Content):
    """What an article, an instrument, an event and a term share: what it concerns, and what it rests on."""

    slug: Slug
    sections: tuple[Slug, ...] = ()
    sources: tuple[Slug, ...] = ()
    confidence: Confidence


class Article(Fact):
    """A numbered part of an instrument, summarised; `note` says what a reader must know to use the summary."""

    number: Words
    title: Words
    summary: Words
    note: Words | None = None


class Member(Content):
    """One of a series that an instrument stands for: an agreement of its own, or an occasion."""

    date_signed: PartialDate | None = None
    date_in_force: Day | None = None
    date: PartialDate | None = None
    event: Words | None = None
    sources: tuple[Slug, ...] = ()
    confidence: Confidence


class InstrumentEntry(Fact):
    """An instrument as instruments.yaml has it, without its articles."""

    short_name: Words
    official_title: Words
    title_ja: Words | None = None
    legal_character: LegalCharacter
    legal_note: Words | None = None
    parties: tuple[Words, ...]
    date_signed: PartialDate | None = None
    place_signed: Words | None = None
    date_in_force: Day | None = None
    date_ended: Day | None = None
    status: Words
    identifiers: tuple[Words, ...] = ()
    description: Words
    link: WebAddress | None = None
    members: tuple[Member, ...] = ()


class Instrument(InstrumentEntry):
    """A treaty, agreement, exchange of notes or statement; in force from `date_in_force` until before `date_ended`."""

    articles: tuple[Article, ...] = ()


class Event(Fact):
    """A dated event; the date has the precision that is known."""

    date: PartialDate
    event: Words
    category: Category


class Term(Fact):
    """An entry of the glossary, with the Japanese term and its romanisation."""

    term: Words
    abbreviation: Words | None = None
    ja: Words | None = None
    romaji: Words | None = None
    definition: Words
