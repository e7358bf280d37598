"""Treaties, agreements, notes and statements, and their articles."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AfterValidator

from app import schemas
from app.content.fields import DATE_PATTERN, check_date
from app.content.instruments import LegalCharacter
from app.formats import LINKED_DATA_FORMATS
from app.http.policies import ResponsePolicy
from app.queries import facts
from app.routers.content_route import ContentRoute
from app.routers.pagination import PagingDep
from app.routers.parameters import (
    ArticleSlug,
    FactFilterDep,
    InstrumentRevisionDep,
    InstrumentSlug,
    SessionDep,
)

router = APIRouter(prefix="/v1/instruments", tags=["Instruments"], route_class=ContentRoute)

LegalCharacterFilter = Annotated[
    LegalCharacter | None, Query(description="Only instruments of this legal character.", examples=["treaty"])
]
InForceOn = Annotated[
    str | None,
    Query(
        description="Only instruments in force on this day, such as `1955-01-01`: from `date_in_force` until the day"
        " before `date_ended`. Instruments that never entered into force do not match. Invalid dates give 422.",
        pattern=DATE_PATTERN,
        examples=["1955-01-01"],
    ),
    AfterValidator(check_date),
]


@router.get("", summary="List the instruments")
@ResponsePolicy(pinnable=True)
async def list_instruments(
    session: SessionDep,
    paging: PagingDep,
    only: FactFilterDep,
    legal_character: LegalCharacterFilter = None,
    in_force_on: InForceOn = None,
) -> schemas.InstrumentPage:
    """List treaties, agreements, notes and statements, each with its summarised articles."""
    found, total = facts.instruments(session, only, paging.limit, paging.offset, legal_character, in_force_on)
    return paging.page(schemas.InstrumentPage, found, total)


@router.get("/{instrument}", summary="Get an instrument")
@ResponsePolicy(formats=LINKED_DATA_FORMATS, pinnable=True)
async def get_instrument(
    session: SessionDep, selected: InstrumentRevisionDep, instrument: InstrumentSlug
) -> schemas.Instrument:
    """Get one instrument: its titles, dates, description, articles, and the sections about it."""
    return facts.instrument(session, selected, instrument)


@router.get("/{instrument}/articles/{article}", summary="Get an article")
@ResponsePolicy(formats=LINKED_DATA_FORMATS, pinnable=True)
async def get_article(
    session: SessionDep, selected: InstrumentRevisionDep, instrument: InstrumentSlug, article: ArticleSlug
) -> schemas.Article:
    """Get one article: a summary in the editors' words, and the sections that discuss it."""
    return facts.article(session, selected, instrument, article)
