"""Which form of the content a client gets: by Accept and its weights (RFC 9110 section 12.5.1)."""

from starlette.types import ASGIApp, Receive, Scope, Send
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from app.addresses import Addresses
from app.http.answers import ask
from app.http.fields import fields_of
from app.http.problems import NotAcceptable, problem_answer
from app.http.weights import remembered, spelt

# What content is offered as, the first where the client has no preference. Another form is added here.
OFFERED = ("application/json",)
_OFFERED_FIELDS = {kind.encode() for kind in OFFERED}


class Negotiation:
    """Answers 406 where the client accepts no form of the content, and says on each answer that Accept took part."""

    def __init__(self, app: ASGIApp, addresses: Addresses) -> None:
        self.app = app
        self.addresses = addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_content(scope["path"]):
            await self.app(scope, receive, send)
            return
        # Asked first: what is not there is a 404 in any form, and a form that `?format=` chose wins over Accept.
        answer = await ask(self.app, scope, receive)
        if answer.field(b"content-type") in _OFFERED_FIELDS:
            if not acceptable(fields_of(scope).get(b"accept")):
                detail = f"Nothing here is of a media type that you accept; there is {', '.join(OFFERED)}."
                answer = problem_answer(self.addresses, scope["path"], NotAcceptable(detail))
            answer = answer.with_member(b"vary", b"Accept")
        await answer.give(send)


@remembered
def acceptable(accept: bytes | None) -> tuple[str, ...]:
    """The offered media types that a client accepts, best first; empty where it accepts none."""
    # A parameter such as charset changes nothing about the forms there are.
    weights = MIMEAccept(
        [(kind.partition(";")[0], weight) for kind, weight in parse_accept_header(spelt(accept or b"*/*"), MIMEAccept)]
        or [("*/*", 1)]
    )
    accepted = [kind for kind in OFFERED if weights.quality(kind) > 0]
    return tuple(sorted(accepted, key=lambda kind: -weights.quality(kind)))


def is_content(path: str) -> bool:
    """Whether what is at this address is offered in several forms; a source document has its own form alone."""
    return (path == "/" or path.startswith("/v1/")) and not path.endswith("/source")
