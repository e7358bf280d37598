"""Limit the memory of responses that clients do not read."""

from collections import Counter
from itertools import count

from starlette.types import Scope

from app.http.render_queue import CONNECTION, client_of
from app.limits import MAX_UNREAD_BYTES, MIN_UNREAD_BODIES

Body = bytes | memoryview


class UnreadResponses:
    """Responses that are only partly sent, because their clients do not read them.

    A body that several clients get from the cache is in memory once, so it counts once. If all bodies together take too
    much memory, a connection is closed: of the client address with the most bytes, the one that has waited longest.
    """

    def __init__(self) -> None:
        self._size = 0  # bytes of all bodies
        self._numbers = count()
        self._waiting: dict[int, tuple[Scope, Body]] = {}  # by number, so the oldest comes first
        self._clients: Counter[int] = Counter()  # how many clients get a body, by its id

    async def wait(self, scope: Scope, body: Body) -> None:
        """Count a body until all of it is sent."""
        number, whole = next(self._numbers), _in_memory(body)
        self._waiting[number] = scope, body
        self._clients[id(whole)] += 1
        if self._clients[id(whole)] == 1:
            self._size += len(whole)
        while self._size > MAX_UNREAD_BYTES and len(self._clients) > MIN_UNREAD_BODIES:
            self._close_one()
        try:
            await scope[CONNECTION].flow.drain()
        finally:
            self._remove(number)

    def _remove(self, number: int) -> None:
        """Stop counting a response; do nothing if its connection was closed."""
        if number not in self._waiting:
            return
        whole = _in_memory(self._waiting.pop(number)[1])
        self._clients[id(whole)] -= 1
        if not self._clients[id(whole)]:
            del self._clients[id(whole)]
            self._size -= len(whole)

    def _close_one(self) -> None:
        sizes: Counter[str] = Counter()
        for scope, body in self._waiting.values():
            sizes[client_of(scope)] += len(body)
        largest = max(sizes, key=sizes.__getitem__)
        number, scope = next((n, scope) for n, (scope, _) in self._waiting.items() if client_of(scope) == largest)
        scope[CONNECTION].transport.abort()
        self._remove(number)


def _in_memory(body: Body) -> bytes:
    """Return the bytes that a view keeps in memory."""
    return body.obj if isinstance(body, memoryview) else body  # type: ignore[return-value]  # views are of bytes
