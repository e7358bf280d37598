"""The glossary."""

from fastapi import APIRouter

from app import schemas
from app.queries import facts
from app.routers.pagination import PagingDep
from app.routers.parameters import FactFilterDep, SessionDep, TermSlug, URLsDep

router = APIRouter(prefix="/v1/terms", tags=["Terms"])


@router.get("", summary="List the terms")
def list_terms(session: SessionDep, urls: URLsDep, paging: PagingDep, only: FactFilterDep) -> schemas.TermPage:
    """List the glossary in alphabetical order, with the Japanese terms and their romanisation."""
    found, total = facts.terms(session, urls, paging.limit, paging.offset, only)
    return paging.page(schemas.TermPage, found, total)


@router.get("/{term}", summary="Get a term")
async def get_term(session: SessionDep, urls: URLsDep, term: TermSlug) -> schemas.Term:
    """Get one term: its definition, its Japanese form, and the sections that use it."""
    return facts.term(session, urls, term)
