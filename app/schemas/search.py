"""Schemas of search results and of completions for a search box."""

from typing import Literal

from pydantic import Field

from app.schemas.examples import EXCERPT, GUIDE, GUIDE_URL, TOPIC
from app.schemas.models import Page, PublicModel
from app.schemas.passages import QuotedCorrection

Kind = Literal["all", "section", "correction", "instrument", "article", "event", "term"]
ResultKind = Literal["section", "correction", "instrument", "article", "event", "term"]
SuggestionKind = Literal["section", "term", "topic", "instrument", "article", "event", "word"]

# The kinds of results, and what they are called as values of a facet.
RESULT_KINDS: dict[ResultKind, str] = {
    "section": "Sections",
    "correction": "Corrections",
    "instrument": "Instruments",
    "article": "Articles",
    "event": "Events",
    "term": "Terms",
}

_EXCERPT_HTML = (
    "<mark>Joint</mark> training <mark>exercises</mark> play a pivotal role in enhancing the operational readiness …"
)


class Mark(PublicModel):
    """Span of a matching word in an excerpt, in Unicode code points."""

    start: int = Field(description="Offset of the first character, from 0.", examples=[15])
    end: int = Field(description="Offset after the last character.", examples=[24])


class PassageResult(PublicModel):
    """A passage that contains words of the query."""

    id: str = Field(description="Id of the passage.", examples=["joint-training-exercises.1"])
    url: str = Field(description="URL of this resource.", examples=[f"{GUIDE_URL}/passages/joint-training-exercises.1"])
    excerpt: str = Field(
        description="Part of the passage with the most words of the query, as plain text; `…` marks a cut.",
        examples=[EXCERPT],
    )
    excerpt_html: str = Field(
        description="The excerpt as safe HTML: escaped, with `<mark>` around each matching word and no other element.",
        examples=[_EXCERPT_HTML],
    )
    marks: list[Mark] = Field(
        description="Spans of the matching words in `excerpt`.", examples=[[{"start": 15, "end": 24}]]
    )
    corrections: list[QuotedCorrection] = Field(
        description="The corrections to the words in `excerpt`, or to some of them, in the order of the text."
    )


class SearchResult(PublicModel):
    """A section, a correction or a fact that matches the query."""

    kind: ResultKind = Field(description="Kind of the resource.", examples=["section"])
    title: str = Field(
        description="Title; for an event, what happened, and for a correction, the words that it quotes.",
        examples=["Joint Training Exercises"],
    )
    title_html: str = Field(
        description="The title as safe HTML, with `<mark>` around each matching word.",
        examples=["<mark>Joint</mark> Training <mark>Exercises</mark>"],
    )
    url: str = Field(description="URL of this resource.", examples=[f"{GUIDE_URL}/sections/joint-training-exercises"])
    score: float = Field(
        description="Relevance (BM25); higher is better. Compare scores only within one search.", examples=[5.2174]
    )
    guide: str = Field(description="Slug of the guide.", examples=[GUIDE])
    section: str | None = Field(
        description="Slug of the section; for a correction, of the one that it quotes; null for other kinds.",
        examples=["joint-training-exercises"],
    )
    passages: list[PassageResult] = Field(
        description="For a section, the passages that match, best first; empty for other kinds."
    )
    corrections: list[QuotedCorrection] = Field(
        description="For a correction, all corrections to the words in `title`, which are the author’s; empty for other"
        " kinds, whose text is ours, or is in `passages`.",
        examples=[[]],
    )
    excerpt: str | None = Field(
        description="For other kinds, the part of their text with the most words of the query, as plain text; null for"
        " a section, and if only the title matches.",
        examples=[None],
    )
    excerpt_html: str | None = Field(description="The excerpt as safe HTML, as in `passages`.", examples=[None])
    marks: list[Mark] | None = Field(description="Spans of the matching words in `excerpt`.", examples=[None])


class Facet(PublicModel):
    """A value of a filter, and how many of the matches that `match` describes it has.

    All other filters are unchanged. If `match` is `any`, the narrower search may match all words and then gives fewer
    results.
    """

    slug: str = Field(description="Value of the filter.", examples=[TOPIC])
    title: str = Field(description="Name for display.", examples=["Military cooperation and exercises"])
    count: int = Field(description="Number of results.", examples=[7])


class Facets(PublicModel):
    """Values that the search can be narrowed to."""

    guide: list[Facet] = Field(
        description="Guides with results, most results first.",
        examples=[[{"slug": GUIDE, "title": "The Definitive Guide to the US-Japan Security Treaty", "count": 7}]],
    )
    topic: list[Facet] = Field(description="Topics with results, most results first.")
    kind: list[Facet] = Field(
        description="All kinds, also those without results.",
        examples=[[{"slug": "section", "title": "Sections", "count": 5}]],
    )


class SearchPage(Page[SearchResult]):
    """A page of search results, best first."""

    match: Literal["all", "any"] = Field(
        description="`all`: the results contain all words. `any`: nothing of the kind contains all, so the results"
        " contain some; common words such as `of` do not count.",
        examples=["all"],
    )
    notice: str | None = Field(
        description="Message to show above the results, as a sentence; null if there is none.", examples=[None]
    )
    suggestion: str | None = Field(
        description="Corrected query, if words of the query occur in no guide and similar words do; otherwise null.",
        examples=[None],
    )
    facets: Facets


class Suggestion(PublicModel):
    """A completion for a search box."""

    kind: SuggestionKind = Field(
        description="Kind of resource that `url` leads to; `word` leads to a search.", examples=["section"]
    )
    slug: str | None = Field(description="Slug of the resource; null for a word.", examples=["history"])
    title: str = Field(
        description="Title of the resource, or the completed query; for an event, what happened.",
        examples=["History of the US-Japan Security Treaty"],
    )
    guide: str | None = Field(description="Slug of the guide; null for a topic and a word.", examples=[GUIDE])
    url: str = Field(
        description="URL of this resource; for a word, of its search results.",
        examples=[f"{GUIDE_URL}/sections/history"],
    )


class Suggestions(PublicModel):
    """Completions for a search box, best first."""

    items: list[Suggestion] = Field(
        description="Titles that begin with the text come first, then other titles, events and words. Each kind gets a"
        " share of the places."
    )
