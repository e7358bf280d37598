"""The response pipeline: order of rendering, faults in its steps, and the Host header."""

import asyncio
import selectors
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from app.http.pipeline import ResponsePipeline
from app.http.request_log import RequestLog
from app.http.response_cache import ResponseCache
from app.metrics import RequestMetrics, SharedMemory
from app.store.served import ServedStore
from app.urls import URLs
from tests.raw import connect, exchange, statuses
from tests.service import SAMPLE, seed, serving

NEW_CLIENTS = 60
REQUEST = b"GET /v1/guides/nowhere-and-the-sea/sections/harbours HTTP/1.1\r\nHost: a\r\n\r\n"


def test_every_new_client_gets_a_response_before_any_gets_many(store: Path) -> None:
    seed(store, SAMPLE)
    responses: Counter[Any] = Counter()
    with serving(store, cache_bytes=0) as client, selectors.DefaultSelector() as selector:
        client.get("/v1/guides")  # the first request prepares the routes
        for _ in range(NEW_CLIENTS):
            connection = connect(client)
            selector.register(connection, selectors.EVENT_READ)
            connection.sendall(REQUEST)
        while len(responses) < NEW_CLIENTS:
            for key, _ in selector.select():
                connection = key.fileobj  # type: ignore[assignment]
                for status in statuses(connection.recv(65_536)):
                    assert status == 200
                    responses[connection] += 1
                    connection.sendall(REQUEST)
        for connection in responses:
            selector.unregister(connection)
            connection.close()
    assert max(responses.values()) < 10


def test_a_reader_does_not_wait_for_the_same_page_in_the_queue_of_another_address(store: Path) -> None:
    seed(store, SAMPLE)
    rendered: list[str] = []
    finished: list[tuple[str, str]] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        rendered.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})

    async def scenario() -> None:
        shared = pipeline(app, ResponseCache(ServedStore(store), 1_000_000))

        async def read(client: str, path: str) -> None:
            await get(shared, path, _discard, client)
            finished.append((client, path))

        pages = [f"/{number}" for number in range(20)]
        await asyncio.gather(*(read("192.0.2.1", path) for path in pages), read("127.0.0.1", "/19"))

    asyncio.run(scenario())
    assert finished.index(("127.0.0.1", "/19")) < 3
    assert sorted(rendered) == sorted({f"/{number}" for number in range(20)})  # also /19 only once


def test_the_event_loop_stays_free_while_a_response_is_rendered() -> None:
    is_rendering, may_finish = threading.Event(), threading.Event()
    was_free = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/slow":
            is_rendering.set()
            was_free.append(may_finish.wait(timeout=10))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def scenario() -> None:
        shared = pipeline(app)
        slow = asyncio.create_task(get(shared, "/slow", _discard))
        while not is_rendering.is_set():
            await asyncio.sleep(0)
        await get(shared, "/health/live", _discard)
        may_finish.set()
        await slow

    asyncio.run(scenario())
    assert was_free == [True]


def test_a_client_that_reads_slowly_delays_no_other() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"text"})

    async def scenario() -> None:
        shared, never, messages = pipeline(app), asyncio.Event(), []

        async def block(message: Any) -> None:
            await never.wait()

        async def collect(message: Any) -> None:
            messages.append(message)

        slow = asyncio.create_task(get(shared, "/a", block))
        await get(shared, "/b", collect)
        assert messages[1]["body"] == b"text"
        slow.cancel()

    asyncio.run(scenario())


def test_health_checks_do_not_wait_in_the_queue() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def scenario() -> None:
        statuses = []

        async def collect(message: Any) -> None:
            statuses.append(message.get("status"))

        shared = pipeline(app)
        shared.queue.capacity = 0  # as if it were always full
        for path in ("/v1/guides", "/health/live"):
            await get(shared, path, collect)
        assert statuses == [503, None, 200, None]

    asyncio.run(scenario())


@pytest.mark.parametrize("language", ["fr\nX-Injected: 1", "fr\r\n\r\nbody"])
def test_line_19_a_fault_outside_the_routes_is_a_problem_too(language: str) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-language", language.encode())]  # no guide can have such a language
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{}"})

    async def scenario() -> None:
        shared = httpx.ASGITransport(pipeline(app))
        async with httpx.AsyncClient(transport=shared, base_url="http://127.0.0.1") as client:
            for _ in range(2):
                response = await client.get("/v1/guides/nowhere-and-the-sea")
                assert response.status_code == 500
                assert response.headers["content-type"] == "application/problem+json"
                assert response.headers["access-control-allow-origin"] == "*"
                assert response.headers["x-content-type-options"] == "nosniff"
                assert response.headers["x-request-id"]
                assert "x-injected" not in response.headers
                assert response.json()["type"] == "/problems/internal-error"

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("version", "hosts", "status"),
    [
        ("1.1", ["a"], 200),
        ("1.1", ["a.example:8000"], 200),
        ("1.1", ["[::1]:80"], 200),
        ("1.0", [], 200),
        ("1.1", [], 400),
        ("1.1", [""], 400),
        ("1.0", [""], 400),
        ("1.1", ["a", "a"], 400),
        ("1.1", ["a", "b"], 400),
        ("1.1", ["a b"], 400),
        ("1.1", ["a/b"], 400),
        ("1.1", ["user@a"], 400),
        ("1.1", ["a:port"], 400),
    ],
)
def test_line_31_a_request_needs_exactly_one_valid_host(
    client: httpx.Client, version: str, hosts: list[str], status: int
) -> None:
    for path in ("/v1/topics", "/v1/topics", "/nope"):  # rendered, cached, unknown
        head = [f"GET {path} HTTP/{version}", *(f"Host: {host}" for host in hosts), "Connection: close", "", ""]
        found = statuses(exchange(client, "\r\n".join(head).encode()))
        assert found == [404 if path == "/nope" and status == 200 else status]


def pipeline(app: Any, cache: ResponseCache | None = None) -> ResponsePipeline:
    """Return a pipeline, by default without a store, so that nothing is cached."""
    cache = cache or ResponseCache(ServedStore(Path("none")), 0)
    return ResponsePipeline(app, URLs(), cache, RequestLog(is_on=False), RequestMetrics(SharedMemory(), []))


async def get(app: ResponsePipeline, path: str, send: Send, client: str = "127.0.0.1") -> None:
    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"a")],
        "client": (client, 1),
    }
    await app(scope, receive, send)


async def _discard(message: Any) -> None:
    pass


def test_a_rendering_keeps_the_event_loop_waiting_for_less_than_a_millisecond(client: httpx.Client) -> None:
    client.get("/v1/search?q=security")
    assert sys.getswitchinterval() < 0.001
