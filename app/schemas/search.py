"""What search answers, and completions for a search box."""

from typing import Literal

from pydantic import Field

from app.schemas.shapes import GUIDE, GUIDE_URL, Page, PublicModel

Kind = Literal["section", "term", "instrument", "event"]

_EXCERPT = "Joint training exercises play a pivotal role in enhancing the operational readiness …"
_EXCERPT_HTML = (
    "<mark>Joint</mark> training <mark>exercises</mark> play a pivotal role in enhancing the operational readiness …"
)


class Mark(PublicModel):
    """Where a found word stands in an excerpt, in Unicode code points."""

    start: int = Field(description="Where it begins, from 0.", examples=[15])
    end: int = Field(description="Where it ends, exclusive.", examples=[24])


class FoundPassage(PublicModel):
    """A passage of a section that has some of the words."""

    id: str = Field(description="The passage's id.", examples=["joint-training-exercises.1"])
    url: str = Field(description="Where it answers.", examples=[f"{GUIDE_URL}/passages/joint-training-exercises.1"])
    excerpt: str = Field(
        description="The part with most of the words, as plain text; `…` stands where the passage is cut.",
        examples=[_EXCERPT],
    )
    excerpt_html: str = Field(
        description="The excerpt as HTML: escaped, with `<mark>` around each found word and no other element.",
        examples=[_EXCERPT_HTML],
    )
    marks: list[Mark] = Field(
        description="Where the found words stand in `excerpt`.", examples=[[{"start": 15, "end": 24}]]
    )


class Found(PublicModel):
    """A section, term, instrument or event that was found."""

    kind: Kind = Field(description="What it is.", examples=["section"])
    title: str = Field(description="Its title; of an event, what happened.", examples=["Joint Training Exercises"])
    title_html: str = Field(
        description="The title as HTML, with `<mark>` around each found word.",
        examples=["<mark>Joint</mark> Training <mark>Exercises</mark>"],
    )
    url: str = Field(description="Where it answers.", examples=[f"{GUIDE_URL}/sections/joint-training-exercises"])
    score: float = Field(
        description="How well it answers the words (BM25, more is better); comparable within one search only.",
        examples=[5.2174],
    )
    guide: str = Field(description="The slug of the guide that it belongs to.", examples=[GUIDE])
    section: str | None = Field(
        description="The section's slug; null for another kind.", examples=["joint-training-exercises"]
    )
    passages: list[FoundPassage] = Field(
        description="For a section, its passages that have any of the words: those with most of them first."
    )
    excerpt: str | None = Field(
        description="For another kind, the part of its description with most of the words, as plain text; null for a"
        " section, and where only the name has them.",
        examples=[None],
    )
    excerpt_html: str | None = Field(description="The same as HTML, as in `passages`.", examples=[None])
    marks: list[Mark] | None = Field(description="Where the found words stand in `excerpt`.", examples=[None])


class Facet(PublicModel):
    """How many results there are with one value of a filter, all other filters kept, and matched as this answer is.

    Where `match` is `any`, a narrower search may find all of the words, and then has fewer results.
    """

    slug: str = Field(description="The value of the filter.", examples=["military-cooperation-and-exercises"])
    label: str = Field(description="Its name for readers.", examples=["Military cooperation and exercises"])
    count: int = Field(description="How many results there are with it.", examples=[4])


class Facets(PublicModel):
    """What the results could be narrowed to."""

    guide: list[Facet] = Field(
        description="The guides that have results, most first.",
        examples=[[{"slug": GUIDE, "label": "The Definitive Guide to the US-Japan Security Treaty", "count": 5}]],
    )
    topic: list[Facet] = Field(description="The topics that have results, most first.")
    kind: list[Facet] = Field(
        description="All kinds, each with how many of it there are.",
        examples=[[{"slug": "section", "label": "Sections", "count": 5}]],
    )


class SearchPage(Page[Found]):
    """A page of what was found, best first."""

    match: Literal["all", "any"] = Field(
        description="Whether the results have all that was asked for, or, because nothing has, any of it.",
        examples=["all"],
    )
    notice: str | None = Field(
        description="What a reader should be told about the results, as a sentence; null if nothing.", examples=[None]
    )
    suggestion: str | None = Field(
        description="What the reader may have meant, in the guides' own words, where words are not in them; else null.",
        examples=[None],
    )
    facets: Facets


class Suggestion(PublicModel):
    """A completion of what is being typed."""

    kind: Literal["section", "term", "topic", "instrument", "word"] = Field(
        description="What it leads to; a word leads to a search.", examples=["section"]
    )
    text: str = Field(description="What to show.", examples=["History of the US-Japan Security Treaty"])
    url: str = Field(description="Where it answers.", examples=[f"{GUIDE_URL}/sections/history"])


class Suggestions(PublicModel):
    """Completions, best first."""

    items: list[Suggestion] = Field(description="At most 10 completions.")
