"""Content encodings (RFC 9110 section 8.4): zstd, br and gzip, by the client's weights.

starlette-compress ignores the weights and sends `identity` to clients that refuse it.
"""

import gzip
from collections.abc import Callable
from functools import lru_cache

import brotli  # type: ignore[import-untyped]
from werkzeug.datastructures import Accept

from app import zstd
from app.http.accept import CACHED_HEADERS, parse_weights, rank
from app.http.messages import Request, Response
from app.http.problem_types import ProblemType
from app.http.problems import HTTPProblem, problem_response
from app.http.ranges import is_file

MIN_ENCODED_BYTES = 500  # a shorter body fits into one packet as it is
IDENTITY = "identity"
MIN_WEIGHT = 0.001

# Our order of preference. The levels take about a millisecond for 100 kB; encoded responses are cached.
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "zstd": lambda body: zstd.compress(body, level=9),
    "br": lambda body: bytes(brotli.compress(body, quality=5)),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),  # no time stamp, so the bytes are reproducible
}


def encode(request: Request, response: Response) -> Response:
    """Encode the body by `Accept-Encoding`; append the encoding to its ETag, as in `"…-gzip"`.

    Images and files are sent as they are: most are compressed already, and ranges are those of the file.
    """
    if not response.body or is_file(response) or (response.header(b"content-type") or b"image/").startswith(b"image/"):
        return response
    encodings = accepted_encodings(request.headers.get(b"accept-encoding"))
    if encodings:
        response = _encode(response, encodings)
    elif response.status == 200:
        detail = f"You accept no content encoding that is available. Available: {', '.join(ENCODERS)}, {IDENTITY}."
        problem = problem_response(request, HTTPProblem(ProblemType.NOT_ACCEPTABLE, detail))
        vary = response.header(b"vary")
        response = problem.with_header(b"vary", vary) if vary else problem
    return response.with_list_item(b"vary", b"Accept-Encoding")


@lru_cache(CACHED_HEADERS)
def accepted_encodings(accept_encoding: bytes | None) -> tuple[str, ...]:
    """Return the encodings that a client accepts, best first (RFC 9110 section 12.5.3).

    The result is empty if the client refuses even `identity`, which comes last unless it has a weight.
    """
    accept = parse_weights(accept_encoding or b"", Accept)
    if not {name.lower() for name, _ in accept} & {IDENTITY, "*"}:
        accept = Accept([*accept, (IDENTITY, MIN_WEIGHT)])
    return rank([*ENCODERS, IDENTITY], accept)


def _encode(response: Response, encodings: tuple[str, ...]) -> Response:
    is_short = len(response.body) < MIN_ENCODED_BYTES
    encoding = IDENTITY if is_short and IDENTITY in encodings else encodings[0]
    if encoding == IDENTITY:
        return response
    encoded = response.with_body(ENCODERS[encoding](bytes(response.body)))
    encoded = encoded.with_header(b"content-encoding", encoding.encode())
    etag = response.header(b"etag")
    return encoded.with_header(b"etag", etag[:-1] + f'-{encoding}"'.encode()) if etag else encoded
