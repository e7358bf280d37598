"""Quotation checks."""

from typing import Literal

from pydantic import Field

from app.schemas.shapes import GUIDE, GUIDE_URL, PublicModel
from app.text.editions import Edition


class QuotationPlace(PublicModel):
    """A span of a passage, in Unicode code points of its text in that edition, `end` exclusive."""

    guide: str = Field(description="Slug of the guide.", examples=[GUIDE])
    section: str = Field(description="Slug of the section.", examples=["significance"])
    passage: str = Field(description="Id of the passage.", examples=["significance.1"])
    edition: Edition = Field(
        description="The edition of `start` and `end`; `corrected` if the editions of the passage do not differ.",
        examples=["corrected"],
    )
    start: int = Field(description="Offset of the first character, from 0.", examples=[226])
    end: int = Field(description="Offset of the first character after it.", examples=[252])
    url: str = Field(
        description="URL of the passage, in that edition.",
        examples=[f"{GUIDE_URL}/passages/significance.1"],
    )
    text_fragment: str = Field(
        description="URL of the section's page with a text fragment, so that browsers highlight the words.",
        examples=[f"{GUIDE_URL}/sections/significance#significance.1:~:text=anchored%20in%20mutual%20defense"],
    )


class NearestPassage(QuotationPlace):
    """The span of a passage that is most similar to an absent quotation."""

    text: str = Field(description="Text of the span.", examples=["anchored in mutual defense"])


class Quotation(PublicModel):
    """The result of a quotation check."""

    text: str = Field(description="The quotation from the request.", examples=["anchored in mutual defense"])
    match: Literal["exact", "normalized", "absent"] = Field(
        description="`exact`: every character matches. `normalized`: only quotation marks, spaces, case, dashes or"
        " Unicode form differ. `absent`: no passage contains all these words in this order.",
        examples=["exact"],
    )
    places: list[QuotationPlace] = Field(
        description="Places with the quotation, guide by guide in reading order, at most 100. If the editions of a"
        " passage differ, both are searched."
    )
    nearest: NearestPassage | None = Field(
        description="The most similar words, if the quotation is absent; null if nothing is similar, or if the"
        " quotation was found.",
        examples=[None],
    )
