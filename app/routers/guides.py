"""Guides, the documents that they were made from, and what has been published of them."""

from fastapi import APIRouter, Response

from app import schemas
from app.http.policies import TEXT, response_policy
from app.queries import guides
from app.routers.pagination import PagingDep
from app.routers.parameters import RevisionDep, SessionDep, URLsDep

router = APIRouter(prefix="/v1/guides", tags=["Guides"])


@router.get("", operation_id="list_guides", summary="List the guides")
async def list_guides(session: SessionDep, urls: URLsDep, paging: PagingDep) -> schemas.GuidePage:
    """The guides that are published, by slug; each with its table of contents."""
    return paging.page(schemas.GuidePage, *guides.guides(session, urls, paging.limit, paging.offset))


@router.get("/{guide}", operation_id="get_guide", summary="Get a guide")
@response_policy(pinnable=True)
async def get_guide(session: SessionDep, selected: RevisionDep) -> schemas.Guide:
    """One guide: what it is about, its nested contents, how much it holds, and where its parts are."""
    return guides.guide(session, selected)


class SourceDocument(Response):
    """A source document, in the very bytes that were published."""

    media_type = "text/plain"


@router.get(
    "/{guide}/source",
    operation_id="get_guide_source",
    summary="Get the source document",
    response_class=SourceDocument,
    responses={
        200: {
            "description": "The document, in UTF-8, byte for byte.",
            "content": {"text/plain": {"example": "The Definitive Guide to the US-Japan Security Treaty\n\n…"}},
        }
    },
)
@response_policy(formats=(TEXT,), pinnable=True)
async def get_guide_source(session: SessionDep, selected: RevisionDep) -> SourceDocument:
    """The document that the guide was made from, byte for byte."""
    text = guides.source(session, selected)
    return SourceDocument(text.encode(), headers={"Content-Language": selected.language})


@router.get("/{guide}/revisions", operation_id="list_revisions", summary="List what has been published")
async def list_revisions(session: SessionDep, selected: RevisionDep, paging: PagingDep) -> schemas.RevisionPage:
    """Every state of the guide that has been published, newest first. `?revision=` reads one of them."""
    found, total = guides.revisions(session, selected, paging.limit, paging.offset)
    return paging.page(schemas.RevisionPage, found, total)
