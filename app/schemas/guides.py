"""Schemas of guides and sections."""

from datetime import datetime

from pydantic import Field

from app.schemas.downloads import Download
from app.schemas.examples import GUIDE, GUIDE_URL, REVISION, section_link
from app.schemas.facts import Correction
from app.schemas.links import ArticleLink, EventLink, InstrumentLink, SectionLink, TermLink, TopicLink
from app.schemas.models import Page, PublicModel
from app.schemas.passages import Passage
from app.text.editions import Edition

_PARENT = section_link("evolution-of-military-cooperation", "Evolution of Military Cooperation under the Treaty")
_INSTRUMENT = {
    "slug": "guidelines-1978",
    "title": "1978 Guidelines",
    "url": "/v1/instruments/guidelines-1978",
    "date_signed": "1978-11-27",
    "confidence": "partly_checked",
}
_NEXT = section_link("technology-sharing-and-defense-modernization", "Technology Sharing and Defense Modernization")


class SeeAlso(PublicModel):
    """A cross-reference to another guide."""

    title: str = Field(
        description="Title of the other guide, without the words “See also”.",
        examples=["Preserving Cultural Heritage: A Guide to Effective Protection"],
    )
    guide: str | None = Field(
        description="Slug of the other guide; null if this service does not have it.", examples=[None]
    )
    url: str | None = Field(
        description="URL of the other guide; null if this service does not have it.", examples=[None]
    )
    after: str | None = Field(
        description="Id of the passage that precedes it; null at the start of the section.",
        examples=["domestic-opposition.4"],
    )


class Section(PublicModel):
    """A titled part of a guide, with its full text and everything that refers to it."""

    slug: str = Field(description="Slug of the section.", examples=["joint-training-exercises"])
    guide: str = Field(description="Slug of the guide.", examples=[GUIDE])
    url: str = Field(description="URL of this resource.", examples=[f"{GUIDE_URL}/sections/joint-training-exercises"])
    number: str | None = Field(
        description="Number of the section, such as `4` or `4.1`; null if `title_supplied` is true.", examples=["4.1"]
    )
    level: int = Field(description="Depth of the section: 1 at the top level, 2 for its subsections.", examples=[2])
    title: str = Field(description="Title.", examples=["Joint Training Exercises"])
    title_supplied: bool = Field(
        description="True if the source document has no title for this section and the editors added one.",
        examples=[False],
    )
    parent: SectionLink | None = Field(description="The enclosing section; null at the top level.", examples=[_PARENT])
    children: list[SectionLink] = Field(description="Direct subsections, in reading order.", examples=[[]])
    previous: SectionLink | None = Field(
        description="Previous section in reading order; null for the first.", examples=[_PARENT]
    )
    next: SectionLink | None = Field(description="Next section in reading order; null for the last.", examples=[_NEXT])
    topics: list[TopicLink] = Field(description="Topics of the section.")
    passages: list[Passage] = Field(description="Paragraphs and list items, in reading order.")
    see_also: list[SeeAlso] = Field(description="Cross-references to other guides, in reading order.", examples=[[]])
    related: list[SectionLink] = Field(
        description="Up to five other sections of the guide with similar content, most similar first.",
        examples=[
            [
                section_link(
                    "longevity-and-efficacy", "Ensuring the Longevity and Efficacy of the US-Japan Security Treaty"
                )
            ]
        ],
    )
    corrections: list[Correction] = Field(
        description="Corrections to this section, in the order in which they first occur.", examples=[[]]
    )
    instruments: list[InstrumentLink] = Field(
        description="Treaties and agreements that concern the section.", examples=[[_INSTRUMENT]]
    )
    articles: list[ArticleLink] = Field(description="Treaty articles that the section discusses.")
    events: list[EventLink] = Field(description="Events that concern the section, oldest first.")
    terms: list[TermLink] = Field(description="Glossary terms that the section uses.")
    edition: Edition = Field(
        description="`corrected` (the default) has the applied corrections; `original` is the author's text.",
        examples=["corrected"],
    )
    revision: str = Field(
        description="The revision of the guide in which this section last changed.", examples=[REVISION]
    )
    published_at: datetime = Field(exclude=True)  # of `revision`, for the reference on its web page


class SectionPage(Page[Section]):
    """A page of sections."""


