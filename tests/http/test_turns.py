"""Fairness: a client with many requests does not delay the others."""

import asyncio
import selectors
from collections import Counter
from pathlib import Path
from typing import Any

from starlette.types import Receive, Scope, Send

from app.http.turns import Turns
from tests.raw import connect, statuses
from tests.service import SAMPLE, seed, serving

CONNECTIONS = 60
REQUEST = b"GET /v1/guides/nowhere-and-the-sea/sections/harbours HTTP/1.1\r\nHost: a\r\n\r\n"


def test_every_new_connection_gets_a_response_before_any_gets_many(store: Path) -> None:
    seed(store, SAMPLE)
    responses: Counter[Any] = Counter()
    with serving(store, cache_bytes=0) as client, selectors.DefaultSelector() as waiting:
        client.get("/v1/guides")  # so that FastAPI has prepared the routes
        for _ in range(CONNECTIONS):
            connection = connect(client)
            waiting.register(connection, selectors.EVENT_READ)
            connection.sendall(REQUEST)
        while len(responses) < CONNECTIONS:
            for key, _ in waiting.select():
                connection = key.fileobj  # type: ignore[assignment]
                for status in statuses(connection.recv(65_536)):
                    assert status == 200
                    responses[connection] += 1
                    connection.sendall(REQUEST)
        for connection in responses:
            waiting.unregister(connection)
            connection.close()
    assert max(responses.values()) < 10


def test_callbacks_run_between_two_responses() -> None:
    events: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        events.append(scope["path"])
        asyncio.get_running_loop().call_soon(events.append, f"after {scope['path']}")
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def scenario() -> None:
        turns = Turns(app)
        await asyncio.gather(*(turns({"type": "http", "path": path}, _receive, _ignore) for path in ("/a", "/b", "/c")))

    asyncio.run(scenario())
    assert events == ["/a", "after /a", "/b", "after /b", "/c", "after /c"]


def test_a_slow_client_delays_no_other() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"body"})

    async def scenario() -> None:
        turns, never, sent = Turns(app), asyncio.Event(), []

        async def send_slowly(message: Any) -> None:
            await never.wait()

        async def send_at_once(message: Any) -> None:
            sent.append(message)

        slow = asyncio.create_task(turns({"type": "http", "path": "/a"}, _receive, send_slowly))
        await turns({"type": "http", "path": "/b"}, _receive, send_at_once)
        assert sent[1]["body"] == b"body"
        slow.cancel()

    asyncio.run(scenario())


async def _receive() -> Any:
    return {"type": "http.request", "body": b""}


async def _ignore(message: Any) -> None:
    pass
