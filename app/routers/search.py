"""Search, and completions for a search box."""

from typing import Annotated

from fastapi import APIRouter, Query

from app import schemas
from app.queries.search import SearchRequest, search
from app.queries.suggestions import suggestions
from app.routers.pagination import PagingDep
from app.routers.parameters import GuideFilter, SessionDep, TopicFilter, URLsDep
from app.schemas.search import Kind
from app.search.query import parse_query

MAX_QUERY_LENGTH = 200  # characters

router = APIRouter(prefix="/v1", tags=["Search"])


@router.get("/search", operation_id="list_found", summary="Search")
async def search_guides(
    session: SessionDep,
    urls: URLsDep,
    paging: PagingDep,
    q: Annotated[
        str,
        Query(
            description='What to look for: words, `"a phrase"`, `-unwanted`, `prefix*`; all else is plain text.',
            pattern=r"\S",
            max_length=MAX_QUERY_LENGTH,
            examples=["joint exercises"],
        ),
    ],
    kind: Annotated[Kind, Query(description="What to look for it in.", examples=["term"])] = "section",
    guide: GuideFilter = None,
    topic: TopicFilter = None,
) -> schemas.SearchPage:
    """Sections by how well they answer the words, each with its passages that have them; or terms, instruments, events.

    All words must be there; where nothing has all of them, the answer is for any of them, and says so. Endings, case,
    accents, and British or American spelling make no difference.
    """
    results = search(session, urls, SearchRequest(parse_query(q), kind, guide, topic), paging.limit, paging.offset)
    return paging.page(
        schemas.SearchPage,
        results.items,
        results.total,
        match=results.match,
        notice=results.notice,
        suggestion=results.suggestion,
        facets=results.facets,
    )


@router.get("/suggestions", operation_id="list_suggestions", summary="Complete what is being typed")
async def list_suggestions(
    session: SessionDep,
    urls: URLsDep,
    q: Annotated[
        str,
        Query(
            description="What has been typed so far; its last word may be incomplete.",
            pattern=r"\S",
            max_length=MAX_QUERY_LENGTH,
            examples=["secu"],
        ),
    ],
) -> schemas.Suggestions:
    """At most 10 completions: titles of sections, terms, topics and instruments, and words to search for.

    The typed words may stand anywhere in a title, the last one as the beginning of a word; case and accents make no
    difference.
    """
    return schemas.Suggestions(items=suggestions(session, urls, q))
