"""Corrections, and the facts around the treaty: instruments and their articles, events, terms, sources."""

from typing import Literal

from pydantic import Field

from app.content.facts import Category, Confidence, Kind, LegalCharacter, Severity, Status
from app.schemas.examples import GUIDE, GUIDE_URL, REVISION
from app.schemas.models import Page, PublicModel, SectionLink

_CONFIDENCE = Field(
    description="How far it was compared with its sources: `checked` in all details, `partly_checked`, `unchecked`.",
    examples=["checked"],
)
_LESS_CONFIDENCE = Field(description=_CONFIDENCE.description, examples=["partly_checked"])
_GUIDE = Field(description="The slug of the guide that says so.", examples=[GUIDE])
_REVISION = Field(description="The revision of that guide.", examples=[REVISION])
_SECTIONS = Field(description="The sections that it concerns.")
_DAY = "an RFC 3339 date"
_PARTIAL = f"{_DAY}, or as precise as it is known, such as `1986`"


class Offsets(PublicModel):
    """A span of a passage's text in Unicode code points, `end` exclusive."""

    start: int = Field(description="Where it begins, from 0.", examples=[123])
    end: int = Field(description="Where it ends: the offset of the first character after it.", examples=[144])


class SourceLink(PublicModel):
    """A source by name and address, and the place in it that is meant."""

    slug: str = Field(description="The source's slug.", examples=["treaty-1960"])
    title: str = Field(
        description="The title of the work.",
        examples=["Treaty of Mutual Cooperation and Security between Japan and the United States of America"],
    )
    pinpoint: str | None = Field(description="The place in the work; null for all of it.", examples=[None])
    url: str = Field(description="Where the source answers here.", examples=["/v1/sources/treaty-1960"])
    link: str | None = Field(
        description="Where the work is on the web; null where it is not known to be.",
        examples=["https://www.mofa.go.jp/region/n-america/us/q&a/ref/1.html"],
    )


class FurtherPlace(PublicModel):
    """Another place that a correction speaks of."""

    section: str = Field(description="The section's slug.", examples=["key-provisions"])
    passage: str = Field(description="The passage's id.", examples=["key-provisions.1"])
    quote: str = Field(
        description="The words, as the author wrote them.",
        examples=["This mutual defense commitment serves as the cornerstone of the treaty"],
    )
    prefix: str = Field(description="The words before the quote, 32 characters at most.", examples=["of aggression. "])
    suffix: str = Field(description="The words after the quote, 32 characters at most.", examples=[", deterring"])
    original: Offsets
    corrected: Offsets
    url: str = Field(description="Where the passage answers.", examples=[f"{GUIDE_URL}/passages/key-provisions.1"])


_signature = {
    "slug": "treaty-1960",
    "title": "Treaty of Mutual Cooperation and Security between Japan and the United States of America",
    "pinpoint": "date of signature",
    "url": "/v1/sources/treaty-1960",
    "link": "https://www.mofa.go.jp/region/n-america/us/q&a/ref/1.html",
}


class Correction(PublicModel):
    """An editorial note on an exact quote; only one that is `applied` changes the corrected edition.

    `original` is where the quote stands in the passage as the author wrote it, `corrected` where it, or what replaces
    it, stands in the corrected edition.
    """

    slug: str = Field(description="The correction's slug.", examples=["year-placeholder"])
    guide: str = Field(description="The slug of the guide that it corrects.", examples=[GUIDE])
    url: str = Field(description="Where it answers.", examples=[f"{GUIDE_URL}/corrections/year-placeholder"])
    status: Status = Field(
        description="`applied`: plainly wrong, and replaced in the corrected edition. `suggested`: better words are"
        " offered. `note`: context for the reader.",
        examples=["applied"],
    )
    kind: Kind = Field(description="What is wrong.", examples=["placeholder"])
    severity: Severity = Field(description="How much it misleads.", examples=["major"])
    section: str = Field(description="The slug of the section where the quote stands.", examples=["significance"])
    passage: str = Field(description="The id of the passage where the quote stands.", examples=["significance.1"])
    quote: str = Field(
        description="The words in question, exactly as the author wrote them.", examples=["Established in {YEAR}"]
    )
    prefix: str = Field(
        description="The words before the quote, 32 characters at most.", examples=["ity and geopolitical stability. "]
    )
    suffix: str = Field(
        description="The words after the quote, 32 characters at most.", examples=[", this treaty symbolizes the end"]
    )
    replacement: str | None = Field(
        description="The words to put in its place; null for a note.", examples=["Established in 1960"]
    )
    original: Offsets
    corrected: Offsets = Field(examples=[{"start": 123, "end": 142}])
    also: list[FurtherPlace] = Field(description="Further places that the same note speaks of.", examples=[[]])
    explanation: str = Field(description="What is wrong, and why.", examples=["A template variable was never filled …"])
    sources: list[SourceLink] = Field(description="On what authority.", examples=[[_signature]])
    revision: str = _REVISION


