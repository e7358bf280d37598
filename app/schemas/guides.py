"""Guides, their sections and passages, and their revisions."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from app.schemas.facts import Correction, EventLink, FactLink
from app.schemas.shapes import GUIDE, GUIDE_URL, REVISION, Page, PublicModel, SectionLink, TopicLink
from app.text.editions import Edition


def _link(slug: str, title: str) -> dict[str, str]:
    return {"slug": slug, "title": title, "url": f"{GUIDE_URL}/sections/{slug}"}


_enclosing = _link("evolution-of-military-cooperation", "Evolution of Military Cooperation under the Treaty")
_following = _link("technology-sharing-and-defense-modernization", "Technology Sharing and Defense Modernization")


def _fact(slug: str, label: str, confidence: str, url: str) -> dict[str, str]:
    return {"slug": slug, "label": label, "confidence": confidence, "url": url}


_self_help = _fact(
    "3",
    "1960 treaty (US-Japan Security Treaty), III: Self-help and mutual aid",
    "checked",
    "/v1/instruments/treaty-1960/articles/3",
)
_keen_sword = _fact("1986", "The Keen Sword series of bilateral field exercises begins.", "checked", "/v1/events/1986")


class Passage(PublicModel):
    """The smallest citable unit: a paragraph or a list item."""

    id: str = Field(description="`<section>.<n>`, n from 1 in reading order.", examples=["joint-training-exercises.1"])
    kind: Literal["paragraph", "list_item"] = Field(
        description="`paragraph` or `list_item`; the text of a list item has no bullet.", examples=["paragraph"]
    )
    text: str = Field(
        description="The text in the requested edition, as plain text.",
        examples=["Joint training exercises play a pivotal role in enhancing the operational readiness …"],
    )
    digest: str = Field(
        description="SHA-256 of `text` in UTF-8, as `sha256:` and 64 hex digits.",
        examples=["sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    corrections: list[str] = Field(
        description="Slugs of the corrections of this passage, in the order of their places.",
        examples=[["two-armed-forces"]],
    )
    url: str = Field(description="URL of this passage.", examples=[f"{GUIDE_URL}/passages/joint-training-exercises.1"])


class SeeAlso(PublicModel):
    """A cross-reference that the guide makes to another guide."""

    title: str = Field(
        description="The title of the other guide, without the words “See also”.",
        examples=["Preserving Cultural Heritage: A Guide to Effective Protection"],
    )
    guide: str | None = Field(
        description="Slug of the other guide; null if this service does not have it.", examples=[None]
    )
    url: str | None = Field(
        description="URL of the other guide; null if this service does not have it.", examples=[None]
    )
    after: str | None = Field(
        description="Id of the passage before the reference; null if the reference opens the section.",
        examples=["domestic-opposition.4"],
    )


class Section(PublicModel):
    """A titled part of a guide, in reading order."""

    slug: str = Field(description="The name of the section in URLs.", examples=["joint-training-exercises"])
    guide: str = Field(description="Slug of the guide.", examples=[GUIDE])
    url: str = Field(description="URL of this resource.", examples=[f"{GUIDE_URL}/sections/joint-training-exercises"])
    number: str | None = Field(
        description="Number among the titled sections, such as `4` or `4.1`; null if the title is supplied.",
        examples=["4.1"],
    )
    level: int = Field(description="Depth in the guide; 1 for the top level.", examples=[2])
    title: str = Field(description="Title.", examples=["Joint Training Exercises"])
    title_supplied: bool = Field(
        description="Whether the editors supplied the title because the source document has none.", examples=[False]
    )
    parent: SectionLink | None = Field(
        description="The section that contains it; null at the top level.", examples=[_enclosing]
    )
    children: list[SectionLink] = Field(description="Direct subsections, in reading order.", examples=[[]])
    previous: SectionLink | None = Field(
        description="The previous section in reading order; null for the first.", examples=[_enclosing]
    )
    next: SectionLink | None = Field(
        description="The next section in reading order; null for the last.", examples=[_following]
    )
    topics: list[TopicLink] = Field(description="Topics of the section.")
    passages: list[Passage] = Field(description="The text, in reading order.")
    see_also: list[SeeAlso] = Field(description="Cross-references to other guides, in reading order.", examples=[[]])
    related: list[SectionLink] = Field(
        description="At most five sections with similar content, most similar first.",
        examples=[
            [_link("longevity-and-efficacy", "Ensuring the Longevity and Efficacy of the US-Japan Security Treaty")]
        ],
    )
    corrections: list[Correction] = Field(
        description="Corrections of this section, in the order of their first places.", examples=[[]]
    )
    instruments: list[FactLink] = Field(
        description="Instruments that concern the section.",
        examples=[[_fact("guidelines-1978", "1978 Guidelines", "partly_checked", "/v1/instruments/guidelines-1978")]],
    )
    articles: list[FactLink] = Field(description="Articles that the section discusses.", examples=[[_self_help]])
    events: list[EventLink] = Field(
        description="Events that concern the section, oldest first.", examples=[[{**_keen_sword, "date": "1986"}]]
    )
    terms: list[FactLink] = Field(
        description="Terms of the glossary that the section uses.",
        examples=[[_fact("self-defense-forces", "Self-Defense Forces", "checked", "/v1/terms/self-defense-forces")]],
    )
    edition: Edition = Field(description="The edition of the text.", examples=["corrected"])
    revision: str = Field(description="The revision of the guide.", examples=[REVISION])


class SectionPage(Page[Section]):
    """A page of sections."""


class ContentsEntry(PublicModel):
    """An entry of a guide's table of contents, with its subentries."""

    slug: str = Field(description="Slug of the section.", examples=["evolution-of-military-cooperation"])
    number: str | None = Field(description="Number of the section; null if the title is supplied.", examples=["4"])
    title: str = Field(
        description="Title of the section.", examples=["Evolution of Military Cooperation under the Treaty"]
    )
    title_supplied: bool = Field(description="Whether the editors supplied the title.", examples=[False])
    url: str = Field(
        description="URL of the section.", examples=[f"{GUIDE_URL}/sections/evolution-of-military-cooperation"]
    )
    children: list["ContentsEntry"] = Field(description="Subsections, in reading order.", examples=[[]])


