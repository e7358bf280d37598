"""Decide which request's response is rendered next."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from starlette.types import Scope

from app.http.problem_types import ProblemType
from app.http.problems import HTTPProblem
from app.limits import MAX_QUEUED_RENDERINGS

HAS_LEFT = "treaty_guide.has_left"  # scope key of a function that returns whether the client has left


class Waiting(NamedTuple):
    """A request that waits for its turn."""

    turn: asyncio.Future[None]
    scope: Scope


class RenderQueue:
    """Let one rendering start per turn of the event loop, taking turns between client addresses.

    uvloop accepts one connection per turn of its loop, so new clients wait for one rendering at most. A request whose
    client has left is refused if others wait. If the queue is full, the last request of the address that has most
    requests in it is refused.
    """

    def __init__(self, capacity: int = MAX_QUEUED_RENDERINGS) -> None:
        self.capacity = capacity
        self._length = 0
        self._by_address: dict[str, deque[Waiting]] = {}  # the address whose turn it is comes first

    async def wait_turn(self, scope: Scope) -> None:
        """Wait for a request's turn; raise HTTPProblem (503) if the request is refused."""
        loop = asyncio.get_running_loop()
        if not self._length:
            loop.call_soon(self._start_next)
        client = scope.get("client")
        waiting = Waiting(loop.create_future(), scope)
        self._by_address.setdefault(client[0] if client else "", deque()).append(waiting)
        self._length += 1
        if self._length > self.capacity:
            _refuse(max(self._by_address.values(), key=len).pop())
            self._length -= 1
        await waiting.turn

    def _start_next(self) -> None:
        address = next(iter(self._by_address))
        requests = self._by_address.pop(address)
        request = requests.popleft()
        self._length -= 1
        if requests:
            self._by_address[address] = requests
        has_left: Callable[[], bool] | None = request.scope.get(HAS_LEFT)
        if self._length and has_left and has_left():
            _refuse(request)
        elif not request.turn.done():
            request.turn.set_result(None)
        if self._length:
            asyncio.get_running_loop().call_soon(self._start_next)


def _refuse(request: Waiting) -> None:
    if not request.turn.done():
        request.turn.set_exception(
            HTTPProblem(ProblemType.OVERLOADED, "The service has too much to do; try again soon.")
        )
