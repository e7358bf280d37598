"""Guides and their source documents."""

from fastapi import APIRouter, Response

from app import schemas
from app.formats import JSON, JSONLD, LINKED_DATA_FORMATS, TEXT
from app.http.policies import ResponsePolicy
from app.queries import guides
from app.queries.whole_guide import whole_guide
from app.routers.content_route import ContentRoute
from app.routers.pagination import PagingDep
from app.routers.parameters import CurrentRevisionDep, FormatDep, RevisionDep, SessionDep, URLsDep
from app.routers.versions import set_content_headers

router = APIRouter(prefix="/v1/guides", tags=["Guides"], route_class=ContentRoute)


@router.get("", summary="List the guides")
@ResponsePolicy()
async def list_guides(session: SessionDep, urls: URLsDep, paging: PagingDep) -> schemas.GuidePage:
    """List the published guides by slug, each with its table of contents."""
    return paging.page(schemas.GuidePage, *guides.guides(session, urls, paging.limit, paging.offset))


@router.get("/{guide}", summary="Get a guide")
@ResponsePolicy(formats=LINKED_DATA_FORMATS, pinnable=True)
async def get_guide(session: SessionDep, selected: RevisionDep, chosen: FormatDep) -> schemas.Guide:
    """Get one guide: its title, summary, licence, nested contents, counts and links.

    As Markdown, HTML and plain text you get the whole guide.
    """
    return guides.guide(session, selected) if chosen in {JSON, JSONLD} else whole_guide(session, selected)


@router.get(
    "/{guide}/source",
    summary="Get the source document",
    response_class=Response,
    responses={
        200: {
            "description": "The document, in UTF-8, byte for byte.",
            "content": {
                "text/plain": {
                    "schema": {"type": "string"},
                    "example": "The Definitive Guide to the US-Japan Security Treaty\n\n…",
                }
            },
        }
    },
)
@ResponsePolicy(formats=(TEXT,))
async def get_guide_source(session: SessionDep, selected: CurrentRevisionDep) -> Response:
    """Get the author's document, byte for byte. The guide was made from it."""
    text = guides.source(session, selected)
    response = Response(text.encode(), media_type=TEXT.media_type)
    set_content_headers(response, selected)
    return response