class CorrectionPage(Page[Correction]):
    """A page of corrections."""


class FactLink(PublicModel):
    """An instrument, article, event or term by name and address."""

    slug: str = Field(description="Its slug.", examples=["treaty-1960"])
    label: str = Field(description="Its name for readers.", examples=["1960 treaty (US-Japan Security Treaty)"])
    confidence: Confidence = _LESS_CONFIDENCE
    url: str = Field(description="Where it answers.", examples=["/v1/instruments/treaty-1960"])


class EventLink(FactLink):
    """An event by its date, what happened, and its address."""

    date: str = Field(description=f"When: {_PARTIAL}.", examples=["1960-01-19"])


class Article(PublicModel):
    """A numbered part of an instrument, summarised in the editors' words; not the text of the treaty."""

    slug: str = Field(description="The article's name in addresses.", examples=["5"])
    guide: str = _GUIDE
    url: str = Field(description="Where it answers.", examples=["/v1/instruments/treaty-1960/articles/5"])
    instrument: FactLink
    number: str = Field(description="Its number as the instrument has it.", examples=["V"])
    title: str = Field(description="What it is about.", examples=["Response to armed attack"])
    summary: str = Field(
        description="What it says.", examples=["An armed attack on either party in territory administered by Japan …"]
    )
    note: str | None = Field(description="What to know when using the summary; null for nothing.", examples=[None])
    sections: list[SectionLink] = Field(
        description="The sections that discuss it.",
        examples=[
            [
                {
                    "slug": "significance",
                    "title": "Significance of the US-Japan Security Treaty",
                    "url": f"{GUIDE_URL}/sections/significance",
                }
            ]
        ],
    )
    sources: list[SourceLink] = Field(
        description="The sources that it names beside those of the instrument.", examples=[[]]
    )
    confidence: Confidence = _CONFIDENCE
    revision: str = _REVISION


class Member(PublicModel):
    """One of a series that an instrument stands for: an agreement of its own, or an occasion."""

    date_signed: str | None = Field(
        description=f"When it was signed: {_PARTIAL}; null for an occasion.", examples=["1987-01-30"]
    )
    date_in_force: str | None = Field(
        description=f"The day on which it entered into force: {_DAY}; null for an occasion.", examples=["1987-06-01"]
    )
    date: str | None = Field(description=f"When it happened: {_PARTIAL}; null for an agreement.", examples=[None])
    event: str | None = Field(description="What happened; null for an agreement.", examples=[None])
    sources: list[SourceLink] = Field(description="The sources that it names itself; the series rests on them too.")
    confidence: Confidence = _CONFIDENCE


class Instrument(PublicModel):
    """A treaty, agreement, exchange of notes or statement."""

    slug: str = Field(description="The instrument's name in addresses.", examples=["treaty-1960"])
    guide: str = _GUIDE
    url: str = Field(description="Where it answers.", examples=["/v1/instruments/treaty-1960"])
    short_name: str = Field(
        description="What it is called for short.", examples=["1960 treaty (US-Japan Security Treaty)"]
    )
    official_title: str = Field(
        description="Its official title in English.",
        examples=["Treaty of Mutual Cooperation and Security between Japan and the United States of America"],
    )
    title_ja: str | None = Field(
        description="Its title in Japanese; null where none is known.",
        examples=["日本国とアメリカ合衆国との間の相互協力及び安全保障条約"],
    )
    legal_character: LegalCharacter = Field(description="What it is in law.", examples=["treaty"])
    legal_note: str | None = Field(description="What to add to that; null for nothing.", examples=[None])
    parties: list[str] = Field(description="Who is bound, or speaks.", examples=[["Japan", "United States of America"]])
    date_signed: str | None = Field(
        description=f"When it was signed or made: {_PARTIAL}; null where it is not known.", examples=["1960-01-19"]
    )
    place_signed: str | None = Field(
        description="Where it was signed; null where it is not known.", examples=["Washington"]
    )
    date_in_force: str | None = Field(
        description=f"The day on which it entered into force: {_DAY}; null if it never did, or cannot.",
        examples=["1960-06-23"],
    )
    date_ended: str | None = Field(
        description=f"The first day on which it was no longer in force: {_DAY}; null where there is none.",
        examples=[None],
    )
    status: str = Field(
        description="What became of it, in words.",
        examples=["in force; terminable on one year's notice since June 1970 (Article X)"],
    )
    identifiers: list[str] = Field(description="Where it is published in series.", examples=[["11 UST 1632"]])
    description: str = Field(description="What it does.", examples=["The treaty the guide is about …"])
    link: str | None = Field(
        description="Where its text is on the web; null where it is not known to be.",
        examples=["https://www.mofa.go.jp/region/n-america/us/q&a/ref/1.html"],
    )
    members: list[Member] = Field(description="Where it stands for a series, its members by date.", examples=[[]])
    articles: list[Article] = Field(description="Its articles, as far as they are summarised here.", examples=[[]])
    sections: list[SectionLink] = _SECTIONS
    sources: list[SourceLink] = Field(description="What the statements about it rest on.")
    confidence: Confidence = _LESS_CONFIDENCE
    revision: str = _REVISION


