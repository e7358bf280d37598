"""Where a quotation stands."""

from typing import Literal

from pydantic import Field

from app.schemas.shapes import GUIDE, GUIDE_URL, PublicModel
from app.text.editions import Edition


class QuotationPlace(PublicModel):
    """A span of a passage, in Unicode code points of its text in that edition, `end` exclusive."""

    guide: str = Field(description="The guide's slug.", examples=[GUIDE])
    section: str = Field(description="The section's slug.", examples=["significance"])
    passage: str = Field(description="The passage's id.", examples=["significance.1"])
    edition: Edition = Field(
        description="The edition whose text is meant; `corrected` where the two do not differ.", examples=["corrected"]
    )
    start: int = Field(description="Where it begins, from 0.", examples=[226])
    end: int = Field(description="Where it ends: the offset of the first character after it.", examples=[252])
    url: str = Field(
        description="Where the passage answers, in that edition.",
        examples=[f"{GUIDE_URL}/passages/significance.1"],
    )
    text_fragment: str = Field(
        description="A link that makes a browser show the words in the section's page.",
        examples=[f"{GUIDE_URL}/sections/significance#significance.1:~:text=anchored%20in%20mutual%20defense"],
    )


class NearestPassage(QuotationPlace):
    """The span of a passage that is most like a quotation, which it is not."""

    text: str = Field(description="The words that stand there.", examples=["anchored in mutual defense"])


class Quotation(PublicModel):
    """Whether a quotation stands in a guide, and where."""

    text: str = Field(description="The quotation that was asked for.", examples=["anchored in mutual defense"])
    match: Literal["exact", "normalized", "absent"] = Field(
        description="`exact`: to the character. `normalized`: but for quotation marks, spaces, case, dashes or Unicode"
        " form. `absent`: nowhere; a word may be dropped, added, changed or hidden behind an ellipsis.",
        examples=["exact"],
    )
    places: list[QuotationPlace] = Field(
        description="Where it stands, guide by guide in reading order, 100 places at most; a passage whose editions"
        " differ is looked through in both."
    )
    nearest: NearestPassage | None = Field(
        description="For an absent quotation, the words most like it, as a hint and not as a find; null where nothing"
        " is like it, or where it stands somewhere.",
        examples=[None],
    )
