"""Bodies of `POST /mcp`: limits on their size, time and memory."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest
from starlette.types import Message

from app import limits
from app.http.messages import read_body
from app.server import connections
from tests.raw import connect, exchange, receive_all, receive_response, statuses
from tests.server.requests import LAST, REQUEST
from tests.service import SAMPLE, seed, serving

PING = json.dumps({"jsonrpc": "2.0", "id": 7, "method": "ping"}).encode()
HEAD = b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/json\r\n"


def message(body: bytes) -> bytes:
    return HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body


def test_a_connection_stays_open_between_messages(client: httpx.Client) -> None:
    responses = exchange(client, 3 * message(PING) + LAST)
    assert statuses(responses) == [200, 200, 200, 200]
    assert responses.count(b'"result":{}') == 3


def test_a_message_may_arrive_in_parts(client: httpx.Client) -> None:
    with connect(client) as connection:
        for part in (HEAD, b"Transfer-Encoding: chunked\r\n\r\n", *(b"1\r\n%c\r\n" % byte for byte in PING)):
            connection.sendall(part)
        connection.sendall(b"0\r\n\r\n")
        assert b'"result":{}' in receive_response(connection)


def test_a_message_that_does_not_arrive_in_time_is_disconnected(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "REQUEST_S", 0.1)
    with connect(client) as connection:
        connection.sendall(message(PING)[:-1])
        assert receive_all(connection) == b""


def test_the_body_of_a_client_that_has_left_is_none() -> None:
    messages: list[Message] = [
        {"type": "http.request", "body": PING[:9], "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return messages.pop(0)

    assert asyncio.run(read_body(receive, limits.MAX_JSON_BYTES)) is None


@pytest.mark.parametrize("limit", [0, limits.MAX_JSON_BYTES])
def test_a_body_that_has_arrived_as_a_whole_is_not_copied(limit: int) -> None:
    async def receive() -> Message:
        return {"type": "http.request", "body": PING, "more_body": False}

    assert asyncio.run(read_body(receive, limit)) is PING


def test_others_are_served_while_a_message_arrives(client: httpx.Client) -> None:
    with connect(client) as connection:
        connection.sendall(message(PING)[:-1])
        assert client.get("/v1/guides?limit=7").status_code == 200
        assert client.post("/mcp", content=PING, headers={"Content-Type": "application/json"}).status_code == 200
        connection.sendall(PING[-1:])
        assert b'"result":{}' in receive_response(connection)


@pytest.mark.parametrize("size", [limits.MAX_JSON_BYTES + 1, 4 * limits.MAX_JSON_BYTES])
def test_a_message_over_the_limit_is_refused_and_the_connection_closed(client: httpx.Client, size: int) -> None:
    with connect(client) as connection:
        connection.sendall(message(b" " * size)[: limits.MAX_JSON_BYTES + 1_000])
        assert statuses(receive_response(connection)) == [413]
        assert receive_all(connection) == b""


def test_the_largest_message_is_dropped_if_all_together_take_too_much(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MAX_JSON_BODIES_BYTES", 3_000)
    seed(store, SAMPLE)
    with serving(store) as client, connect(client) as small, connect(client) as large:
        small.sendall(message(PING + b" " * 1_000)[:-1])
        large.sendall(message(PING + b" " * 9_000)[:-1])
        assert receive_all(large) == b""
        small.sendall(b" ")
        assert b'"result":{}' in receive_response(small)


def test_a_message_behind_another_request_counts_when_that_has_its_response(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MAX_JSON_BODIES_BYTES", 3_000)
    seed(store, SAMPLE)
    with serving(store) as client, connect(client) as small, connect(client) as large:
        large.sendall(REQUEST + message(PING + b" " * 2_500)[:-1])
        assert statuses(receive_response(large)) == [200]
        small.sendall(message(PING + b" " * 1_000)[:-1])
        large.settimeout(limits.REQUEST_S / 2)  # then it would be dropped in any case
        assert receive_all(large) == b""
