"""What the API promises: the public shapes. A field that has no value is null, never missing."""

from datetime import datetime
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Item = TypeVar("Item")

GUIDE = "us-japan-security-treaty"
_guide_url = f"/v1/guides/{GUIDE}"
_revision = "0123456789ab"


def _link(slug: str, title: str) -> dict[str, str]:
    return {"slug": slug, "title": title, "url": f"{_guide_url}/sections/{slug}"}


_enclosing = _link("evolution-of-military-cooperation", "Evolution of Military Cooperation under the Treaty")
_following = _link("technology-sharing-and-defense-modernization", "Technology Sharing and Defense Modernization")


class Shape(BaseModel):
    """What all public shapes share."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class Page(Shape, Generic[Item]):
    """A page of a list, with the addresses of the pages beside it."""

    items: list[Item] = Field(description="The items of this page, in the order of the list.")
    total: int = Field(description="How many items the whole list has, on all its pages.", examples=[18])
    next: str | None = Field(
        description="The address of the next page; null on the last.",
        examples=[f"{_guide_url}/sections?limit=5&cursor=MTA"],
    )
    previous: str | None = Field(
        description="The address of the page before; null on the first.", examples=[f"{_guide_url}/sections?limit=5"]
    )


class SectionLink(Shape):
    """A section by name and address."""

    slug: str = Field(description="The section's slug.", examples=["introduction"])
    title: str = Field(description="The section's title.", examples=["Introduction"])
    url: str = Field(description="Where the section answers.", examples=[f"{_guide_url}/sections/introduction"])


class TopicLink(Shape):
    """A topic by name and address."""

    slug: str = Field(description="The topic's slug.", examples=["history-and-origins"])
    label: str = Field(description="The topic's name for readers.", examples=["History and origins"])
    url: str = Field(description="Where the topic answers.", examples=["/v1/topics/history-and-origins"])


class Passage(Shape):
    """The smallest citable unit: a paragraph or a list item."""

    id: str = Field(description="`<section>.<n>`, n from 1 in reading order.", examples=["joint-training-exercises.1"])
    kind: Literal["paragraph", "list_item"] = Field(
        description="What the passage is; the text of a list item has no bullet.", examples=["paragraph"]
    )
    text: str = Field(
        description="The words, as plain text.",
        examples=["Joint training exercises play a pivotal role in enhancing the operational readiness …"],
    )
    digest: str = Field(
        description="SHA-256 of `text` in UTF-8, as `sha256:` and 64 hex digits.",
        examples=["sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    url: str = Field(
        description="Where the passage answers.", examples=[f"{_guide_url}/passages/joint-training-exercises.1"]
    )


class SeeAlso(Shape):
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


class Section(Shape):
    """A titled part of a guide, in reading order."""

    slug: str = Field(description="The section's name in addresses.", examples=["joint-training-exercises"])
    guide: str = Field(description="The slug of the guide it belongs to.", examples=[GUIDE])
    url: str = Field(description="Where it answers.", examples=[f"{_guide_url}/sections/joint-training-exercises"])
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
    see_also: list[SeeAlso] = Field(description="The cross-references that it makes, in reading order.")
    revision: str = Field(description="The revision of the guide that this is.", examples=[_revision])


class SectionPage(Page[Section]):
    """A page of sections."""


class ContentsEntry(Shape):
    """A line of a guide's table of contents, with those below it."""

    slug: str = Field(description="The section's slug.", examples=["evolution-of-military-cooperation"])
    number: str | None = Field(description="The section's number; null where the title is supplied.", examples=["4"])
    title: str = Field(
        description="The section's title.", examples=["Evolution of Military Cooperation under the Treaty"]
    )
    title_supplied: bool = Field(description="Whether the editors supplied the title.", examples=[False])
    url: str = Field(
        description="Where the section answers.", examples=[f"{_guide_url}/sections/evolution-of-military-cooperation"]
    )
    children: list["ContentsEntry"] = Field(description="The subsections, in reading order.", examples=[[]])


class GuideCounts(Shape):
    """How much there is in a guide."""

    sections: int = Field(description="Sections, at all levels.", examples=[18])
    passages: int = Field(description="Passages, in all sections.", examples=[62])
    topics: int = Field(description="Topics that its sections belong to.", examples=[11])


class GuideLinks(Shape):
    """Where the parts of a guide answer."""

    sections: str = Field(description="Its sections, in pages.", examples=[f"{_guide_url}/sections"])
    source: str | None = Field(
        description="The document it was made from, byte for byte; null where none is kept.",
        examples=[f"{_guide_url}/source"],
    )
    revisions: str = Field(description="What has been published of it.", examples=[f"{_guide_url}/revisions"])


