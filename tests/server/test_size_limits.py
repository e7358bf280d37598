"""Limits on the size of a request's head and body."""

from contextlib import suppress

import httpx
import pytest

from app import limits
from tests.raw import connect, exchange, receive_all, receive_response, statuses
from tests.server.requests import END, LAST, REQUEST


@pytest.mark.parametrize("body", [b"x" * 10, b"x" * 300_000])
def test_a_body_is_ignored_and_does_not_disturb_the_next_request(client: httpx.Client, body: bytes) -> None:
    for method, status in ((b"GET", 200), (b"POST", 405)):
        head = method + b" /v1/guides HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body)
        assert statuses(exchange(client, head + body + LAST)) == [status, 200]


def test_a_body_over_the_limit_closes_the_connection(client: httpx.Client) -> None:
    body = b"x" * (5 * limits.MAX_BODY_BYTES)
    head = b"POST /v1/guides HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body)
    with connect(client) as connection, suppress(ConnectionError):
        connection.sendall(head)
        assert statuses(receive_response(connection)) == [405]
        connection.sendall(body + LAST)
        assert receive_all(connection) == b""


def test_the_limit_applies_to_each_body_by_itself(client: httpx.Client) -> None:
    body = b"x" * (limits.MAX_BODY_BYTES * 2 // 3)
    head = b"POST /v1/guides HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body)
    assert statuses(exchange(client, 3 * (head + body) + LAST)) == [405, 405, 405, 200]


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /" + b"a" * 10_000 + b" HTTP/1.1\r\nConnection: close" + END, 414),
        (b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: a" + END, 414),
        (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a" + END, 414),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * 100_000 + END, 431),
        (b"GET / HTTP/1.1\r\n" + b"X-A: a\r\n" * 10_000 + END, 431),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * 40_000 + END, 431),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * limits.MAX_BUFFERED_BYTES, 431),
        (b"GET /" + b"a" * limits.MAX_BUFFERED_BYTES, 414),
    ],
)
def test_line_6_a_head_over_the_limit_is_rejected(client: httpx.Client, head: bytes, status: int) -> None:
    with connect(client) as connection:
        connection.sendall(head)
        assert statuses(receive_all(connection)) == [status]


@pytest.mark.parametrize(("lines", "status"), [(limits.MAX_HEADER_LINES, 200), (limits.MAX_HEADER_LINES + 1, 431)])
@pytest.mark.parametrize("name", [b"X-%d", b"X-Same"])
def test_line_6_a_request_may_have_a_hundred_header_lines(
    client: httpx.Client, lines: int, status: int, name: bytes
) -> None:
    names = [name % number if b"%" in name else name for number in range(lines - 2)]
    headers = b"".join(b"\r\n" + name + b": a" for name in names)
    response = exchange(client, LAST.replace(END, headers + END))
    assert statuses(response) == [status]
    assert status == 200 or b"more than 100 header lines" in response


@pytest.mark.parametrize(
    ("blank", "status"), [(b"\r\n", 200), (b"\n" * 40, 200), (b"\r\n" * 33, 400), (b"\r\n" * 32_000, 400)]
)
def test_a_few_blank_lines_before_a_request_are_ignored(client: httpx.Client, blank: bytes, status: int) -> None:
    with connect(client) as connection:
        for _ in range(2):
            with suppress(ConnectionError):
                connection.sendall(blank + REQUEST)
            assert statuses(receive_response(connection)) == [status]
            if status == 400:
                break


@pytest.mark.parametrize(
    "request_line", [b"GET / HTTP/2.0", b"GET / HTTP/3.0", b"GET / HTTP/0.9", b"GET / HTTP/9.9", b"PRI * HTTP/2.0"]
)
def test_other_versions_of_http_are_not_supported(client: httpx.Client, request_line: bytes) -> None:
    response = exchange(client, request_line + b"\r\nHost: a" + END)
    assert statuses(response) == [505]
    assert b"/problems/http-version-not-supported" in response


def test_a_head_over_the_limit_is_rejected_with_all_that_follows(client: httpx.Client) -> None:
    large = b"GET / HTTP/1.1\r\nX-A: " + b"a" * 2 * limits.MAX_HEAD_BYTES + END
    assert statuses(exchange(client, large[:40_000] + END + LAST)) == [431]


def test_the_limit_applies_to_each_head_by_itself(client: httpx.Client) -> None:
    large = REQUEST.replace(END, b"\r\nX-A: " + b"a" * 30_000 + END)
    with connect(client) as connection:
        for _ in range(3):
            connection.sendall(large)
            assert statuses(receive_response(connection)) == [200]


def test_large_pipelined_requests_close_the_connection_after_the_first_responses(client: httpx.Client) -> None:
    large = REQUEST.replace(END, b"\r\nX-A: " + b"a" * 10_000 + END)
    assert statuses(exchange(client, 10 * large)) in ([200] * 2, [200] * 3)
