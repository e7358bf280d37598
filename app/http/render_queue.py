"""Decide which request's response is rendered next."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from starlette.types import Scope

from app.http.problem_types import ProblemType
from app.http.problems import HTTPProblem
from app.limits import MAX_QUEUED_RENDERINGS

IPV6_PREFIX_BITS = 64  # a subscriber has at least this much of the address space for herself
# Scope key of a connection: it has a `transport` and uvicorn's `flow`, and says whether its client `has_left`.
CONNECTION = "treaty_guide.connection"


class Waiting(NamedTuple):
    """A request that waits for its turn."""

    turn: asyncio.Future[None]
    scope: Scope


class RenderQueue:
    """Let one request be rendered at a time, taking turns between client addresses.

    A request whose client has left is refused if others wait. If the queue is full, the last request of the address
    that has most requests in it is refused.
    """

    def __init__(self, capacity: int = MAX_QUEUED_RENDERINGS) -> None:
        self.capacity = capacity
        self._is_rendering = False
        self._length = 0
        self._by_address: dict[str, deque[Waiting]] = {}  # the address whose turn it is comes first

    @asynccontextmanager
    async def turn(self, scope: Scope) -> AsyncIterator[None]:
        """Wait for a request's turn to be rendered.

        Raises HTTPProblem (503) if the request is refused.
        """
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._by_address.setdefault(client_of(scope), deque()).append(Waiting(turn, scope))
        self._length += 1
        if self._length > self.capacity:
            longest = max(reversed(self._by_address), key=lambda address: len(self._by_address[address]))
            _refuse(self._take(longest, last=True))
        if not self._is_rendering:
            self._start_next()
        try:
            await turn
            yield
        finally:
            if turn.done() and not turn.cancelled() and not turn.exception():
                self._start_next()
            del turn  # its exception refers to this frame, so the garbage collector would free the request much later

    def _start_next(self) -> None:
        self._is_rendering = False
        while self._length and not self._is_rendering:
            request = self._take(next(iter(self._by_address)))
            if self._length and getattr(request.scope.get(CONNECTION), "has_left", False):
                _refuse(request)
            elif not request.turn.done():
                self._is_rendering = True
                request.turn.set_result(None)

    def _take(self, address: str, *, last: bool = False) -> Waiting:
        """Remove the first or last request of an address, and put the address at the end."""
        requests = self._by_address.pop(address)
        request = requests.pop() if last else requests.popleft()
        if requests:
            self._by_address[address] = requests
        self._length -= 1
        return request


def _refuse(request: Waiting) -> None:
    if not request.turn.done():
        request.turn.set_exception(
            HTTPProblem(ProblemType.OVERLOADED, "The service has too much to do; try again soon.")
        )


def client_of(scope: Scope) -> str:
    """Return the address of a request's client, as limits count it; empty if it is unknown."""
    client = scope.get("client")
    return client_address(client[0]) if client else ""


@lru_cache(maxsize=1_024)
def client_address(host: str) -> str:
    """Return the key of the limit per address: an IPv4 address or an IPv6 network."""
    if ":" not in host:
        return host
    address = ip_address(host.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or ip_network((address, IPV6_PREFIX_BITS), strict=False))
