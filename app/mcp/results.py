"""Results of tools, which fit into what a language model can read."""

import json
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, Field

MAX_RESULT_LENGTH = 12_000  # characters of a result as JSON; clients refuse results of about 25,000 tokens
MAX_TEXT_LENGTH = 1_000  # characters of a title or an excerpt in a list

Item = TypeVar("Item")
Built = TypeVar("Built", bound=BaseModel)


class Result(BaseModel):
    """The last fields of every result."""

    next_cursor: str | None = Field(description="Pass this as `cursor` to continue; null if this is all.")
    notice: str | None = Field(description="How to continue, or what to know about this result; null if nothing.")


def to_json(content: Mapping[str, Any]) -> str:
    """Return the content of a result as the text that a language model reads."""
    return json.dumps(content, ensure_ascii=False)


def fits(result: BaseModel) -> bool:
    """Return whether a result is short enough."""
    return len(to_json(result.model_dump(mode="json"))) <= MAX_RESULT_LENGTH


def fill(items: Sequence[Item], build: Callable[[Sequence[Item]], Built]) -> Built:
    """Build a result with as many of the first items as fit, at least one if there is any.

    An item that is too long alone must be shortened before.
    """
    sizes = range(1, len(items) + 1)
    size = bisect_right(sizes, False, key=lambda size: not fits(build(items[:size])))
    return build(items[: max(1, size)])


def clip(text: str, length: int = MAX_TEXT_LENGTH) -> str:
    """Shorten a text at the end of a word; `…` marks the cut."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"
