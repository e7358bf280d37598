"""The tool `verify_quotations`."""

import time
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints
from sqlmodel import Session

from app import schemas
from app.errors import InvalidInput
from app.limits import MAX_QUERY_S
from app.mcp.arguments import Arguments, EmptyIsNone, slug
from app.mcp.corrections import CorrectionReference, references
from app.mcp.ids import to_id
from app.mcp.results import MAX_TEXT_LENGTH, Result, clip, fill
from app.mcp.tool import Tool
from app.queries.quotations import quotation
from app.text.editions import Edition
from app.urls import URLs

MAX_QUOTES = 20
MAX_QUOTE_LENGTH = 2_000  # characters, as of `/v1/quotations`
MAX_PLACES = 3  # that a result lists of each quotation
ECHO_LENGTH = 80  # characters of a quotation that a result repeats

Quote = Annotated[str, StringConstraints(min_length=1, max_length=MAX_QUOTE_LENGTH)]


class QuotationArguments(Arguments):
    """The quotations to check."""

    quotes: list[Quote] = Field(
        description="Up to 20 quotations, each of whole words, at most 2,000 characters long, and exactly as you would"
        " print it. One with an ellipsis is absent: check the parts before and after it.",
        min_length=1,
        max_length=MAX_QUOTES,
    )
    guide: Annotated[str | None, EmptyIsNone] = slug("Only the guide with this slug; otherwise all guides.")


class Place(BaseModel):
    """Where a guide has the words."""

    id: str = Field(description="Id of the passage; pass it to `fetch` to read it.")
    url: str = Field(description="URL of the passage, to cite.")
    edition: Edition = Field(
        description="Edition that has the words: `original` alone means that the editors have corrected them."
    )
    corrections: list[CorrectionReference] = Field(
        description="The corrections to these words. `fetch` them before you repeat the quotation."
    )


class Nearest(Place):
    """The words of a guide that are most similar to a quotation that it does not have."""

    text: str = Field(description="The similar words.")
    similarity: float = Field(description="From 0 to 1.")


class CheckedQuotation(BaseModel):
    """What was found for a quotation."""

    number: int = Field(description="Its place in `quotes`, from 1.")
    quote: str = Field(description="The beginning of the quotation.")
    match: Literal["exact", "normalized", "absent"] = Field(
        description="`exact`: a guide has these words, character by character. `normalized`: with other case,"
        " typography or spaces. `absent`: it has not; do not present it as a quotation."
    )
    places: list[Place] = Field(description="The first places that have the words.")
    total: int = Field(description="Number of all places.")
    nearest: Nearest | None = Field(
        description="For an absent quotation, the most similar words, if any are similar enough."
    )


class CheckedQuotations(Result):
    """The quotations in their order."""

    results: list[CheckedQuotation]


def verify_quotations(session: Session, urls: URLs, arguments: QuotationArguments) -> CheckedQuotations:
    """Check quotations until the result is full or a query's budget is spent; at least one is checked."""
    number = len(arguments.quotes)
    checked = list(_check(session, urls, arguments))

    def build(shown: Sequence[CheckedQuotation]) -> CheckedQuotations:
        done = len(shown)
        notice = (
            f"Only the first {done} of {number} were checked; call again with the others." if done < number else None
        )
        return CheckedQuotations(results=list(shown), next_cursor=None, notice=notice)

    return fill(checked, build)


def _check(session: Session, urls: URLs, arguments: QuotationArguments) -> Iterator[CheckedQuotation]:
    deadline = time.thread_time() + MAX_QUERY_S
    for number, quote in enumerate(arguments.quotes, start=1):
        try:
            found = quotation(session, urls, quote, arguments.guide, MAX_PLACES)
        except InvalidInput as error:
            ((argument, message),) = error.errors
            if argument != "text":
                raise
            raise InvalidInput.of(("quotes", f"Number {number}: {message}")) from error
        yield _checked(number, quote, found, urls)
        if time.thread_time() > deadline:
            return


def _checked(number: int, quote: str, found: schemas.Quotation, urls: URLs) -> CheckedQuotation:
    nearest = found.nearest
    return CheckedQuotation(
        number=number,
        quote=clip(quote, ECHO_LENGTH),
        match=found.match,
        places=[_place(place, urls) for place in found.places],
        total=found.total,
        nearest=Nearest(
            **dict(_place(nearest, urls)), text=clip(nearest.text, 2 * MAX_TEXT_LENGTH), similarity=nearest.similarity
        )
        if nearest
        else None,
    )


def _place(place: schemas.QuotationPlace, urls: URLs) -> Place:
    return Place(
        id=to_id(place.url, urls),
        url=place.url,
        edition=place.edition,
        corrections=references(place.corrections, urls, place.guide),
    )


TOOL = Tool(
    "verify_quotations",
    "Check quotations",
    "Check up to 20 quotations against the guides, word by word, before you print them. Each result says whether a"
    " guide has the words, where, and which corrections there are to them: what is quoted exactly can be wrong.",
    QuotationArguments,
    CheckedQuotations,
    verify_quotations,
)
