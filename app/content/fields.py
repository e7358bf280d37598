"""Types of the fields in seed files, and the base class of their models.

The constraints apply to seed files. Responses are documented as plain strings, by `WithJsonSchema`.
"""

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MAX_SLUG_LENGTH = 100  # characters
DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
PARTIAL_DATE_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
PARTIAL_DATE = "an RFC 3339 date, or as precise as it is known, such as `1986`"  # in descriptions of fields

_STRING = WithJsonSchema({"type": "string"})

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=MAX_SLUG_LENGTH), _STRING]
WebURL = Annotated[str, StringConstraints(pattern=r"^https?://\S+$"), _STRING]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), _STRING]

Confidence = Annotated[
    Literal["checked", "partly_checked", "unchecked"],
    Field(
        description="How far it was compared with its sources: `checked` in every detail, `partly_checked`, or"
        " `unchecked`.",
        examples=["checked"],
    ),
]


class ContentModel(BaseModel):
    """A part of a guide: it cannot be changed, and unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Unquoted:
    """A value as written that YAML reads as a number or a date, because it is not in quotation marks."""

    text: str


def _date_text(value: Any) -> Any:
    """Accept a date or year without quotation marks, such as 1960-01-19 or 1986."""
    return value.text if isinstance(value, Unquoted) else value


def check_date(text: str) -> str:
    """Return the text, or raise a `ValueError` unless it is a date that exists."""
    _check_date(text, text if re.fullmatch(DATE_PATTERN, text) else "", "such as 1960-01-19")
    return text


def check_partial_date(text: str) -> str:
    """Return the text, or raise a `ValueError` unless it is a date, month or year that exists."""
    first = earliest_date(text) if re.fullmatch(PARTIAL_DATE_PATTERN, text) else ""
    _check_date(text, first, "such as 1960-01-19, or 1960-01 or 1960 if only that is known")
    return text


def _check_date(text: str, day: str, examples: str) -> None:
    """Raise a `ValueError` about a text unless it means a day that exists."""
    if not day:
        raise ValueError(f"Write a date that exists, {examples}")
    year, month, number = map(int, day.split("-"))
    if not year:
        reason = "there is no year 0"
    elif not 1 <= month <= 12:
        reason = f"there is no month {month}"
    elif not 1 <= number <= monthrange(year, month)[1]:
        reason = f"{month_name[month]} {year} has {monthrange(year, month)[1]} days"
    else:
        return
    raise ValueError(f"“{text}” is not a date, because {reason}; write a date that exists, {examples}")


def check_language(tag: str) -> str:
    """Return the tag, or raise a `ValueError` unless it is valid: well-formed, with subtags of IANA's registry."""
    from langcodes import tag_is_valid  # 0.1 s, and only needed for checking seed files

    if "_" in tag or not tag_is_valid(tag):
        hyphenated = tag.replace("_", "-")
        advice = f"write {hyphenated}" if tag_is_valid(hyphenated) else "write a BCP 47 tag, such as en, ja or pt-BR"
        raise ValueError(f"“{tag}” is not a language; {advice}")
    return tag


LanguageTag = Annotated[Text, AfterValidator(check_language)]
Date = Annotated[str, BeforeValidator(_date_text), AfterValidator(check_date)]
PartialDate = Annotated[str, BeforeValidator(_date_text), AfterValidator(check_partial_date)]

AsOf = Annotated[
    Date | None,
    Field(description="The date on which it was true: an RFC 3339 date; null if none is given.", examples=[None]),
]
ReviewBy = Annotated[
    Date | None,
    Field(description="The last date before editors review it: an RFC 3339 date; null for none.", examples=[None]),
]


Formerly = Annotated[
    tuple[Slug, ...],
    Field(description="Slugs that it had before; their addresses lead to the new one.", examples=[["old-slug"]]),
]


class Sourced(ContentModel):
    """The keys of a statement that sources support."""

    sources: tuple[Slug, ...] = Field(
        min_length=1, description="Slugs of the sources that support it.", examples=[["treaty-1960"]]
    )
    confidence: Confidence


class Fact(Sourced):
    """The keys that instruments, articles, events and terms share."""

    slug: Slug
    sections: tuple[Slug, ...] = Field(
        default=(), description="Slugs of the sections that it concerns.", examples=[["history"]]
    )
    as_of: AsOf = None
    review_by: ReviewBy = None
    formerly: Formerly = ()


def earliest_date(partial: str) -> str:
    """Return the first date that a partial date may mean."""
    return partial + "0000-01-01"[len(partial) :]


def latest_date(partial: str) -> str:
    """Return the last date that a partial date may mean."""
    match len(partial):
        case 4:
            return f"{partial}-12-31"
        case 7:
            return f"{partial}-{monthrange(int(partial[:4]), int(partial[5:]))[1]}"
        case _:
            return partial
