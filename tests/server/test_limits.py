"""How much a client may ask, how slowly, and how many may ask at once."""

import asyncio
import re
import resource
import socket
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from app.server import protocol
from app.settings import Settings
from tests.raw import connect, exchange, one_answer, received, statuses
from tests.service import SAMPLE, seed, serving, serving_app, serving_process

END = b"\r\n\r\n"
REQUEST = b"GET /v1/guides HTTP/1.1\r\nHost: a" + END
LAST = b"GET /v1/guides HTTP/1.1\r\nHost: a\r\nConnection: close" + END


@pytest.fixture
def hasty(store: Path, monkeypatch: pytest.MonkeyPatch) -> httpx.Client:
    """A client of a service that waits a tenth of a second where it would wait some seconds."""
    for name in ("REQUEST_S", "WRITE_S", "KEEP_ALIVE_S"):
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
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc",
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
        assert statuses(one_answer(connection)) == [200]
        connection.sendall(b"GET /v1/gui")
        assert received(connection) == b""


def test_a_connection_without_another_request_is_dropped(store: Path, hasty: httpx.Client) -> None:
    with serving(store) as client, connect(client) as connection:
        connection.sendall(REQUEST)
        assert statuses(one_answer(connection)) == [200]
        assert received(connection) == b""


def test_blank_lines_are_no_request(store: Path, hasty: httpx.Client) -> None:
    with serving(store) as client, connect(client) as connection:
        connection.sendall(REQUEST)
        assert statuses(one_answer(connection)) == [200]
        connection.sendall(b"\r\n")
        assert received(connection) == b""


@pytest.mark.parametrize("request_", [REQUEST, LAST], ids=["which may ask again", "which asks no more"])
def test_a_client_that_does_not_take_the_rest_of_its_answer_is_dropped(
    hasty: httpx.Client, monkeypatch: pytest.MonkeyPatch, request_: bytes
) -> None:
    """Also where so little is left that the server counts it as sent."""
    monkeypatch.setattr(protocol, "REQUEST_S", 1)
    body = b"x" * 60_000
    with (
        serving_app(PlainTextResponse(body), send_buffer=4_096) as client,
        connect(client, receive_buffer=4_096) as connection,
    ):
        connection.sendall(request_)
        with connect(client) as idle:
            received(idle)  # which takes a second
        assert 0 < len(received(connection)) < len(body)


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


def test_a_client_that_sends_nothing_more_is_answered() -> None:
    may_go_on = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await may_go_on.wait() if scope["path"] == "/v1/guides" else may_go_on.set()
        await PlainTextResponse(scope["path"])(scope, receive, send)

    with serving_app(app) as client, connect(client) as connection:
        connection.sendall(REQUEST)
        connection.shutdown(socket.SHUT_WR)
        client.get("/go-on")
        assert statuses(received(connection)) == [200]


@pytest.mark.parametrize("protocol_", [b"h2c", b"websocket"])
def test_an_offer_of_another_protocol_is_not_taken_up(client: httpx.Client, protocol_: bytes) -> None:
    offer = REQUEST.replace(END, b"\r\nConnection: Upgrade\r\nUpgrade: " + protocol_ + END)
    with connect(client) as connection:
        connection.sendall(offer)
        answer = one_answer(connection)
        connection.sendall(LAST)
        assert statuses(answer + received(connection)) == [200, 200]
    together = exchange(client, offer + LAST)  # of which the parser leaves out the second
    assert statuses(together) == [200]
    assert b"connection: close" in together


@pytest.mark.parametrize("body", [b"x" * 10, b"x" * 300_000])
def test_a_body_is_not_read_and_does_not_disturb_the_next_request(client: httpx.Client, body: bytes) -> None:
    for method, status in ((b"GET", 200), (b"POST", 405)):
        head = method + b" /v1/guides HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body)
        assert statuses(exchange(client, head + body + LAST)) == [status, 200]


def test_a_body_that_goes_on_is_the_end_of_the_connection(client: httpx.Client) -> None:
    body = b"x" * (5 * protocol.MAX_BODY_BYTES)
    head = b"POST /v1/guides HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body)
    with connect(client) as connection, suppress(ConnectionError):
        connection.sendall(head)
        assert statuses(one_answer(connection)) == [405]
        connection.sendall(body + LAST)
        assert received(connection) == b""


