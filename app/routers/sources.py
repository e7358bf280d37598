"""Sources: the works that corrections and facts rest on."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from app import schemas
from app.errors import InvalidInput
from app.http.links import PAGING_PARAMETERS
from app.http.negotiation import choose_format
from app.http.policies import JSON, ResponsePolicy
from app.queries import citations, sources
from app.queries.guides import select_revision_with
from app.representations.citations.works import source_reference
from app.routers import citation_examples as examples
from app.routers.citation_examples import describe_formats
from app.routers.citations import FORMATS, WRITERS, respond
from app.routers.pagination import PagingDep
from app.routers.parameters import (
    AbsoluteURLsDep,
    GuideFilterDep,
    RevisionName,
    SessionDep,
    SourceSlug,
    URLsDep,
    set_content_headers,
)

router = APIRouter(prefix="/v1/sources", tags=["Sources"])

SourcesFormat = Annotated[
    Literal["json", "csl-json", "bibtex", "ris", "text"],
    Query(
        alias="format",
        description=f"`json`, or a bibliography of all sources: {FORMATS}. A bibliography has no pages, so `limit` and"
        " `cursor` give 422.",
        examples=["bibtex"],
    ),
]


@router.get(
    "",
    summary="List the sources",
    response_model=schemas.SourcePage,
    responses=describe_formats(WRITERS, examples.SOURCE),
)
@ResponsePolicy(formats=(JSON, *WRITERS), pinnable=True)
async def list_sources(
    request: Request,
    session: SessionDep,
    urls: AbsoluteURLsDep,
    paging: PagingDep,
    only: GuideFilterDep,
    format_: SourcesFormat = "json",
) -> schemas.SourcePage | Response:
    """List the cited works, or get them as a bibliography.

    Each work lists the corrections and facts that rest on it.
    """
    if (chosen := choose_format(request, format_)) is not JSON:
        if paged := sorted(PAGING_PARAMETERS & request.query_params.keys()):
            message = "A bibliography has all sources and no pages; leave this out."
            raise InvalidInput.of(*((name, message) for name in paged))
        references = [
            source_reference(published, source, urls.pinned_to(published.revision).of("source", source.slug))
            for published, source in citations.bibliography(session, only)
        ]
        return respond(references, chosen, only.selected)
    found, total = sources.sources(session, only, paging.limit, paging.offset)
    return paging.page(schemas.SourcePage, found, total)


@router.get("/{source}", summary="Get a source")
@ResponsePolicy(pinnable=True)
async def get_source(
    session: SessionDep, urls: URLsDep, response: Response, source: SourceSlug, revision: RevisionName = None
) -> schemas.Source:
    """Get one work: publisher, link, whether it was checked, and what cites it."""
    selected = select_revision_with(session, urls, "source", source, revision)
    set_content_headers(response, selected)
    return sources.source(session, selected, source)
