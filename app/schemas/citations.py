"""References as CSL-JSON."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic.json_schema import SkipJsonSchema

from app.content.sources import SourceType
from app.schemas.examples import REVISION
from app.schemas.models import remove_defaults

_Missing = SkipJsonSchema[None]


class _CSLModel(BaseModel):
    """A part of CSL-JSON. A field without a value is missing, as CSL's schema requires."""

    model_config = ConfigDict(frozen=True, json_schema_extra=remove_defaults)


class CSLName(_CSLModel):
    """A person with `family` and `given` name, or a body with its `literal` name."""

    family: str | _Missing = Field(default=None, description="A person's family name.", examples=["Kapur"])
    given: str | _Missing = Field(default=None, description="A person's given names.", examples=["Nick"])
    literal: str | _Missing = Field(default=None, description="A body's name.", examples=["Supreme Court of Japan"])


class CSLDate(_CSLModel):
    """A date, as precise as it is known."""

    date_parts: list[list[int]] = Field(
        serialization_alias="date-parts",
        description="A list with one date: the year, and the month and day if known.",
        examples=[[[2026, 11, 22]]],
    )


class CSLItem(_CSLModel):
    """A reference as an item of the CSL 1.0.2 data schema.

    A field without a value is missing, not null.
    """

    id: str = Field(
        description="The key of the reference, in ASCII.", examples=[f"joint-training-exercises.1-{REVISION}"]
    )
    type: Annotated[SourceType, WithJsonSchema({"type": "string"})] = Field(
        description="The type of the work, from the CSL vocabulary: `webpage` for a guide, `chapter` for a section or"
        " passage, `treaty`, `legislation` or `document` for an instrument, the `type` of a source.",
        examples=["chapter"],
    )
    title: str = Field(
        description="Title of the guide, section, source or instrument; for a passage that of its section.",
        examples=["Joint Training Exercises"],
    )
    author: list[CSLName] | _Missing = Field(
        default=None,
        description="Authors of a source; parties of an instrument.",
        examples=[[{"family": "Kapur", "given": "Nick"}, {"literal": "Supreme Court of Japan"}]],
    )
    container_title: str | _Missing = Field(
        default=None,
        serialization_alias="container-title",
        description="Title of the guide; of the newspaper, journal or site in which a source appeared.",
        examples=["The Definitive Guide to the US-Japan Security Treaty"],
    )
    publisher: str | _Missing = Field(
        default=None, description="Publisher of a source.", examples=["Ministry of Foreign Affairs of Japan"]
    )
    number: str | _Missing = Field(default=None, description="Number of a report.", examples=["RL33740"])
    edition: str | _Missing = Field(
        default=None, description="`original` if that edition of the guide is cited.", examples=["original"]
    )
    version: str | _Missing = Field(
        default=None,
        description="The revision of the guide, section or passage: that in which it last changed.",
        examples=[REVISION],
    )
    locator: str | _Missing = Field(
        default=None, description="The place of a section or passage in the guide.", examples=["sec. 4.1, para. 1"]
    )
    issued: CSLDate | _Missing = Field(
        default=None,
        description="The day on which the revision was published; the date of a source or instrument.",
        examples=[{"date-parts": [[2026, 11, 22]]}],
    )
    note: str | _Missing = Field(
        default=None,
        description="What reference managers would otherwise lose: the place and the revision; for a source or"
        " instrument also its identifiers, how long it is in force, and its address in this service.",
        examples=[f"sec. 4.1, para. 1; revision {REVISION}"],
    )
    URL: str | _Missing = Field(
        default=None,
        description="Absolute URL: of the guide, section or passage, pinned to the revision; of the source or"
        " instrument on the web.",
        examples=[
            "http://127.0.0.1:8000/v1/guides/us-japan-security-treaty/passages/joint-training-exercises.1"
            f"?revision={REVISION}"
        ],
    )
    language: str = Field(description="The language of the title, as a BCP 47 tag.", examples=["en"])