class InstrumentPage(Page[Instrument]):
    """A page of instruments."""


class Event(PublicModel):
    """A dated event."""

    slug: str = Field(description="The event's name in addresses.", examples=["1960-01-19"])
    guide: str = _GUIDE
    url: str = Field(description="Where it answers.", examples=["/v1/events/1960-01-19"])
    date: str = Field(description=f"When: {_PARTIAL}.", examples=["1960-01-19"])
    event: str = Field(description="What happened.", examples=["The Treaty of Mutual Cooperation and Security …"])
    category: Category = Field(description="What kind of event it is.", examples=["treaty"])
    sections: list[SectionLink] = _SECTIONS
    sources: list[SourceLink] = Field(description="What the statement rests on.")
    confidence: Confidence = _CONFIDENCE
    revision: str = _REVISION


class EventPage(Page[Event]):
    """A page of events."""


class Term(PublicModel):
    """An entry of the glossary."""

    slug: str = Field(description="The term's name in addresses.", examples=["anpo"])
    guide: str = _GUIDE
    url: str = Field(description="Where it answers.", examples=["/v1/terms/anpo"])
    term: str = Field(description="The term in English.", examples=["Anpo"])
    abbreviation: str | None = Field(description="Its abbreviation; null where it has none.", examples=[None])
    ja: str | None = Field(
        description="The term in Japanese; null where none is given.", examples=["安保(日米安全保障条約)"]
    )
    romaji: str | None = Field(
        description="The Japanese term romanised; null where none is given.",
        examples=["Anpo (Nichibei anzen hoshō jōyaku)"],
    )
    definition: str = Field(description="What it means.", examples=["Everyday Japanese short form for …"])
    sections: list[SectionLink] = _SECTIONS
    sources: list[SourceLink] = Field(
        description="What the definition rests on, as far as it names sources.", examples=[[]]
    )
    confidence: Confidence = _CONFIDENCE
    revision: str = _REVISION


class TermPage(Page[Term]):
    """A page of terms."""


class CitedBy(PublicModel):
    """A statement that rests on a source."""

    kind: Literal["correction", "instrument", "article", "event", "term"] = Field(
        description="What kind of statement it is.", examples=["correction"]
    )
    slug: str = Field(description="Its slug.", examples=["year-placeholder"])
    label: str = Field(
        description="Its name for readers; for a correction, the quote that it is about.",
        examples=["Established in {YEAR}"],
    )
    pinpoint: str | None = Field(
        description="The place in the source; null for all of it.", examples=["date of signature"]
    )
    url: str = Field(description="Where it answers.", examples=[f"{GUIDE_URL}/corrections/year-placeholder"])


class Source(PublicModel):
    """A work that corrections and facts rest on."""

    slug: str = Field(description="The source's name in addresses.", examples=["treaty-1960"])
    guide: str = Field(description="The slug of the guide that cites it.", examples=[GUIDE])
    url: str = Field(description="Where it answers.", examples=["/v1/sources/treaty-1960"])
    title: str = Field(
        description="Its title.",
        examples=["Treaty of Mutual Cooperation and Security between Japan and the United States of America"],
    )
    publisher: str | None = Field(
        description="Who published it; null where that is not known.",
        examples=["Ministry of Foreign Affairs of Japan"],
    )
    date: str | None = Field(description=f"Its date: {_PARTIAL}; null where it is not known.", examples=["1960-01-19"])
    identifiers: list[str] = Field(description="Numbers under which it is found.", examples=[["11 UST 1632"]])
    link: str | None = Field(
        description="Where it is on the web; null where it is not known to be.",
        examples=["https://www.mofa.go.jp/region/n-america/us/q&a/ref/1.html"],
    )
    checked: bool = Field(
        description="Whether every statement taken from it was seen in it; otherwise some detail awaits a look.",
        examples=[False],
    )
    cited_by: list[CitedBy] = Field(description="What rests on it.")
    revision: str = _REVISION


class SourcePage(Page[Source]):
    """A page of sources."""
