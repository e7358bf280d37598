"""Sources: the works that corrections and facts rest on."""

from fastapi import APIRouter

from app import schemas
from app.queries import sources
from app.routers.pagination import PagingDep
from app.routers.parameters import GuideFilter, SessionDep, SourceSlug, URLsDep

router = APIRouter(prefix="/v1/sources", tags=["Sources"])


@router.get("", summary="List the sources")
def list_sources(
    session: SessionDep, urls: URLsDep, paging: PagingDep, guide: GuideFilter = None
) -> schemas.SourcePage:
    """List the cited works, each with the corrections and facts that rest on it."""
    found, total = sources.sources(session, urls, paging.limit, paging.offset, guide)
    return paging.page(schemas.SourcePage, found, total)


@router.get("/{source}", summary="Get a source")
async def get_source(session: SessionDep, urls: URLsDep, source: SourceSlug) -> schemas.Source:
    """Get one work: its publisher and link, whether it was checked, and the corrections and facts that rest on it."""
    return sources.source(session, urls, source)
