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
        description="What the passage is; the text of a list item has no bullet.", examples=["paragraph"]
    )
    text: str = Field(
        description="The words in the edition that was asked for, as plain text.",
        examples=["Joint training exercises play a pivotal role in enhancing the operational readiness …"],
    )
    digest: str = Field(
        description="SHA-256 of `text` in UTF-8, as `sha256:` and 64 hex digits.",
        examples=["sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    corrections: list[str] = Field(
        description="The slugs of the corrections that touch it, in the order of their places.",
        examples=[["two-armed-forces"]],
    )
    url: str = Field(
        description="Where the passage answers.", examples=[f"{GUIDE_URL}/passages/joint-training-exercises.1"]
    )


class SeeAlso(PublicModel):
    """A cross-reference that the guide makes to another guide."""

    title: str = Field(
        description="The title of the other guide, without the words “See also”.",
        examples=["Preserving Cultural Heritage: A Guide to Effective Protection"],
    )
    guide: str | None = Field(description="The other guide's slug; null where it is not held here.", examples=[None])
    url: str | None = Field(description="Where the other guide answers; null where it is not held.", examples=[None])
    after: str | None = Field(
        description="The id of the passage that it follows; null where it opens the section.",
        examples=["domestic-opposition.4"],
    )


class Section(PublicModel):
    """A titled part of a guide, in reading order."""

    slug: str = Field(description="The section's name in addresses.", examples=["joint-training-exercises"])
    guide: str = Field(description="The slug of the guide it belongs to.", examples=[GUIDE])
    url: str = Field(description="Where it answers.", examples=[f"{GUIDE_URL}/sections/joint-training-exercises"])
    number: str | None = Field(
        description="Its number among the titled sections, such as `4` or `4.1`; null where the title is supplied.",
        examples=["4.1"],
    )
    level: int = Field(description="Its depth: 1 for the outermost sections.", examples=[2])
    title: str = Field(description="Its title.", examples=["Joint Training Exercises"])
    title_supplied: bool = Field(
        description="Whether the editors supplied the title because the document gives none.", examples=[False]
    )
    parent: SectionLink | None = Field(
        description="The section that it is part of; null at the top level.", examples=[_enclosing]
    )
    children: list[SectionLink] = Field(description="Its own subsections, in reading order.", examples=[[]])
    previous: SectionLink | None = Field(
        description="The section before it in reading order; null for the first.", examples=[_enclosing]
    )
    next: SectionLink | None = Field(
        description="The section after it in reading order; null for the last.", examples=[_following]
    )
    topics: list[TopicLink] = Field(description="The topics that it belongs to.")
    passages: list[Passage] = Field(description="Its text, in reading order.")
    see_also: list[SeeAlso] = Field(description="The cross-references that it makes, in reading order.", examples=[[]])
    related: list[SectionLink] = Field(
        description="At most five other sections to read next, the nearest in content first.",
        examples=[
            [_link("longevity-and-efficacy", "Ensuring the Longevity and Efficacy of the US-Japan Security Treaty")]
        ],
    )
    corrections: list[Correction] = Field(
        description="The editorial notes that touch it, in the order of their first place in it.", examples=[[]]
    )
    instruments: list[FactLink] = Field(
        description="The treaties and agreements that bear on it.",
        examples=[[_fact("guidelines-1978", "1978 Guidelines", "partly_checked", "/v1/instruments/guidelines-1978")]],
    )
    articles: list[FactLink] = Field(description="The articles that it discusses.", examples=[[_self_help]])
    events: list[EventLink] = Field(
        description="The events that it concerns, oldest first.", examples=[[{**_keen_sword, "date": "1986"}]]
    )
    terms: list[FactLink] = Field(
        description="The terms of the glossary that it uses.",
        examples=[[_fact("self-defense-forces", "Self-Defense Forces", "checked", "/v1/terms/self-defense-forces")]],
    )
    edition: Edition = Field(description="The reading of the text that this is.", examples=["corrected"])
    revision: str = Field(description="The revision of the guide that this is.", examples=[REVISION])


class SectionPage(Page[Section]):
    """A page of sections."""


class ContentsEntry(PublicModel):
    """A line of a guide's table of contents, with those below it."""

    slug: str = Field(description="The section's slug.", examples=["evolution-of-military-cooperation"])
    number: str | None = Field(description="The section's number; null where the title is supplied.", examples=["4"])
    title: str = Field(
        description="The section's title.", examples=["Evolution of Military Cooperation under the Treaty"]
    )
    title_supplied: bool = Field(description="Whether the editors supplied the title.", examples=[False])
    url: str = Field(
        description="Where the section answers.", examples=[f"{GUIDE_URL}/sections/evolution-of-military-cooperation"]
    )
    children: list["ContentsEntry"] = Field(description="The subsections, in reading order.", examples=[[]])


class GuideCounts(PublicModel):
    """How much there is in a guide."""

    sections: int = Field(description="Sections, at all levels.", examples=[18])
    passages: int = Field(description="Passages, in all sections.", examples=[62])
    topics: int = Field(description="Topics that its sections belong to.", examples=[11])
    corrections: int = Field(description="Editorial notes on its text.", examples=[44])
    instruments: int = Field(description="Treaties and agreements around it.", examples=[33])
    events: int = Field(description="Events in its timeline.", examples=[40])
    terms: int = Field(description="Terms in its glossary.", examples=[30])
    sources: int = Field(description="Works that it cites.", examples=[86])


class GuideLinks(PublicModel):
    """Where the parts of a guide answer."""

    sections: str = Field(description="Its sections, in pages.", examples=[f"{GUIDE_URL}/sections"])
    corrections: str = Field(description="The editorial notes on its text.", examples=[f"{GUIDE_URL}/corrections"])
    source: str | None = Field(
        description="The document it was made from, byte for byte; null where none is kept.",
        examples=[f"{GUIDE_URL}/source"],
    )
    instruments: str = Field(
        description="The treaties and agreements around it.", examples=[f"/v1/instruments?guide={GUIDE}"]
    )
    events: str = Field(description="Its timeline.", examples=[f"/v1/events?guide={GUIDE}"])
    terms: str = Field(description="Its glossary.", examples=[f"/v1/terms?guide={GUIDE}"])
    sources: str = Field(description="The works that it cites.", examples=[f"/v1/sources?guide={GUIDE}"])
    revisions: str = Field(description="What has been published of it.", examples=[f"{GUIDE_URL}/revisions"])


class Guide(PublicModel):
    """A document about a treaty, made of sections."""

    slug: str = Field(description="The guide's name in addresses.", examples=[GUIDE])
    url: str = Field(description="Where it answers.", examples=[GUIDE_URL])
    title: str = Field(description="Its title.", examples=["The Definitive Guide to the US-Japan Security Treaty"])
    summary: str = Field(description="What it is about, in a sentence or two.", examples=["A general guide to …"])
    language: str = Field(description="The language of its text, as a BCP 47 tag.", examples=["en"])
    licence: str | None = Field(description="Under what terms its text may be used; null if unknown.", examples=[None])
    revision: str = Field(
        description="The revision shown: the first 12 hex digits of the SHA-256 of its content.", examples=[REVISION]
    )
    published_at: datetime = Field(
        description="When this revision was first published: an RFC 3339 timestamp in UTC.",
        examples=["2026-11-22T09:30:00Z"],
    )
    contents: list[ContentsEntry] = Field(description="The table of contents, nested like the sections.")
    counts: GuideCounts
    links: GuideLinks


class GuidePage(Page[Guide]):
    """A page of guides."""


class Revision(PublicModel):
    """One published state of a guide; it never changes."""

    revision: str = Field(description="Its name.", examples=[REVISION])
    digest: str = Field(
        description="SHA-256 of the content, as `sha256:` and 64 hex digits; the name is its beginning.",
        examples=["sha256:0123456789ab1d8c2f1e64c1a7b5e0f8a0c9d3b4e5f60718293a4b5c6d7e8f90"],
    )
    published_at: datetime = Field(
        description="When it was first published: an RFC 3339 timestamp in UTC.", examples=["2026-11-22T09:30:00Z"]
    )
    current: bool = Field(description="Whether it is what the guide's address answers with.", examples=[True])
    url: str = Field(description="The guide as this revision has it.", examples=[f"{GUIDE_URL}?revision={REVISION}"])


class RevisionPage(Page[Revision]):
    """A page of revisions."""
