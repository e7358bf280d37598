"""Search results, and completions for a search box."""

from typing import Literal

from pydantic import Field

from app.schemas.shapes import GUIDE, GUIDE_URL, Page, PublicModel

Kind = Literal["section", "term", "instrument", "event"]

_EXCERPT = "Joint training exercises play a pivotal role in enhancing the operational readiness …"
_EXCERPT_HTML = (
    "<mark>Joint</mark> training <mark>exercises</mark> play a pivotal role in enhancing the operational readiness …"
)


class Mark(PublicModel):
    """The span of a matching word in an excerpt, in Unicode code points."""

    start: int = Field(description="Offset of the first character, from 0.", examples=[15])
    end: int = Field(description="Offset of the first character after it.", examples=[24])


class FoundPassage(PublicModel):
    """A passage that contains some of the words."""

    id: str = Field(description="Id of the passage.", examples=["joint-training-exercises.1"])
    url: str = Field(description="URL of this resource.", examples=[f"{GUIDE_URL}/passages/joint-training-exercises.1"])
    excerpt: str = Field(
        description="The part with most of the words, as plain text; `…` marks omissions.",
        examples=[_EXCERPT],
    )
    excerpt_html: str = Field(
        description="The excerpt as escaped HTML, with `<mark>` around each matching word and no other element.",
        examples=[_EXCERPT_HTML],
    )
    marks: list[Mark] = Field(
        description="Spans of the matching words in `excerpt`.", examples=[[{"start": 15, "end": 24}]]
    )


class Found(PublicModel):
    """A search result: a section, term, instrument or event."""

    kind: Kind = Field(description="Kind of result.", examples=["section"])
    title: str = Field(description="Title; for an event, what happened.", examples=["Joint Training Exercises"])
    title_html: str = Field(
        description="The title as escaped HTML, with `<mark>` around each matching word.",
        examples=["<mark>Joint</mark> Training <mark>Exercises</mark>"],
    )
    url: str = Field(description="URL of this resource.", examples=[f"{GUIDE_URL}/sections/joint-training-exercises"])
    score: float = Field(
        description="Relevance (BM25, higher is better); comparable only within one search.",
        examples=[5.2174],
    )
    guide: str = Field(description="Slug of the guide.", examples=[GUIDE])
    section: str | None = Field(
        description="Slug of the section; null for other kinds.", examples=["joint-training-exercises"]
    )
    passages: list[FoundPassage] = Field(
        description="Passages of a section that contain any of the words, best match first."
    )
    excerpt: str | None = Field(
        description="The part of the description with most of the words, as plain text; null for sections, and if only"
        " the title matches.",
        examples=[None],
    )
    excerpt_html: str | None = Field(description="The excerpt as HTML, as in `passages`.", examples=[None])
    marks: list[Mark] | None = Field(description="Spans of the matching words in `excerpt`.", examples=[None])


class Facet(PublicModel):
    """The number of results for one value of a filter, with all other filters unchanged.

    If `match` is `any`, a narrower search may match all words and then return fewer results.
    """

    slug: str = Field(description="Value of the filter.", examples=["military-cooperation-and-exercises"])
    label: str = Field(description="Name for readers.", examples=["Military cooperation and exercises"])
    count: int = Field(description="Number of results.", examples=[4])


class Facets(PublicModel):
    """Values of the filters, with the number of results for each."""

    guide: list[Facet] = Field(
        description="Guides with results, most results first.",
        examples=[[{"slug": GUIDE, "label": "The Definitive Guide to the US-Japan Security Treaty", "count": 5}]],
    )
    topic: list[Facet] = Field(description="Topics with results, most results first.")
    kind: list[Facet] = Field(
        description="All kinds, each with its number of results.",
        examples=[[{"slug": "section", "label": "Sections", "count": 5}]],
    )


class SearchPage(Page[Found]):
    """A page of search results, best match first."""

    match: Literal["all", "any"] = Field(
        description="`all`: results contain all words. `any`: nothing contains all words; results contain any of them.",
        examples=["all"],
    )
    notice: str | None = Field(
        description="A sentence about the results to show to readers; null if there is none.", examples=[None]
    )
    suggestion: str | None = Field(
        description="A corrected query, if a word is not in the guides; otherwise null.",
        examples=[None],
    )
    facets: Facets


class Suggestion(PublicModel):
    """A completion of a query."""

    kind: Literal["section", "term", "topic", "instrument", "word"] = Field(
        description="Kind of the linked resource: `section`, `term`, `topic` or `instrument`; `word` links a search.",
        examples=["section"],
    )
    text: str = Field(description="Text to show.", examples=["History of the US-Japan Security Treaty"])
    url: str = Field(description="URL of this resource.", examples=[f"{GUIDE_URL}/sections/history"])


class Suggestions(PublicModel):
    """Completions, best first."""

    items: list[Suggestion] = Field(description="At most 10 completions.")