class ContentsEntry(PublicModel):
    """An entry of a table of contents, with its subsections."""

    slug: str = Field(description="Slug of the section.", examples=[_PARENT["slug"]])
    number: str | None = Field(description="Number of the section; null if `title_supplied` is true.", examples=["4"])
    title: str = Field(description="Title of the section.", examples=[_PARENT["title"]])
    title_supplied: bool = Field(description="True if the editors added the title.", examples=[False])
    words: int = Field(
        description="Number of words of the section in the requested edition, without its subsections. Each Chinese"
        " character and kana counts as a word.",
        examples=[171],
    )
    url: str = Field(description="URL of the section.", examples=[_PARENT["url"]])
    children: list["ContentsEntry"] = Field(description="Direct subsections, in reading order.", examples=[[]])


class GuideCounts(PublicModel):
    """Number of items of each kind in a guide."""

    sections: int = Field(description="Number of sections, at all levels.", examples=[18])
    passages: int = Field(description="Number of passages.", examples=[62])
    topics: int = Field(description="Number of topics.", examples=[11])
    corrections: int = Field(description="Number of corrections.", examples=[51])
    instruments: int = Field(description="Number of treaties and agreements.", examples=[39])
    events: int = Field(description="Number of events.", examples=[54])
    terms: int = Field(description="Number of glossary terms.", examples=[32])
    sources: int = Field(description="Number of sources.", examples=[157])


class GuideLinks(PublicModel):
    """URLs of the parts of a guide."""

    sections: str = Field(description="URL of the list of sections.", examples=[f"{GUIDE_URL}/sections"])
    passages: str = Field(description="URL of the list of passages.", examples=[f"{GUIDE_URL}/passages"])
    corrections: str = Field(description="URL of the list of corrections.", examples=[f"{GUIDE_URL}/corrections"])
    annotations: str = Field(
        description="URL of the corrections as Web Annotations.", examples=[f"{GUIDE_URL}/annotations"]
    )
    source: str | None = Field(
        description="URL of the source document; null if the guide has none.", examples=[f"{GUIDE_URL}/source"]
    )
    instruments: str = Field(
        description="URL of the list of treaties and agreements.", examples=[f"/v1/instruments?guide={GUIDE}"]
    )
    events: str = Field(description="URL of the timeline.", examples=[f"/v1/events?guide={GUIDE}"])
    terms: str = Field(description="URL of the glossary.", examples=[f"/v1/terms?guide={GUIDE}"])
    sources: str = Field(description="URL of the list of sources.", examples=[f"/v1/sources?guide={GUIDE}"])
    revisions: str = Field(description="URL of the list of revisions.", examples=[f"{GUIDE_URL}/revisions"])
    changes: str = Field(description="URL of what the current revision changed.", examples=[f"{GUIDE_URL}/changes"])
    downloads: str = Field(description="URL of the list of downloads.", examples=[f"{GUIDE_URL}/downloads"])


class Guide(PublicModel):
    """A document about a treaty, made of sections."""

    slug: str = Field(description="Slug of the guide.", examples=[GUIDE])
    url: str = Field(description="URL of this resource.", examples=[GUIDE_URL])
    title: str = Field(description="Title.", examples=["The Definitive Guide to the US-Japan Security Treaty"])
    summary: str = Field(description="Summary in one or two sentences.", examples=["A general guide to …"])
    language: str = Field(description="Language of the text, as a BCP 47 tag.", examples=["en"])
    licence: str | None = Field(description="Licence of the text; null if the author states none.", examples=[None])
    revision: str = Field(
        description="Revision of the guide: the first 12 hex digits of the SHA-256 digest of its content.",
        examples=[REVISION],
    )
    published_at: datetime = Field(
        description="Time of first publication of this revision: an RFC 3339 timestamp in UTC.",
        examples=["2026-11-22T09:30:00Z"],
    )
    contents: list[ContentsEntry] = Field(description="Table of contents, nested like the sections.")
    counts: GuideCounts
    links: GuideLinks


class WholeGuide(Guide):
    """A guide with its text and its downloads; formats for readers are made from it."""

    sections: list[Section] = Field(description="All sections, in reading order.")
    downloads: list[Download] = Field(description="The guide as files.")


class GuidePage(Page[Guide]):
    """A page of guides."""
