"""Use the transport of a connection, which is one of asyncio or uvloop."""

import asyncio
import select
from socket import SO_SNDBUF, SOL_SOCKET

from app import limits

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"  # as uvicorn asks for the body of a request


class ResponseWriter:
    """Write the responses of a connection, and limit the memory for what is unsent.

    The head of a response is written together with a short body: uvloop makes a system call for each write, which takes
    longer than to copy the body.
    """

    __slots__ = ("_head", "_transport")  # one per connection

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head: bytes | None = None  # None if no response has begun; empty once it is written
        transport.set_write_buffer_limits(0)  # writing pauses while anything is unsent
        if connection := transport.get_extra_info("socket"):
            connection.setsockopt(SOL_SOCKET, SO_SNDBUF, limits.SEND_BUFFER_BYTES)

    def write(self, data: bytes) -> None:
        """Keep the head until the body follows; delay nothing else."""
        if self._head is None and data != CONTINUE:
            self._head = data
        elif self._head and len(data) <= limits.MAX_COPIED_BYTES:
            self._transport.write(b"".join((self._head, data)))
            self._head = b""
        else:
            self._write_head()
            self._transport.write(data)

    def end(self) -> None:
        """Write the head if there was no body, and expect the next response."""
        self._write_head()
        self._head = None

    def is_closing(self) -> bool:
        """Return whether the connection is closed, or will be when everything is written."""
        return self._transport.is_closing()

    def close(self) -> None:
        """Close the connection when everything is written."""
        self.end()
        self._transport.close()

    def _write_head(self) -> None:
        if self._head:
            self._transport.write(self._head)
            self._head = b""


def has_unread_data(transport: asyncio.Transport) -> bool:
    """Return whether the client has sent what the event loop has not read yet.

    After a pause, such as one of the machine, uvloop runs the timeouts that are due before it reads.
    """
    connection = transport.get_extra_info("socket")
    if connection is None or transport.is_closing():
        return False
    readable = select.poll()
    readable.register(connection.fileno(), select.POLLIN)
    return bool(readable.poll(0))


def pause_for_a_turn(transport: asyncio.Transport) -> None:
    """Read no more in this turn of the event loop: uvloop would read from one connection up to 32 times."""
    transport.pause_reading()
    asyncio.get_running_loop().call_soon(_resume, transport)


def _resume(transport: asyncio.Transport) -> None:
    if not transport.is_closing():
        transport.resume_reading()
