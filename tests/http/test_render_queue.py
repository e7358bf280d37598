"""The queue of uncached responses."""

import asyncio
import gc
import weakref
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

from app.http.problems import HTTPProblem
from app.http.render_queue import CONNECTION, RenderQueue


def scope(address: str, *, has_left: bool = False) -> dict[str, Any]:
    return {"client": (address, 1), CONNECTION: SimpleNamespace(has_left=has_left)}


def render_all(queue: RenderQueue, *scopes: dict[str, Any]) -> tuple[list[int], list[int]]:
    """Let requests wait for their turns; return the positions of those served and refused."""
    rendered: list[int] = []
    refused: list[int] = []

    async def render(position: int, scope: dict[str, Any]) -> None:
        try:
            async with queue.turn(scope):
                await asyncio.sleep(0)
        except HTTPProblem:
            refused.append(position)
        else:
            rendered.append(position)

    async def scenario() -> None:
        await asyncio.gather(*(render(*item) for item in enumerate(scopes)))

    asyncio.run(scenario())
    return rendered, sorted(refused)


def test_client_addresses_take_turns() -> None:
    queue = RenderQueue()
    requests = [scope("a"), scope("a"), scope("a"), scope("b"), scope("c"), scope("b")]
    assert render_all(queue, *requests) == ([0, 1, 3, 4, 2, 5], [])


def test_a_full_queue_refuses_the_last_request_of_the_address_with_most() -> None:
    queue = RenderQueue(capacity=3)
    requests = [scope("a"), scope("a"), scope("a"), scope("a"), scope("b"), scope("a")]
    assert render_all(queue, *requests) == ([0, 4, 1, 2], [3, 5])
    assert render_all(queue, *requests[:3]) == ([0, 1, 2], [])  # it is empty again


def test_a_request_whose_client_has_left_is_not_rendered_while_others_wait() -> None:
    left = [scope("a", has_left=True), scope("a", has_left=True), scope("c", has_left=True)]
    assert render_all(RenderQueue(), scope("b"), *left[:2], scope("b"), left[2]) == ([0, 3, 2], [1, 4])


def test_a_cancelled_request_does_not_stop_the_queue() -> None:
    async def scenario() -> None:
        queue = RenderQueue()

        async def render() -> None:
            async with queue.turn(scope("a")):
                await asyncio.sleep(0)

        for turns in range(3):  # before it waits, while it waits, and when its turn has come
            first, second = asyncio.create_task(render()), asyncio.create_task(render())
            for _ in range(turns):
                await asyncio.sleep(0)
            first.cancel()
            await second

    asyncio.run(scenario())


def test_a_refused_request_takes_no_memory() -> None:
    """Even if the garbage collector does not run."""

    class Body:
        pass

    queue, bodies = RenderQueue(capacity=1), list[weakref.ref[Body]]()

    async def render() -> None:
        body = Body()
        bodies.append(weakref.ref(body))
        with suppress(HTTPProblem):
            async with queue.turn(scope("a")):
                await asyncio.sleep(0)

    async def scenario() -> None:
        await asyncio.gather(*(render() for _ in range(3)))

    gc.disable()
    try:
        asyncio.run(scenario())
        assert [body() for body in bodies] == [None, None, None]
    finally:
        gc.enable()
