"""How the service stops: it warns its clients, and no client can keep it from stopping."""

import signal
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse

from app import limits
from tests.raw import connect, exchange, receive_response, statuses
from tests.server.requests import LAST, REQUEST
from tests.service import SAMPLE, seed, serving_app, serving_process

READY = REQUEST.replace(b"/v1/guides", b"/health/ready")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_service_warns_its_clients_before_it_stops(
    store: Path, monkeypatch: pytest.MonkeyPatch, workers: str
) -> None:
    seed(store, SAMPLE)
    monkeypatch.setenv("TREATY_GUIDE_SHUTDOWN_DELAY", "0.5")
    with serving_process(store, "--no-access-log", "--workers", workers) as (client, process):
        assert client.get("/health/ready").status_code == 200
        with connect(client) as connection:
            process.send_signal(signal.SIGTERM)
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
