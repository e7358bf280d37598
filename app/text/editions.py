"""The two editions of a passage: the original text, and that with applied corrections."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Edition = Literal["corrected", "original"]


@dataclass(frozen=True, order=True)
class Change:
    """A replacement for a span of the original; offsets in code points, `end` exclusive."""

    start: int
    end: int
    replacement: str


def corrected_text(original: str, changes: Sequence[Change]) -> str:
    """Apply changes to a text; they must be in order and must not overlap."""
    parts, done = [], 0
    for change in changes:
        parts += [original[done : change.start], change.replacement]
        done = change.end
    return "".join([*parts, original[done:]])


def corrected_span(start: int, end: int, changes: Sequence[Change]) -> tuple[int, int]:
    """Map a span of the original to the corrected text, including all of each change it touches."""
    return _map_offset(start, changes, to_end=False), _map_offset(end, changes, to_end=True)


def _map_offset(offset: int, changes: Sequence[Change], *, to_end: bool) -> int:
    growth = 0
    for change in changes:
        if offset >= change.end:
            growth += len(change.replacement) - (change.end - change.start)
        elif offset > change.start:
            return change.start + growth + (len(change.replacement) if to_end else 0)
        else:
            break
    return offset + growth
