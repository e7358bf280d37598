"""The timeline."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AfterValidator

from app import schemas
from app.content.events import Category
from app.content.fields import PARTIAL_DATE_PATTERN, check_partial_date
from app.formats import LINKED_DATA_FORMATS
from app.http.policies import ResponsePolicy
from app.queries import facts
from app.routers.content_route import ContentRoute
from app.routers.pagination import PagingDep
from app.routers.parameters import EventRevisionDep, EventSlug, FactFilterDep, SessionDep

router = APIRouter(prefix="/v1/events", tags=["Events"], route_class=ContentRoute)

_PARTIAL = "a date, or a month or a year, such as `1960-01-19`, `1960-01` or `1960`"

Since = Annotated[
    str | None,
    Query(
        description=f"Only events from this date on: {_PARTIAL}. An event whose day is unknown matches if any day of"
        " its month or year does. Invalid dates, and dates after `until`, give 422.",
        pattern=PARTIAL_DATE_PATTERN,
        examples=["1951"],
    ),
    AfterValidator(check_partial_date),
]
Until = Annotated[
    str | None,
    Query(
        description=f"Only events up to this date: {_PARTIAL}. Invalid dates, and dates before `since`, give 422.",
        pattern=PARTIAL_DATE_PATTERN,
        examples=["1960-06-23"],
    ),
    AfterValidator(check_partial_date),
]
CategoryFilter = Annotated[Category | None, Query(description="Only events of this category.", examples=["judicial"])]


@router.get("", summary="List the events")
@ResponsePolicy(pinnable=True)
async def list_events(
    session: SessionDep,
    paging: PagingDep,
    only: FactFilterDep,
    since: Since = None,
    until: Until = None,
    category: CategoryFilter = None,
) -> schemas.EventPage:
    """List the events of the timeline, oldest first.

    Dates are as precise as known: a day, a month or a year.
    """
    found, total = facts.events(session, only, paging.limit, paging.offset, since, until, category)
    return paging.page(schemas.EventPage, found, total)


@router.get("/{event}", summary="Get an event")
@ResponsePolicy(formats=LINKED_DATA_FORMATS, pinnable=True)
async def get_event(session: SessionDep, selected: EventRevisionDep, event: EventSlug) -> schemas.Event:
    """Get one event: its date, what happened, and the sections about it."""
    return facts.event(session, selected, event)
