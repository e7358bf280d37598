"""Limits on the number of connections, in all and from one client address."""

import asyncio
import gc
import re
import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Semaphore

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app import limits
from app.http.render_queue import client_address
from app.main import create_app
from app.server.connections import RequestStarter
from app.server.protocol import BoundedProtocol
from app.settings import Settings
from tests.raw import connect, exchange, receive_all, receive_response, statuses
from tests.server.requests import END, LAST, REQUEST
from tests.service import SAMPLE, seed, serving_app, serving_process, url_of

BUSY = REQUEST.replace(b"/v1/guides", b"/busy")
HEALTH = LAST.replace(b"/v1/guides", b"/health/live")


class Blockable:
    """Wrap an application: `/busy` does not respond before it is released."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.released = asyncio.Event()
        self.started = Semaphore(0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.loop = asyncio.get_running_loop()
        if scope.get("path") == "/busy":
            self.started.release()
            await self.released.wait()
        await self.app(scope, receive, send)

    def connect_busily(self, client: httpx.Client) -> socket.socket:
        """Connect, send a request, and wait until the application has it."""
        connection = connect(client)
        connection.sendall(BUSY)
        assert self.started.acquire(timeout=30)
        return connection

    def release(self) -> None:
        self.loop.call_soon_threadsafe(self.released.set)


@contextmanager
def serving_blockable(store: Path, concurrency: int, per_address: int = 0) -> Iterator[tuple[httpx.Client, Blockable]]:
    """Serve the sample with some limits."""
    seed(store, SAMPLE)
    app = Blockable(create_app(Settings(database_url=url_of(store), access_log=False)))
    with serving_app(app, concurrency, per_address) as client:
        try:
            yield client, app
        finally:
            app.release()


def test_the_connection_that_waits_longest_for_its_client_makes_room_for_a_new_one(store: Path) -> None:
    with serving_blockable(store, concurrency=3) as (client, _), ExitStack() as stack:
        silent, half, idle = (stack.enter_context(connect(client)) for _ in range(3))
        half.sendall(REQUEST[:20])
        idle.sendall(REQUEST)
        assert statuses(receive_response(idle)) == [200]
        for closed in (silent, half):
            new = stack.enter_context(connect(client))
            new.sendall(REQUEST)
            assert statuses(receive_response(new)) == [200]
            assert receive_all(closed) == b""
        idle.sendall(LAST)
        assert statuses(receive_all(idle)) == [200]


def test_a_client_that_does_not_read_its_responses_makes_room_for_a_new_one(store: Path) -> None:
    large = REQUEST.replace(b"/v1/guides", b"/docs/assets/swagger-ui-bundle.js")
    with serving_blockable(store, concurrency=1) as (client, _), connect(client, receive_buffer=4_096) as unread:
        unread.sendall(large * 3)
        unread.recv(1)
        # Until the server has filled the buffers of the connection, it is busy.
        assert any(statuses(exchange(client, LAST)) == [200] for _ in range(100))


def test_connections_over_the_limit_get_a_503_while_the_others_are_busy(store: Path) -> None:
    with serving_blockable(store, concurrency=2) as (client, app), ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(app.connect_busily(client))
        response = exchange(client, REQUEST)
        assert statuses(response) == [503]
        assert b"retry-after: 5" in response
        assert b"/problems/overloaded" in response
        assert b"x-request-id" in response


def test_health_checks_are_answered_while_the_others_are_busy(store: Path) -> None:
    with serving_blockable(store, concurrency=1) as (client, app), app.connect_busily(client):
        assert statuses(exchange(client, LAST)) == [503]
        assert statuses(exchange(client, HEALTH)) == [200]


def test_connections_far_over_the_limit_are_closed_at_once(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REQUEST_S", 300)
    with serving_blockable(store, concurrency=1) as (client, app), ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(app.connect_busily(client))
        assert exchange(client, b"") == b""


def test_connections_of_one_address_leave_room_for_those_of_others(store: Path) -> None:
    with serving_blockable(store, concurrency=9, per_address=2) as (client, app), ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(app.connect_busily(client))
        assert statuses(exchange(client, LAST)) == [503]
        with connect(client, source="127.0.0.2") as other:
            other.sendall(LAST)
            assert statuses(receive_all(other)) == [200]


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_the_addresses_of_an_ipv6_network_count_as_one(host: str, address: str) -> None:
    assert client_address(host) == address


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="only Linux shows the limits of another process")
def test_a_process_may_open_a_file_for_each_of_its_connections(store: Path) -> None:
    seed(store, SAMPLE)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, hard))  # the process inherits it
    try:
        with serving_process(store, "--no-access-log") as (client, process):
            assert client.get("/v1/guides").status_code == 200
            limits = Path(f"/proc/{process.pid}/limits").read_text()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    (allowed,) = re.findall(r"Max open files +(\d+)", limits)
    assert int(allowed) > 2 * Settings().concurrency


def test_the_largest_of_too_many_partial_heads_is_dropped(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.server.connections.MAX_PARTIAL_HEAD_BYTES", 5_000)
    large, small = (REQUEST.replace(END, b"\r\nX: " + size * b"x") for size in (3_000, 2_000))
    with serving_blockable(store, concurrency=9) as (client, _), ExitStack() as stack:
        completed, attacker, reader = (stack.enter_context(connect(client)) for _ in range(3))
        completed.sendall(large)
        exchange(client, LAST)  # so that the head arrives in two parts
        completed.sendall(END)
        assert statuses(receive_response(completed)) == [200]
        attacker.sendall(large)
        reader.sendall(small)
        assert receive_all(attacker) == b""
        reader.sendall(END)
        assert statuses(receive_response(reader)) == [200]
        completed.sendall(LAST)
        assert statuses(receive_all(completed)) == [200]


def test_requests_with_large_heads_wait_for_their_start_up_to_a_limit() -> None:
    async def scenario() -> None:
        starter = RequestStarter()
        large = limits.LARGE_HEAD_BYTES + 1
        starter.defer(lambda: None, limits.MAX_LARGE_HEADS_BYTES)
        assert not starter.may_wait(large)
        assert starter.may_wait(limits.LARGE_HEAD_BYTES)  # ordinary requests always do
        assert starter.may_start()
        await asyncio.sleep(0)  # the next turn starts the one that waits
        assert starter.may_wait(large)

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "start",
    [REQUEST, REQUEST[:20], b"POST /mcp HTTP/1.1\r\nHost: a\r\nContent-Length: 9" + END + b"abc"],
    ids=["idle", "head", "body"],
)
def test_a_closed_connection_takes_no_memory(client: httpx.Client, start: bytes) -> None:
    """Even if the garbage collector does not run."""
    client.get("/v1/guides")  # in the cache from now on
    before = len(_connections())
    gc.disable()
    try:
        with connect(client) as connection:
            connection.sendall(start)
            while len(_connections()) == before:
                client.get("/health/live")
        until = time.monotonic() + 5
        while len(_connections()) > before and time.monotonic() < until:
            client.get("/health/live")
        assert len(_connections()) == before
    finally:
        gc.enable()


def _connections() -> list[BoundedProtocol]:
    return [each for each in gc.get_objects() if isinstance(each, BoundedProtocol)]


def test_requests_that_arrive_in_one_turn_of_the_event_loop_are_all_answered() -> None:
    started, released = threading.Event(), threading.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/pause":
            started.set()
            released.wait(30)  # the event loop reads nothing meanwhile
        await PlainTextResponse("ok")(scope, receive, send)

    with serving_app(app) as client, ExitStack() as stack:
        connections = [stack.enter_context(connect(client)) for _ in range(3 * limits.MAX_STARTS)]
        connections[0].sendall(LAST.replace(b"/v1/guides", b"/pause"))
        started.wait()
        for connection in connections[1:]:
            connection.sendall(LAST)
        released.set()
        assert [statuses(receive_all(connection)) for connection in connections] == len(connections) * [[200]]
