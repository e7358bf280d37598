"""Operations on the transport of a connection, which is one of asyncio or uvloop."""

import asyncio
import select
from socket import SO_SNDBUF, SOL_SOCKET

from app import limits


def limit_unsent(transport: asyncio.Transport) -> None:
    """Limit the memory, of this process and of the system, for what the client has not read yet."""
    transport.set_write_buffer_limits(limits.MAX_UNSENT_BYTES)
    if connection := transport.get_extra_info("socket"):
        connection.setsockopt(SOL_SOCKET, SO_SNDBUF, limits.SEND_BUFFER_BYTES)


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
