"""The tool `search`."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, Field
from sqlmodel import Session

from app import schemas
from app.mcp.arguments import Arguments, Cursor, EmptyIsNone, slug
from app.mcp.corrections import CorrectionReference, references
from app.mcp.cursors import check_page, continuation, to_offset
from app.mcp.ids import to_id
from app.mcp.results import Result, clip, fill
from app.mcp.tool import Tool
from app.queries import search as queries
from app.schemas.search import Kind
from app.search.parsing import parse_query
from app.urls import URLs

PAGE_SIZE = 10
MAX_QUERY_LENGTH = 200  # characters, as of `/v1/search`


class SearchArguments(Arguments):
    """What to search for."""

    query: str = Field(
        description='Words. "a phrase" in quotation marks, -word to exclude one, prefix* for beginnings. Articles and'
        " dates in any form: Art. 5, Article V, 8 September 1951.",
        pattern=r"\S",
        max_length=MAX_QUERY_LENGTH,
    )
    kind: Annotated[Kind, Field(description="Only results of this kind.")] = "all"
    guide: Annotated[str | None, EmptyIsNone] = slug("Only results of the guide with this slug.")
    topic: Annotated[str | None, EmptyIsNone] = slug("Only results of the topic with this slug.")
    cursor: Annotated[Cursor, EmptyIsNone] = None


class SearchItem(BaseModel):
    """A section, a correction or a fact."""

    id: str = Field(description="Pass it to `fetch` to read all of it.")
    title: str = Field(description="Title; of an event, what happened; of a correction, the words that it corrects.")
    url: str = Field(description="URL to cite.")
    kind: str = Field(description="Kind of the resource.")
    text: str | None = Field(description="The part with most words of the query; null if only the title matches.")
    corrections: list[CorrectionReference] = Field(description="The corrections to the words in `text`.")


class SearchResults(Result):
    """Results, best first."""

    results: list[SearchItem]
    total: int = Field(description="Number of all results.")


def search(session: Session, urls: URLs, arguments: SearchArguments) -> SearchResults:
    """Return a page of results; shorter if they are long."""
    offset = to_offset(arguments.cursor)
    request = queries.SearchRequest(parse_query(arguments.query), arguments.kind, arguments.guide, arguments.topic)
    found = queries.search(session, urls, request, PAGE_SIZE, offset)
    check_page(offset, found.items)
    items = [_item(schemas.SearchResult.model_validate(result), urls) for result in found.items]
    suggestion = f"Did you mean “{found.suggestion}”?" if found.suggestion else None

    def build(shown: Sequence[SearchItem]) -> SearchResults:
        cursor, more = continuation(offset + len(shown), found.total)
        notice = " ".join(filter(None, [found.notice, suggestion, more]))
        return SearchResults(results=list(shown), total=found.total, next_cursor=cursor, notice=notice or None)

    return fill(items, build)


def _item(result: schemas.SearchResult, urls: URLs) -> SearchItem:
    passage = result.passages[0] if result.passages else None
    text = passage.excerpt if passage else result.excerpt
    return SearchItem(
        id=to_id(result.url, urls),
        title=clip(result.title),
        url=result.url,
        kind=result.kind,
        text=clip(text) if text else None,
        corrections=references(passage.corrections if passage else result.corrections, urls, result.guide),
    )


TOOL = Tool(
    "search",
    "Search the guides",
    "Find sections, corrections, treaties, articles, events and terms of the guides by words. Then `fetch` the ids that"
    " you need. The guides can be wrong: each result lists the corrections to its words.",
    SearchArguments,
    SearchResults,
    search,
)
