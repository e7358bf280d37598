"""Content codings (RFC 9110 section 8.4): zstd, br and gzip, as the client weighs them.

starlette-compress takes no account of the weights and sends `identity` to who refuses it; the libraries below it do the
work here.
"""

import gzip
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import zstandard
from starlette.types import ASGIApp, Receive, Scope, Send
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from app.http.answers import Answer, ask
from app.http.fields import fields_of
from app.http.problems import NotAcceptable, problem_answer
from app.http.weights import remembered, spelt
from app.urls import URLs

MINIMUM_SIZE = 500  # bytes; a shorter body fits into one packet as it is
IDENTITY = "identity"

# By preference where the client has none. The levels cost about a millisecond for 100 kB; an answer is coded once, then
# it comes from the cache.
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "zstd": lambda body: zstandard.ZstdCompressor(level=9).compress(body),
    "br": lambda body: bytes(brotli.compress(body, quality=5)),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),  # without a time: the same bytes each time
}


class Compression:
    """Codes a body as Accept-Encoding asks, under an ETag of its own: `"…-gzip"` for `"…"`."""

    def __init__(self, app: ASGIApp, urls: URLs) -> None:
        self.app = app
        self.urls = urls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = await ask(self.app, scope, receive)
        if answer.body and compressible(answer):
            codings = acceptable(fields_of(scope).get(b"accept-encoding"))
            if codings:
                answer = _coded(answer, codings)
            elif answer.status == 200:
                detail = f"No coding is left that may be used; there are {', '.join(CODINGS)} and {IDENTITY}."
                vary = answer.field(b"vary")
                answer = problem_answer(self.urls, scope["path"], NotAcceptable(detail))
                answer = answer.with_field(b"vary", vary) if vary else answer
            answer = answer.with_member(b"vary", b"Accept-Encoding")
        await answer.give(send)


def compressible(answer: Answer) -> bool:
    """Whether a body is worth coding: it is text of some kind, unless it is a picture."""
    return not (answer.field(b"content-type") or b"image/").startswith(b"image/")


@remembered
def acceptable(accept_encoding: bytes | None) -> tuple[str, ...]:
    """The codings that a client accepts, best first (RFC 9110 section 12.5.3); empty where it refuses even identity.

    What is worth as much to the client stands in the order of `CODINGS`. `identity` comes last unless it has a weight.
    """
    if accept_encoding is None:
        return (IDENTITY,)
    weights = parse_accept_header(spelt(accept_encoding), Accept)
    known = [coding for coding in CODINGS if weights.quality(coding) > 0]
    refused = IDENTITY in _names(weights) or "*" in _names(weights)
    if not refused or weights.quality(IDENTITY) > 0:
        known.append(IDENTITY)
    return tuple(sorted(known, key=lambda coding: -weights.quality(coding)))


def _names(weights: Accept) -> set[str]:
    return {name.lower() for name, _ in weights}


def _coded(answer: Answer, codings: tuple[str, ...]) -> Answer:
    small = len(answer.body) < MINIMUM_SIZE
    coding = IDENTITY if small and IDENTITY in codings else codings[0]
    if coding == IDENTITY:
        return answer
    coded = answer.with_body(CODINGS[coding](answer.body)).with_field(b"content-encoding", coding.encode())
    etag = answer.field(b"etag")
    return coded.with_field(b"etag", etag[:-1] + f'-{coding}"'.encode()) if etag else coded
