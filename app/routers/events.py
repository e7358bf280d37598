"""The timeline."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator

from app import schemas
from app.content.events import Category
from app.content.fields import PARTIAL_DATE_PATTERN, check_partial_date
from app.http.policies import ResponsePolicy
from app.queries import facts
from app.queries.guides import select_revision_with
from app.routers.pagination import PagingDep
from app.routers.parameters import EventSlug, FactFilterDep, RevisionName, SessionDep, URLsDep, set_content_headers

router = APIRouter(prefix="/v1/events", tags=["Events"])

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
@ResponsePolicy(pinnable=True)
async def get_event(
    session: SessionDep, urls: URLsDep, response: Response, event: EventSlug, revision: RevisionName = None
) -> schemas.Event:
    """Get one event: its date, what happened, and the sections about it."""
    selected = select_revision_with(session, urls, "event", event, revision)
    set_content_headers(response, selected)
    return facts.event(session, selected, event)
