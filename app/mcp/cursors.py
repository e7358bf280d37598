"""Cursors of lists, which are the number of items that came before."""

from collections.abc import Sequence

from app.errors import InvalidInput

MAX_OFFSET = 1_000_000


def to_offset(cursor: str | None) -> int:
    """Return the number of items that came before; raise `InvalidInput` for text that is no cursor."""
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdecimal() and 0 < int(cursor) <= MAX_OFFSET):
        raise _invalid()
    return int(cursor)


def continuation(end: int, total: int) -> tuple[str, str] | tuple[None, None]:
    """Return the cursor of the next page and a notice of it, for a page that ends with item `end`, or None twice."""
    return (str(end), f"{end} of {total}; call again with this cursor for more.") if end < total else (None, None)


def check_page(offset: int, items: Sequence[object]) -> None:
    """Raise `InvalidInput` for a cursor after the end of a list, which no result gave."""
    if offset and not items:
        raise _invalid()


def _invalid() -> InvalidInput:
    return InvalidInput.of(("cursor", "Use the next_cursor of the previous result, or leave it out to start."))
