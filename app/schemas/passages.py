"""Schemas of passages: the text, the corrections to it, and what it mentions."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from app.content.corrections import Severity, Status
from app.content.fields import PARTIAL_DATE
from app.schemas.examples import EXCERPT, EXCERPT_DIGEST, GUIDE_URL
from app.schemas.models import Page, PublicModel


class QuotedCorrection(PublicModel):
    """A correction to words that are quoted."""

    slug: str = Field(description="Slug of the correction.", examples=["exercises-unspecified"])
    status: Status = Field(description="`applied`, `suggested` or `note`.", examples=["note"])
    severity: Severity = Field(description="How much the author's words mislead.", examples=["minor"])


class PassageCorrection(QuotedCorrection):
    """A correction to a passage, and the span of its `text` that it is about.

    Offsets count Unicode code points: in JavaScript, use `Array.from(text).slice(start, end)`.
    """

    start: int = Field(description="Offset of the first character, from 0.", examples=[195])
    end: int = Field(description="Offset after the last character.", examples=[268])
    primary: bool = Field(
        description="True where the `quote` of the correction is; false for a place in `also`, to which `replacement`"
        " does not apply.",
        examples=[True],
    )


class Mention(PublicModel):
    """A place where a passage names a term or an instrument of the guide, with what a tooltip shows."""

    kind: Literal["term", "instrument"] = Field(description="`term` or `instrument`.", examples=["instrument"])
    slug: str = Field(description="Slug of the term or instrument.", examples=["treaty-1960"])
    title: str = Field(description="Its display name.", examples=["1960 treaty (US-Japan Security Treaty)"])
    abbreviation: str | None = Field(description="The abbreviation of a term, if it has one.", examples=[None])
    definition: str | None = Field(description="What a term means; null for an instrument.", examples=[None])
    date_signed: str | None = Field(
        description=f"When an instrument was signed or made: {PARTIAL_DATE}; null for a term.", examples=["1960-01-19"]
    )
    start: int = Field(description="Offset of the first character, from 0.", examples=[169])
    end: int = Field(description="Offset after the last character.", examples=[193])
    url: str = Field(description="URL of the term or instrument.", examples=["/v1/instruments/treaty-1960"])


class Passage(PublicModel):
    """The smallest citable unit: a paragraph or a list item."""

    id: str = Field(
        description="Id of the passage, `<section>.<n>`; n counts from 1 in reading order.",
        examples=["joint-training-exercises.1"],
    )
    kind: Literal["paragraph", "list_item"] = Field(
        description="`paragraph`, or `list_item`, whose text has no bullet.", examples=["paragraph"]
    )
    text: str = Field(
        description="Plain text of the passage. By default you get the corrected text.",
        examples=[EXCERPT],
    )
    digest: str = Field(
        description="SHA-256 digest of `text` in UTF-8: `sha256:` and 64 hex digits.",
        examples=[EXCERPT_DIGEST],
    )
    url: str = Field(description="URL of the passage.", examples=[f"{GUIDE_URL}/passages/joint-training-exercises.1"])
    corrections: list[PassageCorrection] = Field(
        description="The corrections to this passage, in the order of the text. Spans may overlap."
    )
    mentions: list[Mention] = Field(
        description="The terms and instruments that this passage names, in the order of the text. Spans do not overlap."
    )


class PassageInSection(Passage):
    """A passage with the heading of its section and the publication in which it last changed.

    Its web page needs them; as JSON it is a `Passage`.
    """

    section_title: str
    section_number: str | None
    revision: str
    published_at: datetime


class PassagePage(Page[Passage]):
    """A page of passages."""
