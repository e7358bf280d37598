"""The revisions of a guide, and the changes between them."""

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app import schemas
from app.http.policies import ResponsePolicy
from app.queries import changes, revisions
from app.queries.selected_revisions import SelectedRevision, select_revision
from app.routers.content_route import ContentRoute
from app.routers.pagination import PagingDep
from app.routers.parameters import (
    REVISION_PATTERN,
    CurrentRevisionDep,
    GuideSlug,
    SessionDep,
)
from app.routers.versions import use_revision

router = APIRouter(prefix="/v1/guides/{guide}", tags=["Revisions"], route_class=ContentRoute)

# /docs fills it in, so it is a revision that there is: the one of the shipped guide. `make lint` prints it.
SHIPPED_REVISION = "b682621143a6"

NamedRevision = Annotated[
    str, Path(description="The name of a revision.", pattern=REVISION_PATTERN, examples=[SHIPPED_REVISION])
]


class ComparedRevisions(NamedTuple):
    """Two revisions of a guide to compare; None stands for an empty guide."""

    since: SelectedRevision | None
    until: SelectedRevision


async def _compared_revisions(
    session: SessionDep,
    request: Request,
    response: Response,
    guide: GuideSlug,
    since: Annotated[
        str | None,
        Query(
            description="Compare this revision with `until`. By default, the revision before `until`. Unknown revisions"
            " give 422.",
            pattern=REVISION_PATTERN,
            examples=[schemas.REVISION],
        ),
    ] = None,
    until: Annotated[
        str | None,
        Query(
            description="The revision with the changes. By default, the current one. Unknown revisions give 422.",
            pattern=REVISION_PATTERN,
            examples=[schemas.REVISION],
        ),
    ] = None,
) -> ComparedRevisions:
    urls = request.app.state.urls
    after = select_revision(session, urls, guide, until, parameter="until")
    name = since or after.previous
    before = select_revision(session, urls, guide, name, parameter="since") if name else None
    return ComparedRevisions(before, use_revision(session, after, request, response))


ComparedRevisionsDep = Annotated[ComparedRevisions, Depends(_compared_revisions)]


@router.get("/revisions", summary="List the revisions")
@ResponsePolicy()
async def list_revisions(session: SessionDep, selected: CurrentRevisionDep, paging: PagingDep) -> schemas.RevisionPage:
    """List the published states of a guide, newest first. Read one of them with `?revision=`."""
    found, total = revisions.revisions(session, selected, paging.limit, paging.offset)
    return paging.page(schemas.RevisionPage, found, total)


@router.get("/revisions/{revision}", summary="Get a revision")
@ResponsePolicy()
async def get_revision(session: SessionDep, selected: CurrentRevisionDep, revision: NamedRevision) -> schemas.Revision:
    """Get one revision: when it was published, the revision before it, and how much it changed."""
    return revisions.revision(session, selected, revision)


@router.get("/changes", summary="List the changes between two revisions")
@ResponsePolicy()
async def list_changes(session: SessionDep, compared: ComparedRevisionsDep, paging: PagingDep) -> schemas.ChangePage:
    """List what differs between two revisions: passage by passage, correction by correction, fact by fact.

    A passage with the same text and another id is `moved`, and so is what was only renamed: `before` has its former
    slug. If `since` is the newer revision, you get the changes that lead back. Texts are those of the corrected
    edition.
    """
    since, until = compared
    found, total = changes.changes(session, since, until, paging.limit, paging.offset)
    return paging.page(schemas.ChangePage, found, total, since=since.revision if since else None, until=until.revision)
