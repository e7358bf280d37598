"""How the service stops: it warns its clients, and no client can keep it from stopping."""

import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO

import httpx
import pytest
from starlette.responses import PlainTextResponse

from app import limits
from tests.raw import connect, exchange, receive_response, statuses
from tests.server.requests import LAST, REQUEST
from tests.service import SAMPLE, seed, serving_app, serving_process

READY = REQUEST.replace(b"/v1/guides", b"/health/ready")


@pytest.mark.parametrize(("signal_", "workers"), [("SIGTERM", "1"), ("SIGTERM", "2"), ("SIGHUP", "1")])
def test_a_service_warns_its_clients_before_it_stops(
    store: Path, monkeypatch: pytest.MonkeyPatch, signal_: str, workers: str
) -> None:
    seed(store, SAMPLE)
    monkeypatch.setenv("TREATY_GUIDE_SHUTDOWN_DELAY", "0.5")
    with serving_process(store, "--no-access-log", "--workers", workers) as (client, process):
        assert client.get("/health/ready").status_code == 200
        with connect(client) as connection:
            process.send_signal(signal.Signals[signal_])
            response = b""
            while b"connection: close" not in response:
                connection.sendall(READY)
                response = receive_response(connection)
        assert statuses(response) == [503]
        assert b"The service is stopping." in response
        process.wait()
        assert process.stderr
        log = process.stderr.read()
        assert "Stopping parent process" in log or "Finished server process" in log, log


def test_a_second_signal_stops_the_service_at_once(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed(store, SAMPLE)
    monkeypatch.setenv("TREATY_GUIDE_SHUTDOWN_DELAY", "300")
    with serving_process(store) as (client, process):
        assert client.get("/health/ready").status_code == 200
        process.send_signal(signal.SIGTERM)
        while client.get("/health/ready").status_code == 200:
            pass
        process.send_signal(signal.SIGTERM)
        process.wait()


@pytest.mark.parametrize("request_", [REQUEST, LAST], ids=["keep-alive", "close"])
def test_a_client_that_does_not_read_its_response_does_not_delay_the_end(
    monkeypatch: pytest.MonkeyPatch, request_: bytes
) -> None:
    monkeypatch.setattr(limits, "SEND_BUFFER_BYTES", 4_096)
    monkeypatch.setattr(limits, "SHUTDOWN_S", 300)
    monkeypatch.setattr(limits, "SHUTDOWN_WRITE_S", 0.1)
    with ExitStack() as stack, serving_app(PlainTextResponse(b"x" * 1_000_000)) as client:
        connection = stack.enter_context(connect(client, receive_buffer=4_096))  # closed after the server has stopped
        connection.sendall(request_)
        assert connection.recv(1)


def test_a_log_that_nobody_reads_delays_neither_the_responses_nor_the_end(store: Path) -> None:
    seed(store, SAMPLE)
    with serving_process(store) as (client, process):  # which reads the address of the service, and then no more
        for _ in range(300):
            assert statuses(exchange(client, 3 * REQUEST + LAST)) == [200] * 4
        process.terminate()
        process.wait()


def test_a_log_whose_reader_has_died_fails_no_request(store: Path) -> None:
    seed(store, SAMPLE)
    with serving_process(store) as (client, process):
        assert process.stderr
        process.stderr.close()
        assert statuses(exchange(client, 3 * REQUEST + LAST)) == [200] * 4


def test_workers_stop_when_their_parent_is_killed(store: Path) -> None:
    seed(store, SAMPLE)
    with serving_process(store, "--workers", "2") as (client, process):
        assert client.get("/health/ready").status_code == 200
        process.kill()
        assert process.stderr
        assert "Finished server process" in process.stderr.read()  # which ends when the last worker has closed it


def test_a_restart_of_the_workers_fails_no_request(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed(store, SAMPLE)
    monkeypatch.setenv("TREATY_GUIDE_SHUTDOWN_DELAY", "0")
    with serving_process(store, "--no-access-log", "--workers", "2") as (client, process), ThreadPoolExecutor() as pool:
        assert client.get("/health/ready").status_code == 200
        assert process.stderr
        process.send_signal(signal.SIGHUP)
        restart = pool.submit(_read_lines, process.stderr, "Finished server process", 2)
        while not restart.done():
            assert statuses(exchange(client, LAST)) == [200]


def test_a_connection_may_send_its_first_request_after_the_port_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SHUTDOWN_REQUEST_S", 300)
    with ThreadPoolExecutor() as pool, ExitStack() as stack:
        with serving_app(PlainTextResponse("text")) as client:
            connection = stack.enter_context(connect(client))
            assert client.get("/").status_code == 200  # on a later connection
            response = pool.submit(_send_when_the_port_is_closed, client, connection)
        assert statuses(response.result()) == [200]


def _send_when_the_port_is_closed(client: httpx.Client, connection: socket.socket) -> bytes:
    """Wait until a server accepts no connections, then send a request on this one."""
    with suppress(ConnectionError):
        while True:
            socket.create_connection((client.base_url.host, client.base_url.port)).close()
    connection.sendall(LAST)
    return receive_response(connection)


def _read_lines(log: IO[str], text: str, number: int) -> None:
    """Read a log until it has had so many lines with this text."""
    while number:
        number -= text in log.readline()
