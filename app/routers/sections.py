"""The sections of a guide, and their passages."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app import schemas
from app.formats import LINKED_DATA_FORMATS
from app.http.policies import ResponsePolicy
from app.http.redirects import TemporaryRedirect
from app.queries import passages, sections
from app.queries.passage_digests import find_text
from app.queries.selected_revisions import SelectedRevision
from app.routers.content_route import ContentRoute
from app.routers.pagination import PagingDep
from app.routers.parameters import (
    EditionName,
    GuideSlug,
    ParentFilter,
    PassageID,
    RevisionDep,
    RevisionName,
    SectionOfGuideFilter,
    SectionSlug,
    SessionDep,
    TopicFilter,
    selected_revision,
)
from app.routers.versions import AsOf
from app.text.digests import ALGORITHM
from app.urls import canonical_url

router = APIRouter(prefix="/v1/guides/{guide}", tags=["Sections"], route_class=ContentRoute)


async def _revision_of_passage(
    session: SessionDep,
    request: Request,
    response: Response,
    guide: GuideSlug,
    passage: PassageID,
    revision: RevisionName = None,
    edition: EditionName = "corrected",
    as_of: AsOf = None,
    digest: Annotated[
        str | None,
        Query(
            description="The digest of the text that you look for, or its first 12 hex digits, with or without"
            " `sha256:`. A 307 leads to the passage that has this text now.",
            pattern=r"^(sha256:)?([0-9a-f]{12}|[0-9a-f]{64})$",
            examples=[schemas.EXCERPT_DIGEST],
        ),
    ] = None,
) -> SelectedRevision:
    """Select the revision to read, or redirect to the passage that has the text with a digest.

    This is one dependency: a second one that uses the first would take as long as reading the passage.
    """
    selected = await selected_revision(session, request, response, guide, revision, edition, as_of)
    if digest is not None:
        found, edition = find_text(session, selected, passage, digest.removeprefix(f"{ALGORITHM}:"))
        if (found, edition) != (passage, selected.edition):
            query = dict(request.query_params) | {"edition": edition}
            path = f"/v1/guides/{selected.guide}/passages/{found}"
            raise TemporaryRedirect(selected.urls.at(canonical_url(path, query.items())))
    return selected


RevisionOfPassageDep = Annotated[SelectedRevision, Depends(_revision_of_passage)]


@router.get("/sections", summary="List the sections")
@ResponsePolicy(pinnable=True)
async def list_sections(
    session: SessionDep,
    selected: RevisionDep,
    paging: PagingDep,
    topic: TopicFilter = None,
    parent: ParentFilter = None,
) -> schemas.SectionPage:
    """List the sections of a guide in reading order, each with its passages."""
    found, total = sections.sections(session, selected, paging.limit, paging.offset, topic, parent)
    return paging.page(schemas.SectionPage, found, total)


@router.get("/sections/{section}", summary="Get a section")
@ResponsePolicy(formats=LINKED_DATA_FORMATS, pinnable=True)
async def get_section(session: SessionDep, selected: RevisionDep, section: SectionSlug) -> schemas.Section:
    """Get one section: its passages, corrections, related facts, topics and place in the guide."""
    return sections.section(session, selected, section)


@router.get("/passages", summary="List the passages")
@ResponsePolicy(pinnable=True)
async def list_passages(
    session: SessionDep,
    selected: RevisionDep,
    paging: PagingDep,
    section: SectionOfGuideFilter = None,
    topic: TopicFilter = None,
) -> schemas.PassagePage:
    """List the paragraphs and list items of a guide in reading order, without their facts."""
    found, total = passages.passages(session, selected, paging.limit, paging.offset, section, topic)
    return paging.page(schemas.PassagePage, found, total)


@router.get("/passages/{passage}", summary="Get a passage")
@ResponsePolicy(pinnable=True)
async def get_passage(session: SessionDep, selected: RevisionOfPassageDep, passage: PassageID) -> schemas.Passage:
    """Get one paragraph or list item, with its corrections and the terms and instruments in it.

    With `digest`, you get the passage that has this text now, wherever it stands: a 307 leads to it if that is not this
    one. If the text is gone, the 404 has the address of the last passage that had it.
    """
    return passages.passage(session, selected, passage)
