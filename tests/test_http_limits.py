"""How much a client may ask, how slowly, and how many may ask at once."""

from pathlib import Path

import httpx
import pytest

from app.http import protocol
from tests.raw import connect, exchange, received, statuses
from tests.service import SAMPLE, seed, serving

END = b"\r\n\r\n"
REQUEST = b"GET /v1/guides HTTP/1.1\r\nHost: a" + END
LAST = b"GET /v1/guides HTTP/1.1\r\nHost: a\r\nConnection: close" + END


@pytest.fixture
def hasty(store: Path, monkeypatch: pytest.MonkeyPatch) -> httpx.Client:
    """A client of a service that waits a tenth of a second where it would wait some seconds."""
    for name in ("REQUEST_S", "WRITING_S"):
        monkeypatch.setattr(protocol, name, 0.1)
    seed(store, SAMPLE)
    return httpx.Client()


@pytest.mark.parametrize(
    "beginning",
    [
        b"",
        b"\r\n",
        b"GET",
        b"GET /v1/guides HTTP/1.1\r\nHost: a\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc",
    ],
)
def test_a_connection_whose_request_does_not_arrive_is_dropped(
    store: Path, hasty: httpx.Client, beginning: bytes
) -> None:
    with serving(store) as client, connect(client) as connection:
        connection.sendall(beginning)
        assert statuses(received(connection)) in ([], [405])


def test_a_second_request_that_does_not_arrive_is_dropped_after_the_first_was_answered(
    store: Path, hasty: httpx.Client
) -> None:
    with serving(store) as client, connect(client) as connection:
        connection.sendall(REQUEST)
        assert statuses(connection.recv(65_536)) == [200]
        connection.sendall(b"GET /v1/gui")
        assert received(connection) == b""


def test_a_client_that_does_not_take_its_answer_is_dropped(
    store: Path, hasty: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(store) as client, connect(client) as connection:
        monkeypatch.setattr(protocol, "REQUEST_S", 1)
        connection.sendall(20 * (b"GET /docs/assets/swagger-ui-bundle.js HTTP/1.1\r\nHost: a" + END))
        with connect(client) as idle:
            received(idle)  # which takes a second
        whole = len(client.get("/docs/assets/swagger-ui-bundle.js", headers={"Accept-Encoding": "identity"}).content)
        assert 0 < len(received(connection)) < 20 * whole


def test_requests_that_come_together_are_answered_in_their_order(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store) as client:
        other = LAST.replace(b"/v1/guides", b"/nope")
        assert statuses(exchange(client, REQUEST + REQUEST.replace(b"GET", b"HEAD") + other)) == [200, 200, 404]


def test_a_request_in_small_pieces_is_answered(client: httpx.Client) -> None:
    with connect(client) as connection:
        for byte in LAST:
            connection.send(bytes([byte]))
        assert statuses(received(connection)) == [200]


def test_a_client_that_sends_nothing_more_is_answered(client: httpx.Client) -> None:
    assert statuses(exchange(client, REQUEST, close=True)) == [200]


@pytest.mark.parametrize("body", [b"x" * 10, b"x" * 300_000])
def test_a_body_is_not_read_and_does_not_disturb_the_next_request(client: httpx.Client, body: bytes) -> None:
    for method, status in ((b"GET", 200), (b"POST", 405)):
        head = method + b" /v1/guides HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body)
        assert statuses(exchange(client, head + body + LAST)) == [status, 200]


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /" + b"a" * 10_000 + b" HTTP/1.1\r\nConnection: close" + END, 414),
        (b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: a" + END, 414),
        (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a" + END, 414),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * 100_000 + END, 431),
        (b"GET / HTTP/1.1\r\n" + b"X-A: a\r\n" * 10_000 + END, 431),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * 40_000 + END, 431),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * protocol.MOST_HELD, 431),
        (b"GET /" + b"a" * protocol.MOST_HELD, 414),
    ],
)
def test_line_6_a_head_that_is_too_large_is_refused(client: httpx.Client, head: bytes, status: int) -> None:
    with connect(client) as connection:
        connection.sendall(head)
        assert statuses(received(connection)) == [status]


def test_more_connections_than_the_service_takes_on_are_answered_with_a_503(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, concurrency=2) as client, connect(client) as first, connect(client) as second:
        for connection in (first, second):
            connection.sendall(REQUEST)
            assert statuses(connection.recv(65_536)) == [200]
        answer = exchange(client, REQUEST)
        assert statuses(answer) == [503]
        assert b"retry-after: 5" in answer
        assert b"/problems/overloaded" in answer
        assert b"x-request-id" in answer
        first.close()
        second.sendall(LAST)
        assert statuses(received(second)) == [200]
        assert client.get("/v1/guides").status_code == 200
