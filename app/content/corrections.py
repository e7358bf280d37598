"""Editorial corrections and notes, each on an exact quote."""

from typing import Literal

from pydantic import BaseModel, Field

from app.content.fields import ContentModel, Formerly, Slug, Text

Status = Literal["applied", "suggested", "note"]
Kind = Literal["factual_error", "conflation", "overstatement", "unsourced", "placeholder", "formatting_artifact"]
Severity = Literal["major", "moderate", "minor", "info"]


class CorrectionFields(BaseModel):
    """The fields of a correction, in a seed file and in a response."""

    slug: Slug = Field(description="The correction's name in URLs.", examples=["year-placeholder"])
    status: Status = Field(
        description="`applied`: plainly wrong, and replaced in the corrected edition. `suggested`: a better wording"
        " is offered. `note`: context for the reader.",
        examples=["applied"],
    )
    kind: Kind = Field(description="The kind of error.", examples=["placeholder"])
    severity: Severity = Field(description="How much it misleads.", examples=["major"])
    section: Slug = Field(description="Slug of the section that contains the quote.", examples=["significance"])
    quote: str = Field(description="The author's exact words.", examples=["Established in {YEAR}"])
    replacement: str | None = Field(
        default=None, description="The words to put in their place; null for a note.", examples=["Established in 1960"]
    )
    explanation: Text = Field(
        description="What is wrong, and why.", examples=["A template variable was never filled …"]
    )


class Cited(ContentModel):
    """A source of a correction, and the place in it."""

    slug: Slug = Field(description="Slug of the source.", examples=["treaty-1960"])
    pinpoint: Text | None = Field(
        default=None, description="The place in the source; null for all of it.", examples=["date of signature"]
    )


class Correction(CorrectionFields, ContentModel):
    """An entry of corrections.yaml."""

    also_quotes: tuple[str, ...] = Field(
        default=(), description="Further quotes, from any section, that the same note is about.", examples=[[]]
    )
    sources: tuple[Cited, ...] = Field(
        min_length=1, description="The sources that support it.", examples=[[{"slug": "treaty-1960"}]]
    )
    formerly: Formerly = ()


class Place(ContentModel):
    """The place of a quote in a passage, in both editions.

    Offsets are in Unicode code points; the end is exclusive.

    `section` and `passage` are positions from 0; `prefix` and `suffix` are the words around it in the original.
    """

    section: int
    passage: int
    original: tuple[int, int]
    corrected: tuple[int, int]
    prefix: str
    suffix: str


class LocatedCorrection(Correction):
    """A correction with the places of its `quote` and of each of `also_quotes`."""

    places: tuple[Place, ...] = Field(default=(), exclude=True)
