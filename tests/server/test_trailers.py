"""Chunk sizes and trailers of requests are dropped, up to a limit."""

import gc
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from app import limits
from app.server.protocol import BoundedProtocol
from tests.raw import connect, exchange, receive_all, receive_response, statuses
from tests.server.requests import LAST
from tests.service import serving_app

CHUNKED = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"


async def echo_headers(scope: Scope, receive: Receive, send: Send) -> None:
    """Respond with the names of the headers after the whole body has arrived."""
    request = Request(scope, receive)
    await request.body()
    await JSONResponse(sorted(request.headers))(scope, receive, send)


@pytest.fixture(scope="module")
def echo() -> Iterator[httpx.Client]:
    """A client of a server that responds with the names of the headers."""
    with serving_app(echo_headers) as client:
        yield client


def test_trailers_are_not_headers(echo: httpx.Client) -> None:
    responses = exchange(echo, CHUNKED + b"0\r\nX-Trailer: a\r\nHost: b\r\n\r\n" + LAST)
    assert statuses(responses) == [200, 200]
    assert b'["host","transfer-encoding"]' in responses
    assert b"trailer" not in responses


@pytest.mark.parametrize(
    "endless",
    [b"0\r\n" + b"X-A: a\r\n" * 20_000, b"0\r\nX-A: " + b"a" * 500_000, b"1;" + b"a" * 500_000],
    ids=["many trailers", "a long trailer", "a long chunk extension"],
)
@pytest.mark.parametrize("address", ["echo", "client"])
def test_a_request_that_does_not_end_closes_the_connection(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, address: str, endless: bytes
) -> None:
    """Whether the response waits for the end of the request or not."""
    monkeypatch.setattr(limits, "REQUEST_S", 300)
    with connect(request.getfixturevalue(address)) as connection:
        with suppress(ConnectionError):
            connection.sendall(CHUNKED + endless)
        assert statuses(receive_all(connection)) in ([], [200], [405])


def test_trailers_that_have_arrived_take_no_memory(echo: httpx.Client) -> None:
    trailers = b"X-A: a\r\n" * 1_000
    with connect(echo) as connection:
        connection.sendall(CHUNKED + b"0\r\n" + trailers)
        while not (received := _receiving(len(trailers))):
            exchange(echo, LAST)
        assert received[0].headers == []


def _receiving(size: int) -> list[BoundedProtocol]:
    """Return connections of this process that have received so many bytes of an incomplete request."""
    found = (each for each in gc.get_objects() if isinstance(each, BoundedProtocol))
    return [each for each in found if each._unparsed_bytes >= size]


def test_a_few_trailers_do_not_close_the_connection(client: httpx.Client) -> None:
    trailers = b"X-A: a\r\n" * limits.MAX_HEADER_LINES
    with connect(client) as connection:
        for _ in range(3):
            connection.sendall(CHUNKED + b"0\r\n" + trailers + b"\r\n")
            assert statuses(receive_response(connection)) == [405]
