"""Cursors of lists: the number of items that came before."""

from app.errors import InvalidInput

MAX_OFFSET = 1_000_000


def to_cursor(offset: int) -> str:
    """Return the cursor of the page that begins with this item, counted from 0."""
    return str(offset)


def to_offset(cursor: str | None) -> int:
    """Return the number of the first item; raise `InvalidInput` for a cursor that no result gave."""
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdecimal() and 0 < int(cursor) <= MAX_OFFSET):
        raise InvalidInput.of(("cursor", "Use the next_cursor of the previous result, or leave it out to start."))
    return int(cursor)
