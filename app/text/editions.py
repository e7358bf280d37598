"""Two readings of a passage: as the author wrote it, and with the corrections that are applied."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Edition = Literal["corrected", "original"]


@dataclass(frozen=True, order=True)
class Change:
    """That `start` to `end` of the original becomes `replacement`; offsets in code points, end exclusive."""

    start: int
    end: int
    replacement: str


def corrected_text(original: str, changes: Sequence[Change]) -> str:
    """The text with all changes made; they are in order and do not overlap."""
    parts, done = [], 0
    for change in changes:
        parts += [original[done : change.start], change.replacement]
        done = change.end
    return "".join([*parts, original[done:]])


def corrected_span(start: int, end: int, changes: Sequence[Change]) -> tuple[int, int]:
    """Where a span of the original stands in the corrected text; one that cuts into a change takes all of it in."""
    return _moved(start, changes, to_end=False), _moved(end, changes, to_end=True)


def _moved(offset: int, changes: Sequence[Change], *, to_end: bool) -> int:
    growth = 0
    for change in changes:
        if offset >= change.end:
            growth += len(change.replacement) - (change.end - change.start)
        elif offset > change.start:
            return change.start + growth + (len(change.replacement) if to_end else 0)
        else:
            break
    return offset + growth
