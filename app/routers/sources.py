"""Sources: the works that corrections and facts rest on."""

from fastapi import APIRouter

from app import schemas
from app.errors import InvalidInput
from app.formats import CITATION_FORMATS, CONTENT_FORMATS, LINKED_DATA_FORMATS
from app.http.links import PAGING_PARAMETERS
from app.http.policies import ResponsePolicy
from app.queries import citations, sources
from app.representations.citations.reference import Reference
from app.representations.citations.works import source_reference
from app.routers import citation_examples as examples
from app.routers.citation_examples import describe_formats
from app.routers.content_route import ContentRoute
from app.routers.pagination import PagingDep
from app.routers.parameters import (
    AbsoluteURLsDep,
    FormatDep,
    GuideFilterDep,
    SessionDep,
    SourceRevisionDep,
    SourceSlug,
)

router = APIRouter(prefix="/v1/sources", tags=["Sources"], route_class=ContentRoute)


@router.get(
    "",
    summary="List the sources",
    response_model=schemas.SourcePage,
    responses=describe_formats(examples.SOURCE),
)
@ResponsePolicy(formats=(*CONTENT_FORMATS, *CITATION_FORMATS), pinnable=True)
async def list_sources(
    session: SessionDep,
    chosen: FormatDep,
    urls: AbsoluteURLsDep,
    paging: PagingDep,
    only: GuideFilterDep,
) -> schemas.SourcePage | list[Reference]:
    """List the cited works, or get them as a bibliography.

    Each work lists the corrections and facts that rest on it. A bibliography has no pages: in its formats, `limit` and
    `cursor` give 422.
    """
    if chosen in CITATION_FORMATS:
        if paged := sorted(PAGING_PARAMETERS & paging.request.query_params.keys()):
            message = "A bibliography has all sources and no pages; leave this out."
            raise InvalidInput.of(*((name, message) for name in paged))
        return [
            source_reference(published, source, urls.pinned_to(published.revision).of("source", source.slug))
            for published, source in citations.bibliography(session, only)
        ]
    found, total = sources.sources(session, only, paging.limit, paging.offset)
    return paging.page(schemas.SourcePage, found, total)


@router.get("/{source}", summary="Get a source")
@ResponsePolicy(formats=LINKED_DATA_FORMATS, pinnable=True)
async def get_source(session: SessionDep, selected: SourceRevisionDep, source: SourceSlug) -> schemas.Source:
    """Get one work: publisher, link, whether it was checked, and what cites it."""
    return sources.source(session, selected, source)
