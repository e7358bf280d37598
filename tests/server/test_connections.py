"""Limits on the number of connections."""

import re
import resource
import socket
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from app.settings import Settings
from tests.raw import connect, exchange, receive_all, receive_response, statuses
from tests.server.requests import LAST, REQUEST
from tests.service import SAMPLE, seed, serving, serving_process


def test_connections_over_the_limit_get_a_503(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, concurrency=2) as client, connect(client) as first, connect(client) as second:
        for connection in (first, second):
            connection.sendall(REQUEST)
            assert statuses(receive_response(connection)) == [200]
        with connect(client) as third:
            response = exchange(client, REQUEST)
            assert statuses(response) == [503]
            assert b"retry-after: 5" in response
            assert b"/problems/overloaded" in response
            assert b"x-request-id" in response
            second.sendall(REQUEST)  # older connections are still served
            assert statuses(receive_response(second)) == [200]
            first.shutdown(socket.SHUT_WR)
            assert receive_all(first) == b""
            third.sendall(LAST)
            assert statuses(receive_all(third)) == [200]


def test_connections_far_over_the_limit_are_closed_at_once(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, concurrency=1) as client, ExitStack() as stack:
        first, second, *others = (stack.enter_context(connect(client)) for _ in range(6))
        for connection in others:
            with suppress(ConnectionError):
                connection.sendall(LAST)
        assert [statuses(receive_all(connection)) for connection in others] == [[]] * 4
        for connection, status in ((second, 503), (first, 200)):
            connection.sendall(LAST)
            assert statuses(receive_all(connection)) == [status]


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
