"""Cut a long text into pages, between passages wherever possible."""

import hashlib
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import NamedTuple

from app.errors import InvalidInput
from app.mcp.documents import Chapter

SEPARATOR = "\n\n"
_DIGEST_LENGTH = 8  # hex digits in a cursor, to notice that the text has changed


class TextPage(NamedTuple):
    """A page of a text, and the cursor of the next one, or None."""

    text: str
    next_cursor: str | None


def cut_page(read: Callable[[str], Chapter], cursor: str | None, fits: Callable[[TextPage], bool]) -> TextPage:
    """Return as many parts of a chapter as fit, from the cursor on; a part that is too long alone is cut at a space.

    A cursor is the name of a chapter, and inside one also an offset and a digest of the text. Raises `InvalidInput` for
    a cursor that no page of this text gave.
    """
    name, _, place = (cursor or "").partition(".")
    chapter = read(name)
    text = SEPARATOR.join(chapter.parts)
    digest = hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]
    start = _offset(text, digest, place) if place else 0

    def page(end: int) -> TextPage:
        return TextPage(text[start:end].strip(), chapter.next if end >= len(text) else f"{name}.{end}-{digest}")

    def is_too_long(end: int) -> bool:
        return not fits(page(end))

    lengths = accumulate(len(part) + len(SEPARATOR) for part in chapter.parts)
    ends = [end for end in lengths if start < end < len(text)] + [len(text)]
    if found := bisect_right(ends, False, key=is_too_long):
        return page(ends[found - 1])
    within = range(start + 1, ends[0])
    end = within[bisect_right(within, False, key=is_too_long) - 1]
    space = text.rfind(" ", start + 1, end)
    return page(space + 1 if space > 0 else end)


def _offset(text: str, digest: str, place: str) -> int:
    offset, _, of_digest = place.partition("-")
    if of_digest != digest or not offset.isdecimal() or not 0 < int(offset) < len(text):
        message = "This is not a next_cursor of this text, or the text has changed; fetch it again without a cursor."
        raise InvalidInput.of(("cursor", message))
    return int(offset)
