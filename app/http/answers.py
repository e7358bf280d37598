"""A whole answer in hand: for the pieces that must see all of a body before its first byte is sent."""

from dataclasses import dataclass, replace
from typing import Self

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.fields import Fields


@dataclass(frozen=True)
class Answer:
    """A status, header fields and a body; `fault` is what the application raised after it had answered."""

    status: int
    fields: Fields
    body: bytes
    fault: Exception | None = None

    def field(self, name: bytes) -> bytes | None:
        """The value of a header field, or None where it is not there."""
        return next((value for given, value in self.fields if given == name), None)

    def with_field(self, name: bytes, value: bytes) -> Self:
        """The same answer with this value in place of any other of that field."""
        others = [field for field in self.fields if field[0] != name]
        return replace(self, fields=[*others, (name, value)])

    def with_member(self, name: bytes, member: bytes) -> Self:
        """The same answer with one more member of a field that is a list, such as Vary or Link."""
        given = self.field(name)
        return self.with_field(name, given + b", " + member if given else member)

    def with_body(self, body: bytes) -> Self:
        """The same answer with another body, and the length of it."""
        return replace(self, body=body).with_field(b"content-length", str(len(body)).encode())

    async def give(self, send: Send) -> None:
        """Send the answer, then raise the fault that came with it, for whoever logs it."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.fields})
        await send({"type": "http.response.body", "body": self.body})
        if self.fault:
            raise self.fault


async def ask(app: ASGIApp, scope: Scope, receive: Receive) -> Answer:
    """What an application answers to a GET, whole."""
    start: Message = {}
    parts: list[bytes] = []
    complete = False

    async def collect(message: Message) -> None:
        nonlocal start, complete
        if message["type"] == "http.response.start":
            start = message
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))
            complete = not message.get("more_body", False)

    fault = None
    try:
        await app(scope, receive, collect)
    except Exception as error:
        if not complete:
            raise
        fault = error
    return Answer(start["status"], list(start["headers"]), b"".join(parts), fault)
