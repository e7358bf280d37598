"""What the parts of a seed file are made of: slugs, words, dates."""

import re
from calendar import monthrange
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SLUG_LENGTH = 100
DAY_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
PARTIAL_DATE_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=SLUG_LENGTH)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Content(BaseModel):
    """What all parts of a guide share: they do not change, and a key that nobody knows is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_written(value: Any) -> Any:
    """YAML reads an unquoted 1960-01-19 as a date and an unquoted 1986 as a number; both are dates as text here."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def day(text: str) -> str:
    """The text, if it is a day that exists."""
    try:
        return date.fromisoformat(text if re.match(DAY_PATTERN, text) else "").isoformat()
    except ValueError as error:
        raise ValueError("a day is written as 1960-01-19, and exists") from error


def partial_date(text: str) -> str:
    """The text, if it is a partial date: a day, a month or a year, each of which exists."""
    try:
        day(earliest(text) if re.match(PARTIAL_DATE_PATTERN, text) else text)
    except ValueError as error:
        raise ValueError("a date is written as 1960-01-19, or as 1960-01 or 1960 if no more is known") from error
    return text


Day = Annotated[str, BeforeValidator(_as_written), AfterValidator(day)]
PartialDate = Annotated[str, BeforeValidator(_as_written), AfterValidator(partial_date)]


def earliest(partial: str) -> str:
    """The first day that a partial date may mean."""
    return partial + "0000-01-01"[len(partial) :]


def latest(partial: str) -> str:
    """The last day that a partial date may mean."""
    match len(partial):
        case 4:
            return f"{partial}-12-31"
        case 7:
            return f"{partial}-{monthrange(int(partial[:4]), int(partial[5:]))[1]}"
        case _:
            return partial
