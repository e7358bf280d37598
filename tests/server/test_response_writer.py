"""How responses are written to the transport of a connection."""

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import pytest
import uvloop

from app import limits
from app.server.transports import CONTINUE, ResponseWriter


class RecordingTransport(asyncio.Transport):
    """A transport that records what is written together."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.has_closed = False

    def write(self, data: Any) -> None:
        self.written.append(bytes(data))

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        assert high == 0

    def is_closing(self) -> bool:
        return self.has_closed

    def close(self) -> None:
        self.has_closed = True


@pytest.fixture
def transport() -> RecordingTransport:
    return RecordingTransport()


@pytest.fixture
def writer(transport: RecordingTransport) -> ResponseWriter:
    return ResponseWriter(transport)


def test_the_head_is_written_together_with_the_body(transport: RecordingTransport, writer: ResponseWriter) -> None:
    for head, body in ((b"head", b"body"), (b"another head", b"another body")):
        writer.write(head)
        writer.write(body)
        writer.end()
    assert transport.written == [b"headbody", b"another headanother body"]


def test_a_head_without_a_body_is_written_when_the_response_ends(
    transport: RecordingTransport, writer: ResponseWriter
) -> None:
    writer.write(b"head")
    assert transport.written == []
    writer.end()
    assert transport.written == [b"head"]


def test_a_long_body_is_not_copied(transport: RecordingTransport, writer: ResponseWriter) -> None:
    body = bytes(limits.MAX_COPIED_BYTES + 1)
    writer.write(b"head")
    writer.write(body)
    assert transport.written == [b"head", body]


def test_only_the_first_part_of_a_body_is_written_together_with_the_head(
    transport: RecordingTransport, writer: ResponseWriter
) -> None:
    for part in (b"head", b"first", b"second", b"third"):
        writer.write(part)
    assert transport.written == [b"headfirst", b"second", b"third"]


def test_a_request_for_the_body_is_written_without_delay(transport: RecordingTransport, writer: ResponseWriter) -> None:
    for part in (CONTINUE, b"head", b"body"):
        writer.write(part)
    assert transport.written == [CONTINUE, b"headbody"]


def test_closing_writes_what_was_kept(transport: RecordingTransport, writer: ResponseWriter) -> None:
    writer.write(b"head")
    writer.close()
    assert transport.written == [b"head"]
    assert writer.is_closing()


class Sender(asyncio.Protocol):
    """The sending side of a connection, which records whether it was told to pause."""

    is_paused = False

    def pause_writing(self) -> None:
        self.is_paused = True

    def resume_writing(self) -> None:
        self.is_paused = False


@pytest.mark.parametrize("new_loop", [asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def test_writing_pauses_while_a_single_byte_is_unsent(
    monkeypatch: pytest.MonkeyPatch, new_loop: Callable[[], asyncio.AbstractEventLoop]
) -> None:
    monkeypatch.setattr(limits, "SEND_BUFFER_BYTES", 4_096)

    async def unsent_of(size: int) -> int:
        loop = asyncio.get_running_loop()
        here, there = socket.socketpair()
        there.setblocking(False)
        transport, sender = await loop.create_connection(Sender, sock=here)
        ResponseWriter(transport).write(CONTINUE)  # is not kept
        transport.write(bytes(size))
        unsent: int = transport.get_write_buffer_size()
        with there:
            while transport.get_write_buffer_size():
                assert sender.is_paused
                await loop.sock_recv(there, 100)
            assert not sender.is_paused
        transport.close()
        return unsent

    async def test() -> None:
        sent = 100_000 - await unsent_of(100_000)
        assert [await unsent_of(sent + more) for more in (0, 1)] == [0, 1]

    loop = new_loop()
    loop.run_until_complete(test())
    loop.close()
