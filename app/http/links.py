"""Link (RFC 8288): the one address of each thing, and from `/` the way to the description of the API."""

from urllib.parse import parse_qsl, quote, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.addresses import Addresses
from app.http.negotiation import is_content

API_CATALOG = "/.well-known/api-catalog"
_OF_THE_FORM = {"format"}  # parameters that choose a form of the same thing
_USUAL = {("edition", "corrected")}  # what is meant anyway


class Links:
    """Adds `canonical` to every 200 of content, to the links that the routes gave; to `/` those of the API itself."""

    def __init__(self, app: ASGIApp, addresses: Addresses) -> None:
        self.app = app
        self.addresses = addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not (is_content(scope["path"]) or scope["path"] == API_CATALOG):
            await self.app(scope, receive, send)
            return

        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                given = [value for name, value in message["headers"] if name == b"link"]
                others = [field for field in message["headers"] if field[0] != b"link"]
                links = b", ".join([*given, *self._links(scope)])
                message = {**message, "headers": [*others, (b"link", links)]}
            await send(message)

        await self.app(scope, receive, send_with_links)

    def _links(self, scope: Scope) -> list[bytes]:
        path = scope["path"]
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        query = urlencode(
            sorted((name, value) for name, value in asked if name not in _OF_THE_FORM and (name, value) not in _USUAL)
        )
        links = [(quote(path) + (f"?{query}" if query else ""), 'rel="canonical"')]
        if path == "/":
            links += [
                (API_CATALOG, 'rel="api-catalog"'),
                ("/openapi.json", 'rel="service-desc"; type="application/json"'),
                ("/docs", 'rel="service-doc"; type="text/html"'),
            ]
        elif path == API_CATALOG:
            links = [(API_CATALOG, 'rel="api-catalog"')]  # RFC 9727 section 2: also for HEAD
        return [f"<{self.addresses.at(target)}>; {attributes}".encode() for target, attributes in links]
