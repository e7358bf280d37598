"""Requests that arrive together, in pieces, or with an offer of another protocol."""

import asyncio
import socket
import threading

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from app import limits
from tests.raw import connect, exchange, receive_all, receive_response, statuses
from tests.server.requests import END, LAST, REQUEST
from tests.service import serving_app

HALF_SENT = b"POST /half HTTP/1.1\r\nHost: a\r\nContent-Length: 9" + END + b"abc"


def test_responses_come_in_the_order_of_the_requests(client: httpx.Client) -> None:
    other = LAST.replace(b"/v1/guides", b"/nope")
    assert statuses(exchange(client, REQUEST + REQUEST.replace(b"GET", b"HEAD") + other)) == [200, 200, 404]


def test_a_request_that_arrives_byte_by_byte_is_served(client: httpx.Client) -> None:
    with connect(client) as connection:
        for byte in LAST:
            connection.send(bytes([byte]))
        assert statuses(receive_all(connection)) == [200]


def test_a_client_that_has_closed_its_sending_side_gets_its_response() -> None:
    released = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await released.wait() if scope["path"] == "/v1/guides" else released.set()
        await PlainTextResponse(scope["path"])(scope, receive, send)

    with serving_app(app) as client, connect(client) as connection:
        connection.sendall(REQUEST)
        connection.shutdown(socket.SHUT_WR)
        client.get("/release")
        assert statuses(receive_all(connection)) == [200]


@pytest.mark.parametrize("pipelined", [b"", LAST], ids=["sent later", "sent together"])
def test_the_next_request_waits_until_the_client_has_read_the_response(
    monkeypatch: pytest.MonkeyPatch, pipelined: bytes
) -> None:
    monkeypatch.setattr(limits, "SEND_BUFFER_BYTES", 4_096)
    paths = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        paths.append(scope["path"])
        await PlainTextResponse(100_000 * "x" if scope["path"] == "/long" else "")(scope, receive, send)

    with serving_app(app) as client, connect(client, receive_buffer=4_096) as slow:
        slow.sendall(REQUEST.replace(b"/v1/guides", b"/long") + pipelined)
        beginning = slow.recv(1_000)
        slow.sendall(b"" if pipelined else LAST)
        client.get("/other")
        assert paths == ["/long", "/other"]
        assert statuses(beginning + receive_all(slow)) == [200, 200]
    assert paths == ["/long", "/other", "/v1/guides"]


def test_a_client_may_send_its_whole_body_before_it_reads_the_response(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SEND_BUFFER_BYTES", 4_096)
    body = 900_000 * b"y"
    with serving_app(PlainTextResponse(100_000 * "x")) as client, connect(client, receive_buffer=4_096) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
        connection.sendall(REQUEST.replace(END, b"\r\nContent-Length: %d" % len(body) + END))
        connection.recv(1, socket.MSG_PEEK)  # the response has begun
        connection.sendall(body)
        assert statuses(receive_response(connection)) == [200]


@pytest.mark.parametrize("start", [b"GET /v1/gui", HALF_SENT], ids=["head", "body"])
def test_a_client_that_leaves_during_its_second_request_gets_the_first_response(start: bytes) -> None:
    released = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await released.wait() if scope["path"] == "/v1/guides" else released.set()
        await PlainTextResponse(scope["path"])(scope, receive, send)

    with serving_app(app) as client, connect(client) as connection:
        connection.sendall(REQUEST + start)
        connection.shutdown(socket.SHUT_WR)
        client.get("/release")
        assert statuses(receive_all(connection)) == [200]


def test_a_client_that_leaves_during_the_body_of_a_request_is_disconnected_at_once() -> None:
    left = threading.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http"  # there is no lifespan
        while (await receive())["type"] != "http.disconnect":
            pass
        left.set()

    with serving_app(app) as client, connect(client) as connection:
        connection.settimeout(limits.REQUEST_S / 2)
        connection.sendall(HALF_SENT)
        connection.shutdown(socket.SHUT_WR)
        assert receive_all(connection) == b""
        assert left.wait(limits.REQUEST_S / 2)


@pytest.mark.parametrize("other", [b"h2c", b"websocket"])
def test_an_upgrade_to_another_protocol_is_ignored(client: httpx.Client, other: bytes) -> None:
    upgrade = REQUEST.replace(END, b"\r\nConnection: Upgrade\r\nUpgrade: " + other + END)
    with connect(client) as connection:
        connection.sendall(upgrade)
        response = receive_response(connection)
        connection.sendall(LAST)
        assert statuses(response + receive_all(connection)) == [200, 200]
    responses = exchange(client, upgrade + LAST)  # the parser ignores the second request
    assert statuses(responses) == [200]
    assert b"connection: close" in responses


def test_a_client_that_pipelines_too_many_requests_gets_the_first_responses(client: httpx.Client) -> None:
    responses = statuses(exchange(client, REQUEST * 100 * limits.MAX_PIPELINED))
    assert limits.MAX_PIPELINED <= len(responses) <= limits.MAX_PIPELINED + 2
