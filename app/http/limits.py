"""How much a request may be: refused before any work is done on it."""

from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import NotFound
from app.http.problems import HTTPProblem, URITooLong, problem_answer
from app.urls import URLs

GREATEST_ADDRESS = 8_192  # bytes of path and query
REFUSAL = "treaty_guide.refusal"  # where the scope holds the problem of a request that `app.server.protocol` refuses


class Limits:
    """Answers an address that is too long, and what the protocol found wrong with a request, with a problem."""

    def __init__(self, app: ASGIApp, urls: URLs) -> None:
        self.app = app
        self.urls = urls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if problem := _refusal(scope):
            await problem_answer(self.urls, scope["path"], problem).give(send)
        else:
            await self.app(scope, receive, send)


def _refusal(scope: Scope) -> HTTPProblem | NotFound | None:
    refusal: HTTPProblem | None = scope.get(REFUSAL)
    if not refusal and scope["type"] == "http":
        length = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
        if length > GREATEST_ADDRESS:
            return URITooLong(f"The address is longer than {GREATEST_ADDRESS} bytes.")
        if b"%" in (scope.get("raw_path") or b""):
            # The server decodes it, and one thing would answer at two addresses.
            return NotFound("No name here has a character that is written with `%`; write the others as they are.")
    return refusal