class GuideCounts(PublicModel):
    """Counts of a guide's parts and facts."""

    sections: int = Field(description="Sections at all levels.", examples=[18])
    passages: int = Field(description="Passages in all sections.", examples=[62])
    topics: int = Field(description="Topics of the sections.", examples=[11])
    corrections: int = Field(description="Corrections of the text.", examples=[44])
    instruments: int = Field(description="Treaties, agreements and statements.", examples=[33])
    events: int = Field(description="Events of the timeline.", examples=[40])
    terms: int = Field(description="Terms of the glossary.", examples=[30])
    sources: int = Field(description="Cited works.", examples=[86])


class GuideLinks(PublicModel):
    """URLs of a guide's parts."""

    sections: str = Field(description="List of sections.", examples=[f"{GUIDE_URL}/sections"])
    corrections: str = Field(description="List of corrections.", examples=[f"{GUIDE_URL}/corrections"])
    source: str | None = Field(
        description="The source document, byte for byte; null if there is none.",
        examples=[f"{GUIDE_URL}/source"],
    )
    instruments: str = Field(description="List of instruments.", examples=[f"/v1/instruments?guide={GUIDE}"])
    events: str = Field(description="List of events.", examples=[f"/v1/events?guide={GUIDE}"])
    terms: str = Field(description="List of terms.", examples=[f"/v1/terms?guide={GUIDE}"])
    sources: str = Field(description="List of sources.", examples=[f"/v1/sources?guide={GUIDE}"])
    revisions: str = Field(description="List of revisions.", examples=[f"{GUIDE_URL}/revisions"])


class Guide(PublicModel):
    """A document about a treaty, made of sections."""

    slug: str = Field(description="The name of the guide in URLs.", examples=[GUIDE])
    url: str = Field(description="URL of this resource.", examples=[GUIDE_URL])
    title: str = Field(description="Title.", examples=["The Definitive Guide to the US-Japan Security Treaty"])
    summary: str = Field(description="Summary in a sentence or two.", examples=["A general guide to …"])
    language: str = Field(description="Language of the text, as a BCP 47 tag.", examples=["en"])
    licence: str | None = Field(
        description="Licence of the text, as stated by its author; null if not stated.", examples=[None]
    )
    revision: str = Field(
        description="The revision: the first 12 hex digits of the SHA-256 of the content.", examples=[REVISION]
    )
    published_at: datetime = Field(
        description="Time of the first publication of this revision: an RFC 3339 timestamp in UTC.",
        examples=["2026-11-22T09:30:00Z"],
    )
    contents: list[ContentsEntry] = Field(description="Table of contents, nested like the sections.")
    counts: GuideCounts
    links: GuideLinks


class GuidePage(Page[Guide]):
    """A page of guides."""


class Revision(PublicModel):
    """One published state of a guide; it never changes."""

    revision: str = Field(description="Name of the revision.", examples=[REVISION])
    digest: str = Field(
        description="SHA-256 of the content, as `sha256:` and 64 hex digits, the first 12 of which are the name.",
        examples=["sha256:0123456789ab1d8c2f1e64c1a7b5e0f8a0c9d3b4e5f60718293a4b5c6d7e8f90"],
    )
    published_at: datetime = Field(
        description="Time of the first publication: an RFC 3339 timestamp in UTC.", examples=["2026-11-22T09:30:00Z"]
    )
    current: bool = Field(
        description="Whether this is the current revision, which the guide's URL returns.", examples=[True]
    )
    url: str = Field(
        description="URL of the guide, pinned to this revision.", examples=[f"{GUIDE_URL}?revision={REVISION}"]
    )


class RevisionPage(Page[Revision]):
    """A page of revisions."""
