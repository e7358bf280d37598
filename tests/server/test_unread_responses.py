"""Responses that clients do not read."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app import limits
from app.http import unread
from tests.raw import connect, receive_all
from tests.server.requests import END
from tests.service import GUIDE, SEEDS, seed, serving

FILE = f"/v1/guides/{GUIDE}/downloads/jsonl"
OTHER_FILE = f"/v1/guides/{GUIDE}/downloads/sqlite"


@pytest.fixture
def client(store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """Serve files of about a megabyte, with memory for one of them."""
    monkeypatch.setattr(unread, "MAX_UNREAD_BYTES", 1_500_000)
    monkeypatch.setattr(unread, "MIN_UNREAD_BODIES", 1)
    monkeypatch.setattr(limits, "SEND_BUFFER_BYTES", 4_096)
    seed(store, SEEDS)
    with serving(store) as client:
        yield client


def request(path: str, *headers: str) -> bytes:
    lines = (f"GET {path} HTTP/1.1", "Host: a", "Connection: close", *headers)
    return "\r\n".join(lines).encode() + END


def body(response: bytes) -> bytes:
    return response.partition(END)[2]


def test_the_largest_unread_response_is_dropped_if_all_together_take_too_much(client: httpx.Client) -> None:
    whole, other = client.get(FILE).content, client.get(OTHER_FILE).content
    with connect(client, receive_buffer=4_096, source="127.0.0.2") as idle, connect(client) as ordinary:
        idle.sendall(request(FILE))
        beginning = idle.recv(1_000)
        ordinary.sendall(request(OTHER_FILE))
        assert body(receive_all(ordinary)) == other
        assert len(body(beginning + receive_all(idle))) < len(whole)


@pytest.mark.parametrize("start", [0, 1, 1_000])
def test_clients_that_read_the_same_file_share_its_memory(client: httpx.Client, start: int) -> None:
    whole = client.get(FILE).content
    with connect(client, receive_buffer=4_096, source="127.0.0.2") as slow, connect(client) as resuming:
        slow.sendall(request(FILE))
        beginning = slow.recv(1_000)
        resuming.sendall(request(FILE, f"Range: bytes={start}-"))
        assert body(receive_all(resuming)) == whole[start:]
        assert body(beginning + receive_all(slow)) == whole


def test_a_few_files_are_sent_however_large_they_are(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread, "MIN_UNREAD_BODIES", 2)
    whole, other = client.get(FILE).content, client.get(OTHER_FILE).content
    with connect(client, receive_buffer=4_096, source="127.0.0.2") as slow, connect(client) as ordinary:
        slow.sendall(request(FILE))
        beginning = slow.recv(1_000)
        ordinary.sendall(request(OTHER_FILE))
        assert body(receive_all(ordinary)) == other
        assert body(beginning + receive_all(slow)) == whole
