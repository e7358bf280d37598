"""Turns of the event loop: who asks much does not keep the others waiting."""

import asyncio
import selectors
from collections import Counter
from pathlib import Path
from typing import Any

from starlette.types import Receive, Scope, Send

from app.http.turns import Turns
from tests.raw import connect, statuses
from tests.service import SAMPLE, seed, serving

NEWCOMERS = 60
ASKED = b"GET /v1/guides/nowhere-and-the-sea/sections/harbours HTTP/1.1\r\nHost: a\r\n\r\n"


def test_those_who_come_at_once_are_all_answered_before_one_is_answered_often(store: Path) -> None:
    seed(store, SAMPLE)
    answered: Counter[Any] = Counter()
    with serving(store, cache_bytes=0) as client, selectors.DefaultSelector() as waiting:
        client.get("/v1/guides")  # for which the routes are prepared
        for _ in range(NEWCOMERS):
            connection = connect(client)
            waiting.register(connection, selectors.EVENT_READ)
            connection.sendall(ASKED)
        while len(answered) < NEWCOMERS:
            for key, _ in waiting.select():
                connection = key.fileobj  # type: ignore[assignment]
                for status in statuses(connection.recv(65_536)):
                    assert status == 200
                    answered[connection] += 1
                    connection.sendall(ASKED)
        for connection in answered:
            waiting.unregister(connection)
            connection.close()
    assert max(answered.values()) < 10


def test_between_two_answers_what_has_come_meanwhile_gets_its_turn() -> None:
    happened: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        happened.append(scope["path"])
        asyncio.get_running_loop().call_soon(happened.append, f"after {scope['path']}")
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def scenario() -> None:
        turns = Turns(app)
        await asyncio.gather(*(turns({"type": "http", "path": path}, _nothing, _ignore) for path in ("/a", "/b", "/c")))

    asyncio.run(scenario())
    assert happened == ["/a", "after /a", "/b", "after /b", "/c", "after /c"]


def test_a_client_that_is_slow_to_take_its_answer_holds_up_nobody() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"answer"})

    async def scenario() -> None:
        turns, never, taken = Turns(app), asyncio.Event(), []

        async def take_slowly(message: Any) -> None:
            await never.wait()

        async def take(message: Any) -> None:
            taken.append(message)

        slow = asyncio.create_task(turns({"type": "http", "path": "/a"}, _nothing, take_slowly))
        await turns({"type": "http", "path": "/b"}, _nothing, take)
        assert taken[1]["body"] == b"answer"
        slow.cancel()

    asyncio.run(scenario())


async def _nothing() -> Any:
    return {"type": "http.request", "body": b""}


async def _ignore(message: Any) -> None:
    pass
