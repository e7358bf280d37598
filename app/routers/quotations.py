"""Quotation checks."""

from typing import Annotated

from fastapi import APIRouter, Query

from app import schemas
from app.formats import JSON
from app.http.policies import ResponsePolicy
from app.queries import quotations
from app.routers.checked_route import CheckedRoute
from app.routers.pagination import MAX_LIMIT, whole_number
from app.routers.parameters import GuideFilter, SessionDep, URLsDep
from app.urls import DEFAULT_LIMIT

MAX_QUOTATION_LENGTH = 2_000  # characters

router = APIRouter(prefix="/v1/quotations", tags=["Quotations"], route_class=CheckedRoute)

QuotationText = Annotated[
    str,
    Query(
        min_length=1,
        max_length=MAX_QUOTATION_LENGTH,
        description="The quotation: whole words. It is compared with passages in both editions, not with titles. A"
        " surrounding pair of quotation marks is ignored unless the passage has it too. Quotations of only spaces and"
        " quotation marks give 422.",
        examples=["anchored in mutual defense"],
    ),
]


@router.get("", summary="Check a quotation")
@ResponsePolicy(formats=(JSON,))
async def get_quotation(
    session: SessionDep,
    urls: URLsDep,
    text: QuotationText,
    guide: GuideFilter = None,
    limit: Annotated[
        int,
        Query(ge=1, le=MAX_LIMIT, description="Maximum number of places.", examples=[DEFAULT_LIMIT]),
        whole_number(MAX_LIMIT, DEFAULT_LIMIT),
    ] = DEFAULT_LIMIT,
) -> schemas.Quotation:
    """Check whether a guide contains a quotation exactly, with other typography, or not at all.

    A quotation with a word dropped, added, changed or replaced by an ellipsis is `absent`. `exact` means that the guide
    says so, not that it is right: each place lists the corrections to its words.
    """
    return quotations.quotation(session, urls, text, guide, limit)
