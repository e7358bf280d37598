"""Parse headers whose items have weights (RFC 9110 section 12.4.2)."""

import re
from collections.abc import Iterable
from typing import TypeVar

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

AnyAccept = TypeVar("AnyAccept", bound=Accept)

CACHED_HEADERS = 1024  # parsed values of each header; most clients send one of a few


def parse_weights(header: bytes, accept: type[AnyAccept]) -> AnyAccept:
    """Parse a header; a weight may be written as `q=.2`, which werkzeug does not accept."""
    return parse_accept_header(re.sub(r"=\.(?=\d)", "=0.", header.decode("latin-1")), accept)


def rank(names: Iterable[str], accept: Accept) -> tuple[str, ...]:
    """Return the acceptable names, best first; those with equal weights stay in order."""
    acceptable = [name for name in names if accept.quality(name) > 0]
    return tuple(sorted(acceptable, key=accept.quality, reverse=True))
