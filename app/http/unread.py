"""Send the end of a response when its client has read the rest, and limit the memory of unread responses."""

from collections import Counter
from itertools import count

from starlette.types import Scope, Send

from app.http.messages import Headers, Response
from app.http.render_queue import CONNECTION, client_of
from app.limits import LAST_PART_BYTES, MAX_UNREAD_BYTES, MIN_UNREAD_BODIES

Body = bytes | memoryview


class UnreadResponses:
    """The responses that are being sent.

    A body that several clients get from the cache is in memory once, so it counts once. If all bodies together take too
    much memory, a connection is closed: of the client address with the most bytes, the one that has waited longest.
    """

    def __init__(self) -> None:
        self._size = 0  # bytes of all bodies
        self._numbers = count()
        self._sending: dict[int, tuple[Scope, Body]] = {}  # by number, so the oldest comes first
        self._clients: Counter[int] = Counter()  # how many clients get a body, by its id

    async def send(self, scope: Scope, response: Response, headers: Headers, send: Send) -> None:
        """Send a response with other headers, its end only when the client has read most of what comes before.

        What comes before is a view of the body, so it takes no memory of its own.
        """
        number = next(self._numbers)
        body = memoryview(response.body)
        self._add(number, scope, response.body)
        try:
            # Waits until the client has read the response before.
            await send({"type": "http.response.start", "status": response.status, "headers": headers})
            if len(body) > LAST_PART_BYTES:
                await send({"type": "http.response.body", "body": body[:-LAST_PART_BYTES], "more_body": True})
                await send({"type": "http.response.body", "more_body": True})  # waits before the end is copied
            await send({"type": "http.response.body", "body": bytes(body[-LAST_PART_BYTES:])})
        finally:
            self._remove(number)

    def _add(self, number: int, scope: Scope, body: Body) -> None:
        self._sending[number] = scope, body
        whole = _in_memory(body)
        self._clients[id(whole)] += 1
        if self._clients[id(whole)] == 1:
            self._size += len(whole)
        while self._size > MAX_UNREAD_BYTES and len(self._clients) > MIN_UNREAD_BODIES:
            self._close_one()

    def _remove(self, number: int) -> None:
        """Stop counting a response; do nothing if its connection was closed."""
        if number not in self._sending:
            return
        whole = _in_memory(self._sending.pop(number)[1])
        self._clients[id(whole)] -= 1
        if not self._clients[id(whole)]:
            del self._clients[id(whole)]
            self._size -= len(whole)

    def _close_one(self) -> None:
        sizes: Counter[str] = Counter()
        for scope, body in self._sending.values():
            sizes[client_of(scope)] += len(body)
        largest = max(sizes, key=sizes.__getitem__)
        number, scope = next((n, scope) for n, (scope, _) in self._sending.items() if client_of(scope) == largest)
        if connection := scope.get(CONNECTION):
            connection.transport.abort()
        self._remove(number)


def _in_memory(body: Body) -> bytes:
    """Return the bytes that a view keeps in memory."""
    return body.obj if isinstance(body, memoryview) else body  # type: ignore[return-value]  # views are of bytes
