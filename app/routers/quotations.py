"""Whether a quotation stands in a guide."""

from typing import Annotated

from fastapi import APIRouter, Query

from app import schemas
from app.queries import quotations
from app.routers.parameters import SessionDep, URLsDep

QUOTATION_LENGTH = 2_000  # characters

router = APIRouter(prefix="/v1/quotations", tags=["Quotations"])

QuotationText = Annotated[
    str,
    Query(
        min_length=1,
        max_length=QUOTATION_LENGTH,
        description="The words to look for in the passages of all guides, in either edition; titles are not looked"
        " through. A pair of quotation marks around them does not count, unless the text has it too."
        " Nothing but spaces and quotation marks is a 422.",
        examples=["anchored in mutual defense"],
    ),
]


@router.get("", operation_id="get_quotation", summary="Look up a quotation")
async def get_quotation(session: SessionDep, urls: URLsDep, text: QuotationText) -> schemas.Quotation:
    """Whether the words stand in a guide: to the character, with another setting, or not at all.

    A quotation is never called found when a word is dropped, added, changed, or hidden behind an ellipsis.
    """
    return quotations.quotation(session, urls, text)
