"""The glossary."""

from fastapi import APIRouter

from app import schemas
from app.formats import LINKED_DATA_FORMATS
from app.http.policies import ResponsePolicy
from app.queries import facts
from app.routers.content_route import ContentRoute
from app.routers.pagination import PagingDep
from app.routers.parameters import FactFilterDep, SessionDep, TermRevisionDep, TermSlug

router = APIRouter(prefix="/v1/terms", tags=["Terms"], route_class=ContentRoute)


@router.get("", summary="List the terms")
@ResponsePolicy(pinnable=True)
async def list_terms(session: SessionDep, paging: PagingDep, only: FactFilterDep) -> schemas.TermPage:
    """List the glossary in alphabetical order, with the Japanese terms and their romanisation."""
    found, total = facts.terms(session, only, paging.limit, paging.offset)
    return paging.page(schemas.TermPage, found, total)


@router.get("/{term}", summary="Get a term")
@ResponsePolicy(formats=LINKED_DATA_FORMATS, pinnable=True)
async def get_term(session: SessionDep, selected: TermRevisionDep, term: TermSlug) -> schemas.Term:
    """Get one term: its definition, its Japanese form, and the sections that use it."""
    return facts.term(session, selected, term)
