"""What the fields of a request that carry weights say (RFC 9110 section 12.4.2), read once where they are usual."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

LONGEST_REMEMBERED = 256  # bytes; no usual client sends more, and what is remembered must not fill the memory


def spelt(field: bytes) -> str:
    """The field with its weights in full: some clients write `q=.2`, which werkzeug takes for nothing."""
    return re.sub(r"(?<=[=])\.(?=\d)", "0.", field.decode("latin-1"))


def remembered(read: Callable[[bytes | None], T]) -> Callable[[bytes | None], T]:
    """The function, with its answers for short fields remembered: most clients send one of a few."""
    cached = lru_cache(maxsize=1024)(read)

    def read_once(field: bytes | None) -> T:
        return cached(field) if field is None or len(field) <= LONGEST_REMEMBERED else read(field)

    return read_once
