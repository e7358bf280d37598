"""Timeouts: a connection is closed when its client is too slow."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from app import limits
from tests.raw import connect, receive_all, receive_response, statuses
from tests.server.requests import END, LAST, REQUEST
from tests.service import SAMPLE, seed, serving, serving_app


@pytest.fixture
def short_timeouts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set every timeout of the server to a tenth of a second."""
    for name in ("REQUEST_S", "WRITE_S", "KEEP_ALIVE_S"):
        monkeypatch.setattr(limits, name, 0.1)


@pytest.fixture
def impatient(store: Path, short_timeouts: None) -> Iterator[httpx.Client]:
    """A client of a server with short timeouts."""
    seed(store, SAMPLE)
    with serving(store) as client:
        yield client


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"\r\n",
        b"GET",
        b"GET /v1/guides HTTP/1.1\r\nHost: a\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc",
    ],
)
def test_a_connection_whose_request_does_not_arrive_is_closed(impatient: httpx.Client, start: bytes) -> None:
    with connect(impatient) as connection:
        connection.sendall(start)
        assert statuses(receive_all(connection)) in ([], [405])


@pytest.mark.parametrize("rest", [b"", b"\r\n", b"GET /v1/gui"], ids=["nothing", "blank line", "incomplete"])
def test_a_connection_whose_second_request_does_not_arrive_is_closed(impatient: httpx.Client, rest: bytes) -> None:
    with connect(impatient) as connection:
        connection.sendall(REQUEST)
        assert statuses(receive_response(connection)) == [200]
        connection.sendall(rest)
        assert receive_all(connection) == b""


def test_a_request_that_arrives_while_the_server_pauses_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if its connection has been idle for too long when the server goes on."""
    monkeypatch.setattr(limits, "KEEP_ALIVE_S", 0.3)
    pauses, has_arrived = threading.Event(), threading.Event()
    here, there = socket.socketpair()

    def pause() -> None:
        asyncio.get_running_loop().remove_reader(there)
        pauses.set()
        time.sleep(2 * limits.KEEP_ALIVE_S)
        has_arrived.wait()

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        asyncio.get_running_loop().add_reader(there, pause)
        await PlainTextResponse("ok")(scope, receive, send)

    with here, there, serving_app(application) as client, connect(client) as connection:
        connection.sendall(REQUEST)
        assert statuses(receive_response(connection)) == [200]
        here.sendall(b"!")
        pauses.wait()
        connection.sendall(REQUEST)
        has_arrived.set()
        assert statuses(receive_response(connection)) == [200]


def test_a_connection_is_idle_only_after_the_whole_response_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SEND_BUFFER_BYTES", 4_096)
    monkeypatch.setattr(limits, "KEEP_ALIVE_S", 0.3)
    with serving_app(PlainTextResponse(100_000 * "x")) as client, connect(client, receive_buffer=4_096) as slow:
        slow.sendall(REQUEST)
        with connect(client) as idle:
            idle.sendall(REQUEST)
            receive_all(idle)  # a third of a second
        receive_response(slow)
        slow.sendall(REQUEST)
        assert statuses(receive_response(slow)) == [200]


@pytest.mark.parametrize(
    ("request_", "rest"),
    [(REQUEST.replace(END, b"\r\nContent-Length: 5" + END), b"hello"), (REQUEST + REQUEST[:9], REQUEST[9:])],
    ids=["a body", "the next request"],
)
def test_a_client_that_has_sent_everything_may_read_its_response_for_longer_than_requests_may_take(
    monkeypatch: pytest.MonkeyPatch, request_: bytes, rest: bytes
) -> None:
    monkeypatch.setattr(limits, "SEND_BUFFER_BYTES", 4_096)
    monkeypatch.setattr(limits, "REQUEST_S", 0.3)
    with serving_app(PlainTextResponse(100_000 * "x")) as client, connect(client, receive_buffer=4_096) as slow:
        slow.sendall(request_)
        slow.recv(1, socket.MSG_PEEK)  # the response has begun
        slow.sendall(rest)
        with connect(client) as idle:
            receive_all(idle)  # a third of a second
        assert 200 in statuses(receive_response(slow))


@pytest.mark.usefixtures("short_timeouts")
@pytest.mark.parametrize("request_", [REQUEST, LAST], ids=["keep-alive", "close"])
def test_a_client_that_does_not_receive_the_rest_of_a_response_is_disconnected(
    monkeypatch: pytest.MonkeyPatch, request_: bytes
) -> None:
    monkeypatch.setattr(limits, "SEND_BUFFER_BYTES", 4_096)
    monkeypatch.setattr(limits, "REQUEST_S", 0.5)
    body = b"x" * 60_000
    with (
        serving_app(PlainTextResponse(body)) as client,
        connect(client, receive_buffer=4_096) as connection,
    ):
        connection.sendall(request_)
        with connect(client) as idle:
            receive_all(idle)  # half a second
        assert 0 < len(receive_all(connection)) < len(body)


def test_a_client_that_receives_no_response_is_disconnected(
    impatient: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connect(impatient) as connection:
        monkeypatch.setattr(limits, "REQUEST_S", 0.5)
        connection.sendall(20 * (b"GET /docs/assets/swagger-ui-bundle.js HTTP/1.1\r\nHost: a" + END))
        with connect(impatient) as idle:
            receive_all(idle)  # half a second
        asset = impatient.get("/docs/assets/swagger-ui-bundle.js", headers={"Accept-Encoding": "identity"})
        assert 0 < len(receive_all(connection)) < 20 * len(asset.content)


def test_a_client_whose_bodies_arrive_late_stays_connected(
    impatient: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each body arrives after its response; its timeout starts with its own request."""
    monkeypatch.setattr(limits, "REQUEST_S", 0.3)
    with connect(impatient) as connection:
        until = time.monotonic() + 3 * limits.REQUEST_S
        while time.monotonic() < until:
            connection.sendall(REQUEST.replace(END, b"\r\nContent-Length: 5" + END))
            assert statuses(receive_response(connection)) == [200]
            connection.sendall(b"abcde")
