"""The glossary."""

from fastapi import APIRouter, Response

from app import schemas
from app.http.policies import ResponsePolicy
from app.queries import facts
from app.queries.guides import select_revision_with
from app.routers.pagination import PagingDep
from app.routers.parameters import FactFilterDep, RevisionName, SessionDep, TermSlug, URLsDep, set_content_headers

router = APIRouter(prefix="/v1/terms", tags=["Terms"])


@router.get("", summary="List the terms")
@ResponsePolicy(pinnable=True)
async def list_terms(session: SessionDep, paging: PagingDep, only: FactFilterDep) -> schemas.TermPage:
    """List the glossary in alphabetical order, with the Japanese terms and their romanisation."""
    found, total = facts.terms(session, only, paging.limit, paging.offset)
    return paging.page(schemas.TermPage, found, total)


@router.get("/{term}", summary="Get a term")
@ResponsePolicy(pinnable=True)
async def get_term(
    session: SessionDep, urls: URLsDep, response: Response, term: TermSlug, revision: RevisionName = None
) -> schemas.Term:
    """Get one term: its definition, its Japanese form, and the sections that use it."""
    selected = select_revision_with(session, urls, "term", term, revision)
    set_content_headers(response, selected)
    return facts.term(session, selected, term)
