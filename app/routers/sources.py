"""Sources: the works that corrections and facts rest on."""

from fastapi import APIRouter, Response

from app import schemas
from app.http.policies import ResponsePolicy
from app.queries import sources
from app.queries.guides import select_revision_with
from app.routers.pagination import PagingDep
from app.routers.parameters import GuideFilterDep, RevisionName, SessionDep, SourceSlug, URLsDep, set_content_headers

router = APIRouter(prefix="/v1/sources", tags=["Sources"])


@router.get("", summary="List the sources")
@ResponsePolicy(pinnable=True)
def list_sources(session: SessionDep, paging: PagingDep, only: GuideFilterDep) -> schemas.SourcePage:
    """List the cited works, each with the corrections and facts that rest on it."""
    found, total = sources.sources(session, only, paging.limit, paging.offset)
    return paging.page(schemas.SourcePage, found, total)


@router.get("/{source}", summary="Get a source")
@ResponsePolicy(pinnable=True)
async def get_source(
    session: SessionDep, urls: URLsDep, response: Response, source: SourceSlug, revision: RevisionName = None
) -> schemas.Source:
    """Get one work: its publisher and link, whether it was checked, and the corrections and facts that rest on it."""
    selected = select_revision_with(session, urls, "source", source, revision)
    set_content_headers(response, selected)
    return sources.source(session, selected, source)
