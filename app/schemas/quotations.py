"""Schemas of the quotation look-up."""

from typing import Literal

from pydantic import Field

from app.schemas.examples import GUIDE, GUIDE_URL
from app.schemas.models import PublicModel
from app.schemas.passages import QuotedCorrection
from app.text.editions import Edition
from app.text.similarity import MIN_SIMILARITY


class QuotationPlace(PublicModel):
    """A span of a passage: `start` and `end` count Unicode code points of its text in `edition`.

    A place starts and ends at word boundaries: `lateral` has no place in `bilateral`, nor `can` in `can’t`.
    """

    guide: str = Field(description="Slug of the guide.", examples=[GUIDE])
    section: str = Field(description="Slug of the section.", examples=["significance"])
    passage: str = Field(description="Id of the passage.", examples=["significance.1"])
    edition: Edition = Field(
        description="Edition that contains the quotation; `corrected` if both editions of the passage are the same.",
        examples=["corrected"],
    )
    start: int = Field(description="Offset of the first character, from 0.", examples=[226])
    end: int = Field(description="Offset after the last character.", examples=[252])
    url: str = Field(
        description="URL of the passage in this edition.", examples=[f"{GUIDE_URL}/passages/significance.1"]
    )
    text_fragment: str = Field(
        description="URL of the section with a text fragment, which makes a browser scroll to the words.",
        examples=[f"{GUIDE_URL}/sections/significance#significance.1:~:text=anchored%20in%20mutual%20defense"],
    )
    corrections: list[QuotedCorrection] = Field(
        description="The corrections to these words or to some of them, in the order of the text. Check them before you"
        " repeat a quotation. In the corrected edition, `applied` means that some of the words are the replacement.",
        examples=[[{"slug": "mutual-defense-asymmetry", "status": "suggested", "severity": "moderate"}]],
    )


class NearestPassage(QuotationPlace):
    """The most similar words to a quotation that is absent."""

    text: str = Field(description="The similar words.", examples=["anchored in mutual defense"])
    similarity: float = Field(
        description="How similar these words are to the quotation, from 0 to 1: the mean of the shares of equal words"
        f" and of equal letters; 1 if only accents or punctuation differ. It is at least {MIN_SIMILARITY}.",
        examples=[0.827],
    )


class Quotation(PublicModel):
    """Result of a quotation look-up."""

    text: str = Field(description="The quotation from the request.", examples=["anchored in mutual defense"])
    match: Literal["exact", "normalized", "absent"] = Field(
        description="`exact`: every character is the same. `normalized`: only quotation marks, spaces, case, dashes or"
        " Unicode form differ. `absent`: not found; a word may be missing, added, changed or elided. A quotation"
        " that is found may still be wrong: see the `corrections` of each place.",
        examples=["exact"],
    )
    places: list[QuotationPlace] = Field(
        description="The first places, guide by guide in reading order, at most `limit`. If the editions of a passage"
        " differ, both are searched."
    )
    total: int = Field(description="Number of all places, counted up to 1,000.", examples=[1])
    nearest: NearestPassage | None = Field(
        description="For an absent quotation, the most similar words in a guide, as a hint; null if nothing is similar"
        f" (at least {MIN_SIMILARITY}), or if the quotation was found.",
        examples=[None],
    )
