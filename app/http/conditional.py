"""Handle HEAD, If-None-Match and Range."""

import re
from functools import lru_cache

from app.http.accept import CACHED_HEADERS
from app.http.messages import Request, Response
from app.http.ranges import select_range

# Headers that describe the body, omitted from a 304 (RFC 9110 section 15.4.5).
BODY_HEADERS = {b"content-type", b"content-length", b"content-encoding", b"content-language"}

_opaque_tag = re.compile(rb'"[\x21\x23-\x7e\x80-\xff]*"')


def respond_conditionally(request: Request, response: Response) -> Response:
    """Return a 304 if the client has this response, a part of a file for a range, and no body for HEAD.

    RFC 9110 sections 13.1.2 and 14.2 define the order: a range is for a GET that gets a 200 otherwise.
    """
    condition = request.headers.get(b"if-none-match")
    if condition and request.method in {"GET", "HEAD"}:
        etag = response.header(b"etag")
        if etag is not None and matches(condition, etag):
            return Response(304, [header for header in response.headers if header[0] not in BODY_HEADERS])
    if request.method == "HEAD":
        return Response(response.status, response.headers)
    return select_range(request, response) if request.method == "GET" and b"range" in request.headers else response


@lru_cache(CACHED_HEADERS)
def matches(if_none_match: bytes, etag: bytes) -> bool:
    """Return whether the list is `*` or has the tag, compared weakly (RFC 9110, 8.8.3.2)."""
    return if_none_match.strip() == b"*" or etag.removeprefix(b"W/") in _opaque_tag.findall(if_none_match)
