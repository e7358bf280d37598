"""Link (RFC 8288): the one address of each thing and its other forms, and from `/` the description of the API."""

from collections.abc import Iterator
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.negotiation import forms_at
from app.urls import URLs, canonical_url

API_CATALOG = "/.well-known/api-catalog"
_OF_API = [
    (API_CATALOG, 'rel="api-catalog"'),
    ("/openapi.json", 'rel="service-desc"; type="application/json"'),
    ("/docs", 'rel="service-doc"; type="text/html"'),
]


class Links:
    """Adds `canonical` to every 200 and the other forms of content, to the links that the routes gave."""

    def __init__(self, app: ASGIApp, urls: URLs) -> None:
        self.app = app
        self.urls = urls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                given = [value for name, value in message["headers"] if name == b"link"]
                others = [field for field in message["headers"] if field[0] != b"link"]
                kind = dict(others).get(b"content-type", b"").partition(b";")[0].decode()
                links = [f"<{self.urls.at(target)}>; {more}".encode() for target, more in _links(scope, kind)]
                message = {**message, "headers": [*others, (b"link", b", ".join(given + links))]}
            await send(message)

        await self.app(scope, receive, send_with_links)


def _links(scope: Scope, kind: str) -> Iterator[tuple[str, str]]:
    """Where an answer of a media type leads, as paths with the attributes of the link."""
    path, forms = scope["path"], forms_at(scope["path"])
    asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    query = [parameter for parameter in asked if parameter[0] != "format"]
    yield canonical_url(path, query), 'rel="canonical"'
    for other, form in forms.items():
        if other != kind:
            yield canonical_url(path, [*query, ("format", form)]), f'rel="alternate"; type="{other}"'
    if path == "/":
        yield from _OF_API
    elif path == API_CATALOG:
        yield API_CATALOG, 'rel="api-catalog"'  # RFC 9727 section 2: also for HEAD
