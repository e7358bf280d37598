"""What happened to the guides, for clients that keep up with them."""

from typing import Annotated

from fastapi import APIRouter, Query

from app import schemas
from app.errors import InvalidInput
from app.formats import CHANGES_FORMATS
from app.http.policies import ResponsePolicy
from app.queries.publications import publications, publications_since
from app.routers.content_route import ContentRoute
from app.routers.pagination import PagingDep
from app.routers.parameters import SessionDep, URLsDep

router = APIRouter(prefix="/v1", tags=["Revisions"], route_class=ContentRoute)

Since = Annotated[
    str | None,
    Query(
        description="Only what happened after this: a `next_cursor` that you got before, or `0` for everything. The"
        " list is then oldest first. Cursors of another history give 422.",
        pattern=r"^(0|[1-9][0-9]{0,17})$",
        examples=["0"],
    ),
]


@router.get("/changes", summary="List what happened to the guides")
@ResponsePolicy(formats=CHANGES_FORMATS)
async def list_publications(
    session: SessionDep, urls: URLsDep, paging: PagingDep, since: Since = None
) -> schemas.PublicationPage:
    """List the publications, rollbacks, renames, withdrawals and restorations of all guides, newest first.

    To keep up with the guides, store `next_cursor` and pass it as `since` later: you get everything that happened in
    the meantime, once, oldest first. `formerly`, `revision` and `kind` say what to fetch or to remove.
    """
    if since is None:
        found = publications(session, urls, paging.limit, paging.offset)
        return paging.page(schemas.PublicationPage, found.items, found.total, next_cursor=str(found.newest))
    if paging.offset:
        raise InvalidInput.of(("cursor", "With `since`, follow `next` instead."))
    found = publications_since(session, urls, paging.limit, int(since))
    last = str(found.items[-1].sequence) if found.items else since
    return paging.page_since(schemas.PublicationPage, found.items, found.total, last)
