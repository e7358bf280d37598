"""Send a part of a file for `Range` and `If-Range` (RFC 9110 section 14)."""

import re

from app.http.messages import Request, Response
from app.http.problem_types import ProblemType
from app.http.problems import HTTPProblem

# A route sets this header to send a file: whole or in ranges of its bytes, which no content encoding changes.
ACCEPT_RANGES = "Accept-Ranges"

_range = re.compile(rb"bytes=(?=.*\d)(\d{0,18})-(\d{0,18})", re.IGNORECASE)


def is_file(response: Response) -> bool:
    """Return whether clients may request ranges of a response."""
    return response.header(ACCEPT_RANGES.lower().encode()) == b"bytes"


def select_range(request: Request, response: Response) -> Response:
    """Return the part of a file that the client requests with `Range`, as a 206.

    Return the whole file for several ranges, which a server may ignore, for an invalid range, and if `If-Range` is the
    ETag of another file. Raises `HTTPProblem` (416) for a range after the end.
    """
    match = _range.fullmatch(request.headers.get(b"range", b""))
    if response.status != 200 or not match or not is_file(response):
        return response
    etag = response.header(b"etag")
    if request.headers.get(b"if-range", etag) != etag:
        return response
    first, last = match.groups()
    size = len(response.body)
    if first:
        start, end = int(first), min(size, int(last) + 1) if last else size
    else:
        start, end = max(0, size - int(last)), size
    if first and last and int(first) > int(last):
        return response
    if start >= end:
        detail = f"The file has {size} bytes, and none of them is in this range."
        headers = ((b"content-range", b"bytes */%d" % size),)
        raise HTTPProblem(ProblemType.RANGE_NOT_SATISFIABLE, detail, headers=headers)
    part = response.with_body(memoryview(response.body)[start:end])  # a copy for each client could fill the memory
    part = part.with_header(b"content-range", b"bytes %d-%d/%d" % (start, end - 1, size))
    return Response(206, part.headers, part.body)
