"""Parse `Accept` and `Accept-Encoding`, whose items have weights (RFC 9110 section 12.4.2)."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

MAX_CACHED_LENGTH = 256  # bytes; ordinary clients send less, and this bounds the cache's memory


def normalize_weights(header: bytes) -> str:
    """Return the header with `q=.2` written as `q=0.2`, which werkzeug requires."""
    return re.sub(r"(?<=[=])\.(?=\d)", "0.", header.decode("latin-1"))


def cache_short(parse: Callable[[bytes | None], T]) -> Callable[[bytes | None], T]:
    """Cache a parser's results for short headers; most clients send one of a few values."""
    cached = lru_cache(maxsize=1024)(parse)

    def parse_cached(header: bytes | None) -> T:
        return cached(header) if header is None or len(header) <= MAX_CACHED_LENGTH else parse(header)

    return parse_cached