def test_the_bodies_of_several_requests_are_not_added_up(client: httpx.Client) -> None:
    body = b"x" * (protocol.MAX_BODY_BYTES * 2 // 3)
    head = b"POST /v1/guides HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body)
    assert statuses(exchange(client, 3 * (head + body) + LAST)) == [405, 405, 405, 200]


def test_a_client_that_goes_on_asking_is_not_dropped_for_its_bodies(
    store: Path, hasty: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each body comes after its head; none is waited for from the time of the first."""
    monkeypatch.setattr(protocol, "REQUEST_S", 0.5)
    with serving(store) as client, connect(client) as connection:
        until = time.monotonic() + 3 * protocol.REQUEST_S
        while time.monotonic() < until:
            connection.sendall(REQUEST.replace(END, b"\r\nContent-Length: 5" + END))
            assert statuses(one_answer(connection)) == [200]
            connection.sendall(b"abcde")


def test_a_client_that_sends_ever_more_requests_is_answered_some(client: httpx.Client) -> None:
    answers = statuses(exchange(client, REQUEST * 100 * protocol.MAX_PIPELINED))
    assert protocol.MAX_PIPELINED <= len(answers) <= protocol.MAX_PIPELINED + 2


def test_a_head_that_is_too_large_is_refused_whatever_comes_with_it(client: httpx.Client) -> None:
    large = b"GET / HTTP/1.1\r\nX-A: " + b"a" * 2 * protocol.MAX_HEAD_BYTES + END
    assert statuses(exchange(client, large[:40_000] + END + LAST)) == [431]


def test_heads_that_are_large_are_not_added_up(client: httpx.Client) -> None:
    large = REQUEST.replace(END, b"\r\nX-A: " + b"a" * 30_000 + END)
    with connect(client) as connection:
        connection.sendall(3 * large + LAST[:10])
        answers = connection.recv(65_536)
        connection.sendall(LAST[10:])
        assert statuses(answers + received(connection)) == [200] * 4


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /" + b"a" * 10_000 + b" HTTP/1.1\r\nConnection: close" + END, 414),
        (b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: a" + END, 414),
        (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a" + END, 414),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * 100_000 + END, 431),
        (b"GET / HTTP/1.1\r\n" + b"X-A: a\r\n" * 10_000 + END, 431),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * 40_000 + END, 431),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * protocol.MAX_BUFFERED_BYTES, 431),
        (b"GET /" + b"a" * protocol.MAX_BUFFERED_BYTES, 414),
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
            assert statuses(one_answer(connection)) == [200]
        with connect(client) as third:
            answer = exchange(client, REQUEST)
            assert statuses(answer) == [503]
            assert b"retry-after: 5" in answer
            assert b"/problems/overloaded" in answer
            assert b"x-request-id" in answer
            second.sendall(REQUEST)  # which is answered, though there is one too many now
            assert statuses(one_answer(second)) == [200]
            first.shutdown(socket.SHUT_WR)
            assert received(first) == b""
            third.sendall(LAST)
            assert statuses(received(third)) == [200]


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="only Linux tells the limits of another process")
def test_a_process_may_have_files_open_for_all_its_connections(store: Path) -> None:
    seed(store, SAMPLE)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, hard))  # which the process inherits
    try:
        with serving_process(store, "--no-access-log") as (client, process):
            assert client.get("/v1/guides").status_code == 200
            limits = Path(f"/proc/{process.pid}/limits").read_text()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    (allowed,) = re.findall(r"Max open files +(\d+)", limits)
    assert int(allowed) > 2 * Settings().concurrency


def test_of_far_too_many_connections_the_last_are_not_taken_on(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, concurrency=1) as client, ExitStack() as open_ones:
        first, second, *others = (open_ones.enter_context(connect(client)) for _ in range(6))
        for connection in others:
            with suppress(ConnectionError):
                connection.sendall(LAST)
        assert [statuses(received(connection)) for connection in others] == [[]] * 4
        for connection, status in ((second, 503), (first, 200)):
            connection.sendall(LAST)
            assert statuses(received(connection)) == [status]
