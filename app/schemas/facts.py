"""Corrections and facts.

`app.content` describes their fields; those of the last base class come first.
"""

from typing import Any, Literal

from pydantic import ConfigDict, Field

from app.content.corrections import CorrectionFields, Kind, Severity, Status
from app.content.events import EventFields
from app.content.fields import AsOf, Confidence, ReviewBy
from app.content.instruments import ArticleFields, InstrumentFields, MemberFields
from app.content.sources import SourceFields
from app.content.terms import TermFields
from app.schemas.examples import GUIDE, GUIDE_URL, REVISION, SOURCE_LINK, section_link
from app.schemas.links import InstrumentName, SectionLink, SourceLink
from app.schemas.models import Page, PublicModel, remove_defaults


def _url(example: str) -> Any:
    return Field(description="URL of this resource.", examples=[example])


def _revision() -> Any:
    return Field(description="The revision of the guide in which this resource last changed.", examples=[REVISION])


class _FromSeeds(PublicModel):
    """A shape with fields that editors may leave out, but a response never does."""

    model_config = ConfigDict(json_schema_extra=remove_defaults)


class _Named(_FromSeeds):
    """The first fields of every fact and correction."""

    slug: str
    guide: str = Field(description="Slug of the guide that it belongs to.", examples=[GUIDE])
    title: str
    url: str


class Offsets(PublicModel):
    """A span of a passage's text in Unicode code points, `end` exclusive."""

    start: int = Field(description="Offset of the first character, from 0.", examples=[123])
    end: int = Field(description="Offset after the last character.", examples=[144])


class _Linked(PublicModel):
    """The last fields of every fact."""

    sections: list[SectionLink] = Field(description="The sections that it concerns.")
    sources: list[SourceLink] = Field(description="The sources that support it.")
    confidence: Confidence
    as_of: AsOf
    review_by: ReviewBy
    revision: str = _revision()


class FurtherPlace(PublicModel):
    """Another quote that a correction is about."""

    section: str = Field(description="Slug of the section.", examples=["key-provisions"])
    passage: str = Field(description="Id of the passage.", examples=["key-provisions.1"])
    quote: str = Field(
        description="The author's exact words.",
        examples=["This mutual defense commitment serves as the cornerstone of the treaty"],
    )
    prefix: str = Field(description="The words before the quote, 32 characters at most.", examples=["of aggression. "])
    suffix: str = Field(description="The words after the quote, 32 characters at most.", examples=[", deterring"])
    original_span: Offsets
    corrected_span: Offsets
    url: str = Field(description="URL of the passage.", examples=[f"{GUIDE_URL}/passages/key-provisions.1"])


class _CorrectionOrder(_Named):
    """The fields of a correction in the order of the response."""

    status: Status
    kind: Kind
    severity: Severity
    section: str
    passage: str = Field(description="Id of the passage that contains the quote.", examples=["significance.1"])
    quote: str
    prefix: str = Field(
        description="The words before the quote, 32 characters at most.", examples=["ity and geopolitical stability. "]
    )
    suffix: str = Field(
        description="The words after the quote, 32 characters at most.", examples=[", this treaty symbolizes the end"]
    )
    replacement: str | None
    original_span: Offsets
    corrected_span: Offsets = Field(examples=[{"start": 123, "end": 142}])
    also: list[FurtherPlace] = Field(description="Further quotes that the same note is about.", examples=[[]])


class Correction(CorrectionFields, _CorrectionOrder):
    """An editorial note on an exact quote; only `applied` ones change the corrected edition.

    `original_span` is that of the quote in the author's text, `corrected_span` that of the quote, or of its
    replacement, in the corrected edition.
    """

    title: str = Field(description="The quote.", examples=["Established in {YEAR}"])
    url: str = _url(f"{GUIDE_URL}/corrections/year-placeholder")
    sources: list[SourceLink] = Field(description="The sources that support it.", examples=[[SOURCE_LINK]])
    revision: str = _revision()


class CorrectionPage(Page[Correction]):
    """A page of corrections."""


class _ArticleNamed(_Named):
    instrument: InstrumentName


class Article(_Linked, ArticleFields, _ArticleNamed):
    """A numbered part of an instrument, summarised by the editors; not the treaty's text."""

    url: str = _url("/v1/instruments/treaty-1960/articles/5")
    sections: list[SectionLink] = Field(
        description="The sections that discuss it.",
        examples=[[section_link("significance", "Significance of the US-Japan Security Treaty")]],
    )


class Member(MemberFields, _FromSeeds):
    """An agreement or occasion in a series, which is one instrument."""

    sources: list[SourceLink] = Field(description="Its own sources; they also support the series.")
    confidence: Confidence


class _InstrumentParts(PublicModel):
    members: list[Member] = Field(
        description="If it stands for a series, the agreements or occasions in it, by date.", examples=[[]]
    )
    articles: list[Article] = Field(description="Its articles, if they are summarised here.", examples=[[]])


class Instrument(_Linked, _InstrumentParts, InstrumentFields, _Named):
    """A treaty, agreement, exchange of notes or statement."""

    title: str = Field(description="Its usual short name.", examples=["1960 treaty (US-Japan Security Treaty)"])
    url: str = _url("/v1/instruments/treaty-1960")
    confidence: Confidence = Field(examples=["partly_checked"])


class InstrumentPage(Page[Instrument]):
    """A page of instruments."""


class Event(_Linked, EventFields, _Named):
    """A dated event."""

    title: str = Field(description="What happened.", examples=["The Treaty of Mutual Cooperation and Security …"])
    url: str = _url("/v1/events/1960-01-19")


class EventPage(Page[Event]):
    """A page of events."""


class Term(_Linked, TermFields, _Named):
    """An entry of the glossary."""

    title: str = Field(description="The term in English.", examples=["Anpo"])
    url: str = _url("/v1/terms/anpo")
    sources: list[SourceLink] = Field(description="The sources that support it.", examples=[[]])


class TermPage(Page[Term]):
    """A page of terms."""


class CitedBy(PublicModel):
    """A correction or fact that cites a source."""

    kind: Literal["correction", "instrument", "article", "event", "term"] = Field(
        description="Its kind.", examples=["correction"]
    )
    slug: str = Field(description="Its slug.", examples=["year-placeholder"])
    title: str = Field(description="Its display name; for a correction, the quote.", examples=["Established in {YEAR}"])
    pinpoint: str | None = Field(
        description="The place in the source; null for all of it.", examples=["date of signature"]
    )
    url: str = Field(description="Its URL.", examples=[f"{GUIDE_URL}/corrections/year-placeholder"])


class Source(SourceFields, _Named):
    """A work that corrections and facts rest on."""

    url: str = _url("/v1/sources/treaty-1960")
    cited_by: list[CitedBy] = Field(description="The corrections and facts that cite it.")
    revision: str = _revision()


class SourcePage(Page[Source]):
    """A page of sources."""
