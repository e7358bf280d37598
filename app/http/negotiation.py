"""Which form of the content a client gets: as `format` says, or by the weights of Accept (RFC 9110, 12.5.1)."""

import re
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Receive, Scope, Send
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from app.http.answers import ask
from app.http.fields import fields_of
from app.http.problems import NotAcceptable, problem_answer
from app.http.weights import remembered, spelt
from app.urls import URLs

Forms = dict[str, str]  # media types, the usual one first, each with the value of `format` that asks for it

_OF_CONTENT: Forms = {"application/json": "json"}
_OF_ADDRESSES: dict[str, Forms] = {  # that offer other forms; a pattern matches a whole path
    r"/v1/guides/[^/]+/corrections(/[^/]+)?": {"application/json": "json", "application/ld+json": "jsonld"},
    r"/v1/guides/[^/]+/(sections|passages)/[^/]+/citation": {
        "application/vnd.citationstyles.csl+json": "csl-json",
        "application/x-bibtex": "bibtex",
        "application/x-research-info-systems": "ris",
        "text/plain": "text",
    },
    r"/v1/guides/[^/]+/source": {"text/plain": "txt"},
}
# Of two that a client likes as much it gets the one that stands here first.
_KINDS = dict.fromkeys(kind for forms in (_OF_CONTENT, *_OF_ADDRESSES.values()) for kind in forms)


class Negotiation:
    """Chooses the form that a client likes best, answers 406 where it accepts none, and says that Accept took part."""

    def __init__(self, app: ASGIApp, urls: URLs) -> None:
        self.app = app
        self.urls = urls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        forms = forms_at(scope["path"]) if scope["type"] == "http" else {}
        if not forms or "format" in parse_qs(scope["query_string"].decode("latin-1")):
            await self.app(scope, receive, send)
            return
        accepted = [kind for kind in acceptable(fields_of(scope).get(b"accept")) if kind in forms]
        usual, *_ = forms
        if accepted and accepted[0] != usual:
            query = b"&".join(filter(None, [scope["query_string"], f"format={forms[accepted[0]]}".encode()]))
            scope = {**scope, "query_string": query}
        # Asked in any case: what is not there is a 404 in any form.
        answer = await ask(self.app, scope, receive)
        if answer.status == 200:
            if not accepted:
                detail = f"Nothing here is of a media type that you accept; there is {', '.join(forms)}."
                answer = problem_answer(self.urls, scope["path"], NotAcceptable(detail))
            answer = answer.with_member(b"vary", b"Accept")
        await answer.give(send)


def forms_at(path: str) -> Forms:
    """The forms of what is at an address; empty where it is no content. Another form is added here."""
    if path != "/" and not path.startswith("/v1/"):
        return {}
    return next((forms for address, forms in _OF_ADDRESSES.items() if re.fullmatch(address, path)), _OF_CONTENT)


@remembered
def acceptable(accept: bytes | None) -> tuple[str, ...]:
    """The media types of content that a client accepts, best first; empty where it accepts none."""
    # A parameter such as charset changes nothing about the forms there are.
    weights = MIMEAccept(
        [(kind.partition(";")[0], weight) for kind, weight in parse_accept_header(spelt(accept or b"*/*"), MIMEAccept)]
        or [("*/*", 1)]
    )
    accepted = [kind for kind in _KINDS if weights.quality(kind) > 0]
    return tuple(sorted(accepted, key=lambda kind: -weights.quality(kind)))
