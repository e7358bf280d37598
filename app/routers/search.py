"""Search, and completions for a search box."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from app import schemas
from app.formats import JSON
from app.http.policies import ResponsePolicy
from app.queries.search import SearchRequest
from app.queries.search import search as find
from app.queries.suggestions import suggestions
from app.routers.content_route import ContentRoute
from app.routers.pagination import PagingDep, whole_number
from app.routers.parameters import GuideFilter, SessionDep, TopicFilter, URLsDep
from app.schemas.search import Kind, SuggestionKind
from app.search.parsing import parse_query
from app.urls import DEFAULT_SUGGESTIONS

MAX_QUERY_LENGTH = 200  # characters
MAX_SUGGESTIONS = 20

router = APIRouter(prefix="/v1", tags=["Search"], route_class=ContentRoute)


@router.get("/search", summary="Search", response_model=schemas.SearchPage)
@ResponsePolicy()
async def search(
    session: SessionDep,
    urls: URLsDep,
    paging: PagingDep,
    q: Annotated[
        str,
        Query(
            description='The words to search for. `"a phrase"` matches words in this order, `-word` excludes a word,'
            " `prefix*` matches beginnings, of two letters or more; everything else is plain text. Queries of only"
            " spaces give 422.",
            pattern=r"\S",
            max_length=MAX_QUERY_LENGTH,
            examples=["joint exercises"],
        ),
    ],
    kind: Annotated[Kind, Query(description="The kind of results.", examples=["section"])] = "all",
    guide: GuideFilter = None,
    topic: TopicFilter = None,
) -> dict[str, Any]:
    """Search the corrected edition of all guides, and the corrections and facts, best match first.

    Sections list their matching passages, with the corrections to them.

    Results contain all words. If there are none, you get results with any of the words, and `match` is `any`. Word
    endings, case, accents, hyphens and British or American spelling make no difference, nor does the way in which you
    write an article (`Art. 5`, `Article V`, `第五条`) or a date (`8 September 1951`, `1951-09-08`).
    """
    results = find(session, urls, SearchRequest(parse_query(q), kind, guide, topic), paging.limit, paging.offset)
    return paging.fields(
        results.items,
        results.total,
        match=results.match,
        notice=results.notice,
        suggestion=results.suggestion,
        facets=results.facets,
    )


@router.get("/suggestions", summary="Complete a query")
@ResponsePolicy(formats=(JSON,))
async def list_suggestions(
    session: SessionDep,
    urls: URLsDep,
    q: Annotated[
        str,
        Query(
            description="The beginning of a query; its last word may be incomplete. Queries of only spaces give 422.",
            pattern=r"\S",
            max_length=MAX_QUERY_LENGTH,
            examples=["secu"],
        ),
    ],
    kind: Annotated[
        SuggestionKind | None, Query(description="Only completions of this kind.", examples=["section"])
    ] = None,
    guide: GuideFilter = None,
    limit: Annotated[
        int,
        Query(ge=1, le=MAX_SUGGESTIONS, description="Maximum number of completions.", examples=[DEFAULT_SUGGESTIONS]),
        whole_number(MAX_SUGGESTIONS, DEFAULT_SUGGESTIONS),
    ] = DEFAULT_SUGGESTIONS,
) -> schemas.Suggestions:
    """Get completions for a search box: titles of sections, topics and facts, and searches.

    The words may be anywhere in a title or another name; the last one may be the beginning of a word. Case and accents
    make no difference. Each kind gets a share of the places, unless you choose one with `kind`.
    """
    return schemas.Suggestions(items=suggestions(session, urls, q, limit, kind, guide))
