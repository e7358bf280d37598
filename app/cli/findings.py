"""What `treaty-guide doctor` reports."""

from typing import Literal, NamedTuple


class Finding(NamedTuple):
    """The result of a check: a sentence, and for a problem or a warning how to fix it."""

    level: Literal["ok", "warning", "problem"]
    subject: str
    text: str


def number(count: int, noun: str, plural: str = "") -> str:
    """Return a count with its noun."""
    return f"{count} {noun if count == 1 else plural or f'{noun}s'}"