class Guide(Shape):
    """A document about a treaty, made of sections."""

    slug: str = Field(description="The guide's name in addresses.", examples=[GUIDE])
    url: str = Field(description="Where it answers.", examples=[_guide_url])
    title: str = Field(description="Its title.", examples=["The Definitive Guide to the US-Japan Security Treaty"])
    summary: str = Field(description="What it is about, in a sentence or two.", examples=["A general guide to …"])
    language: str = Field(description="The language of its text, as a BCP 47 tag.", examples=["en"])
    licence: str | None = Field(description="Under what terms its text may be used; null if unknown.", examples=[None])
    revision: str = Field(
        description="The revision shown: the first 12 hex digits of the SHA-256 of its content.", examples=[_revision]
    )
    published_at: datetime = Field(
        description="When this revision was first published, in UTC.", examples=["2026-11-22T09:30:00Z"]
    )
    contents: list[ContentsEntry] = Field(description="The table of contents, nested like the sections.")
    counts: GuideCounts
    links: GuideLinks


class GuidePage(Page[Guide]):
    """A page of guides."""


class Revision(Shape):
    """One published state of a guide; it never changes."""

    revision: str = Field(description="Its name.", examples=[_revision])
    digest: str = Field(
        description="SHA-256 of the content, as `sha256:` and 64 hex digits; the name is its beginning.",
        examples=["sha256:0123456789ab1d8c2f1e64c1a7b5e0f8a0c9d3b4e5f60718293a4b5c6d7e8f90"],
    )
    published_at: datetime = Field(
        description="When it was first published, in UTC.", examples=["2026-11-22T09:30:00Z"]
    )
    current: bool = Field(description="Whether it is what the guide's address answers with.", examples=[True])
    url: str = Field(description="The guide as this revision has it.", examples=[f"{_guide_url}?revision={_revision}"])


class RevisionPage(Page[Revision]):
    """A page of revisions."""


class TopicCounts(Shape):
    """How much belongs to a topic, in the current revisions of all guides."""

    guides: int = Field(description="Guides with a section of this topic.", examples=[1])
    sections: int = Field(description="Sections of this topic.", examples=[2])
    passages: int = Field(description="Passages in those sections.", examples=[4])


class Topic(Shape):
    """A subject that sections belong to, across guides."""

    slug: str = Field(description="The topic's name in addresses.", examples=["history-and-origins"])
    url: str = Field(description="Where it answers.", examples=["/v1/topics/history-and-origins"])
    label: str = Field(description="Its name for readers.", examples=["History and origins"])
    description: str = Field(
        description="What it covers.",
        examples=["How the 1951 and 1960 treaties came about and what changed between them."],
    )
    counts: TopicCounts
    sections_url: str = Field(
        description="Its sections, across guides, in pages.", examples=["/v1/topics/history-and-origins/sections"]
    )


class TopicPage(Page[Topic]):
    """A page of topics."""


class ServiceLinks(Shape):
    """Where the service's parts answer."""

    guides: str = Field(description="The guides.", examples=["/v1/guides"])
    topics: str = Field(description="The topics, across guides.", examples=["/v1/topics"])
    docs: str = Field(description="Swagger UI, to read and try the API in a browser.", examples=["/docs"])
    openapi: str = Field(description="The OpenAPI 3.1 document.", examples=["/openapi.json"])
    health: str = Field(description="Whether the service can answer.", examples=["/health/ready"])


class Service(Shape):
    """What this service is and where to go from here."""

    name: str = Field(description="The name of the service.", examples=["Treaty guide"])
    version: str = Field(description="The version of the software.", examples=["0.1.0"])
    description: str = Field(
        description="What it does.",
        examples=["Guides to treaties as content that programs can use."],
    )
    links: ServiceLinks


class Health(Shape):
    """That the service is well; when it is not, a problem says why."""

    status: Literal["ok"] = Field("ok", description="Always `ok`.", examples=["ok"])


class InvalidParameter(Shape):
    """What is wrong with one parameter."""

    parameter: str = Field(description="The parameter's name.", examples=["limit"])
    message: str = Field(description="What is wrong with it.", examples=["Input should be less than or equal to 100."])


class Problem(Shape):
    """Why a request was not answered (RFC 9457)."""

    type: str = Field(description="A page that explains this kind of problem.", examples=["/problems/not-found"])
    title: str = Field(description="The kind of problem, in words.", examples=["Not found"])
    status: Annotated[int, Field(ge=400, le=599)] = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(
        description="What happened this time, and what to do.", examples=["There is no section “histroy” here."]
    )
    instance: str = Field(
        description="The path of the request, cut short if it is long.", examples=[f"{_guide_url}/sections/histroy"]
    )
    errors: list[InvalidParameter] | None = Field(
        description="For invalid input, each parameter that is wrong; otherwise null.", examples=[None]
    )
    did_you_mean: list[str] | None = Field(
        description="For an unknown name, the nearest ones that exist; otherwise null.", examples=[["history"]]
    )
