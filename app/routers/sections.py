"""The sections of a guide, and their passages."""

from fastapi import APIRouter

from app import schemas
from app.formats import LINKED_DATA_FORMATS
from app.http.policies import ResponsePolicy
from app.queries import passages, sections
from app.routers.content_route import ContentRoute
from app.routers.pagination import PagingDep
from app.routers.parameters import (
    ParentFilter,
    PassageID,
    RevisionDep,
    SectionOfGuideFilter,
    SectionSlug,
    SessionDep,
    TopicFilter,
)

router = APIRouter(prefix="/v1/guides/{guide}", tags=["Sections"], route_class=ContentRoute)


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
async def get_passage(session: SessionDep, selected: RevisionDep, passage: PassageID) -> schemas.Passage:
    """Get one paragraph or list item, with its corrections and the terms and instruments in it."""
    return passages.passage(session, selected, passage)
