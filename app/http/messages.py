"""An HTTP request, and a response with its whole body in memory."""

import asyncio
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self
from urllib.parse import parse_qsl, quote

from starlette.types import ASGIApp, Message, Receive, Scope

from app.http.policies import DEFAULT_POLICY, ResponsePolicy
from app.urls import URLs

Headers = list[tuple[bytes, bytes]]  # names in lower case


class Request:
    """A request as the pipeline sees it; `path` and `query_string` are not decoded.

    No address contains a percent-encoded character. So the routes, too, see the path as it was sent, and a resource has
    no second URL.
    """

    def __init__(self, scope: Scope, urls: URLs) -> None:
        self.scope = scope
        self.urls = urls
        self.method: str = scope["method"]
        self.raw_path: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
        self.path = self.raw_path.decode("latin-1")
        if b"%" in self.raw_path:
            self.scope = {**scope, "path": self.path}
        self.query_string: bytes = scope["query_string"]
        self.headers = merge_headers(scope["headers"])
        self.error: Exception | None = None  # raised by the application after its response
        self.is_rendered = False  # the response was not in the cache

    @property
    def policy(self) -> ResponsePolicy:
        """Return the policy of the matched route, or the default if there is none."""
        return getattr(self.scope.get("endpoint"), "response_policy", DEFAULT_POLICY)

    @property
    def route(self) -> str:
        """Return the template of the matched route, such as `/v1/guides/{guide}`, or an empty string."""
        return getattr(self.scope.get("route"), "path", "")

    @cached_property
    def query(self) -> list[tuple[str, str]]:
        """Return the query parameters in order, blank values included."""
        return parse_qsl(self.query_string.decode("latin-1"), keep_blank_values=True)

    def has_parameter(self, name: str) -> bool:
        """Return whether the query has a parameter with a value."""
        return any(key == name and value for key, value in self.query)


@dataclass(slots=True)  # not frozen, which would take three times as long to create
class Response:
    """A status, headers and a body; the steps of the pipeline return copies."""

    status: int
    headers: Headers
    body: bytes | memoryview = b""  # a view if it is a part of a file
    route: str = ""  # template of the route that rendered it, for metrics and logs

    def header(self, name: bytes) -> bytes | None:
        """Return the value of a header, or None."""
        for other, value in self.headers:
            if other == name:
                return value
        return None

    def with_header(self, name: bytes, value: bytes) -> Self:
        """Return a copy in which the header has this value."""
        return self.with_headers([*[header for header in self.headers if header[0] != name], (name, value)])

    def with_headers(self, headers: Headers) -> Self:
        """Return a copy with these headers instead."""
        return type(self)(self.status, headers, self.body, self.route)

    def with_list_item(self, name: bytes, item: bytes) -> Self:
        """Return a copy with an item added to a header that is a list, such as `Vary`."""
        value = self.header(name)
        return self.with_header(name, value + b", " + item if value else item)

    def with_body(self, body: bytes | memoryview) -> Self:
        """Return a copy with another body and its `Content-Length`."""
        return replace(self, body=body).with_header(b"content-length", b"%d" % len(body))


def merge_headers(lines: Headers) -> dict[bytes, bytes]:
    """Return header values by name, repeated ones joined with commas (RFC 9110 section 5.3)."""
    headers = dict(lines)
    if len(headers) < len(lines):
        values: dict[bytes, list[bytes]] = {}
        for name, value in lines:
            values.setdefault(name, []).append(value)
        headers = {name: b", ".join(parts) for name, parts in values.items()}
    return headers


async def read_body(receive: Receive, limit: int) -> bytes | None:
    """Return the body of a request, or its beginning if it has more than `limit` bytes; None if the client has left."""
    body, is_complete = bytearray(), False
    while not is_complete and len(body) <= limit:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        is_complete = not message.get("more_body")
    return bytes(body)


def receiving(body: bytes) -> Receive:
    """Return a `receive` for a request whose body has been read; its client never leaves."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else await asyncio.Event().wait()  # type: ignore[return-value]  # never ends

    return receive


async def call(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[Response, Exception | None]:
    """Return the application's response, and any exception raised after it was complete.

    An exception before that is raised here.
    """
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    error = None
    try:
        await app(scope, receive, send)
    except Exception as raised:
        is_complete = len(messages) > 1 and not messages[-1].get("more_body")
        if not is_complete:
            raise
        error = raised
    start, *parts = messages
    body = b"".join(part.get("body", b"") for part in parts)
    return Response(start["status"], list(start["headers"]), body), error
