"""Limits on the number of connections, in all and from one client address."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Collection
from typing import Protocol

from app.limits import (
    LARGE_HEAD_BYTES,
    MAX_JSON_BODIES_BYTES,
    MAX_LARGE_HEADS_BYTES,
    MAX_PARTIAL_HEAD_BYTES,
    MAX_STARTS,
)
from app.server.bodies import IncomingBody


class Connection(Protocol):
    """The members of a connection that its limits use."""

    address: str
    body: IncomingBody
    headers: list[tuple[bytes, bytes]]  # None before the first request
    transport: asyncio.Transport
    waiting_since: float

    @property
    def is_waiting(self) -> bool:
        """Return whether the next step is the client's: to send a request or to read a response."""


class ConnectionLimits:
    """Make room for new connections by closing those that have waited longest for their clients.

    If there are too many in all, those of the address with the most connections are closed.

    If none is waiting, the connections over the limit are in excess: they should get a 503. So a client that opens
    connections without using them, or that does not read its responses, takes nothing from others.
    """

    def __init__(self, total: int, per_address: int) -> None:
        self.total = total
        self.per_address = per_address or total  # 0 is no limit
        self.starter = RequestStarter()
        self.partial_heads = MemoryLimit(MAX_PARTIAL_HEAD_BYTES)
        self.bodies = MemoryLimit(MAX_JSON_BODIES_BYTES)
        self._open: set[Connection] = set()
        self._open_by_address: defaultdict[str, set[Connection]] = defaultdict(set)

    def add(self, connection: Connection) -> None:
        """Count a new connection and make room for it."""
        peers = self._open_by_address[connection.address]
        self._open.add(connection)
        peers.add(connection)
        if len(peers) > self.per_address:
            self._close_waiting(peers, connection)
        elif len(self._open) > self.total:
            self._close_waiting(max(self._open_by_address.values(), key=len), connection)

    def remove(self, connection: Connection) -> None:
        """Stop counting a connection; do nothing if it was removed before."""
        peers = self._open_by_address[connection.address]
        self._open.discard(connection)
        peers.discard(connection)
        self.partial_heads.remove(connection)
        self.bodies.remove(connection)
        if not peers:
            del self._open_by_address[connection.address]

    def excess(self, connection: Connection) -> float:
        """Return the larger share of the two limits in use; over 1, the connection is in excess."""
        peers = self._open_by_address[connection.address]
        return max(len(self._open) / self.total, len(peers) / self.per_address)

    def _close_waiting(self, connections: Collection[Connection], new: Connection) -> None:
        waiting = sorted((c for c in connections if c.is_waiting and c is not new), key=lambda c: c.waiting_since)
        for connection in waiting[: max(1, len(connections) // 50)]:  # several, since finding them takes time
            connection.transport.abort()
            self.remove(connection)


class MemoryLimit:
    """Limit the memory of what connections have sent so far, by closing the connection that takes most."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity  # bytes
        self._sizes: dict[Connection, int] = {}
        self._total = 0

    def add(self, connection: Connection, size: int) -> None:
        """Count the bytes that a connection takes now, and make room for them."""
        self._total += size - self._sizes.get(connection, 0)
        self._sizes[connection] = size
        if self._total > self.capacity:
            largest = max(self._sizes, key=self._sizes.__getitem__)
            # To free the memory at once: the connection is lost in the next turn of the event loop.
            largest.body.clear()
            if largest.headers:
                largest.headers.clear()  # in place: the scope of the request has the same list
            largest.transport.abort()
            self.remove(largest)

    def remove(self, connection: Connection) -> None:
        """Stop counting a connection; do nothing if it is not counted."""
        self._total -= self._sizes.pop(connection, 0)


class RequestStarter:
    """Start a few requests per turn of the event loop, in the order in which they arrived.

    uvloop accepts one connection per turn. Without this limit, a client with hundreds of connections would make each
    turn so long that others wait for seconds to be accepted.
    """

    def __init__(self) -> None:
        self._large_heads_bytes = 0
        self._room = MAX_STARTS
        self._waiting: deque[tuple[Callable[[], None], int]] = deque()

    def may_start(self) -> bool:
        """Return whether another request may start in this turn, and count it."""
        if self._room == MAX_STARTS:
            asyncio.get_running_loop().call_soon(self._begin_turn)
        if not self._room:
            return False
        self._room -= 1
        return True

    def may_wait(self, head_bytes: int) -> bool:
        """Return whether a request with a head of this size may wait for one of the next turns."""
        return head_bytes <= LARGE_HEAD_BYTES or self._large_heads_bytes + head_bytes <= MAX_LARGE_HEADS_BYTES

    def defer(self, start: Callable[[], None], head_bytes: int) -> None:
        """Start a request in one of the next turns."""
        large = head_bytes if head_bytes > LARGE_HEAD_BYTES else 0
        self._large_heads_bytes += large
        self._waiting.append((start, large))

    def _begin_turn(self) -> None:
        self._room = MAX_STARTS
        while self._waiting and self.may_start():
            start, large = self._waiting.popleft()
            self._large_heads_bytes -= large
            start()
