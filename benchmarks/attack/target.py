"""Connections to the attacked server from another address, and clients that never give up."""

import asyncio
import os
import resource
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import cache
from typing import NamedTuple

ONE_ADDRESS = "127.0.0.2"  # ordinary readers connect from 127.0.0.1
MANY_ADDRESSES = tuple(f"127.0.1.{number}" for number in range(1, 251))
READER_BYTES = 65_536  # asyncio's default
PAUSE_S = 0.01  # after a connection, so that a server that refuses all of them is not attacked by that alone


class Target(NamedTuple):
    """The server to attack."""

    host: str
    port: int

    @asynccontextmanager
    async def connected(
        self, source: str = ONE_ADDRESS, receive_buffer: int | None = None
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """Connect from an address of this machine, with a receive buffer in bytes."""
        connection = socket.socket()
        connection.setblocking(False)
        if receive_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        try:
            connection.bind((source, 0))
            await asyncio.get_running_loop().sock_connect(connection, (self.host, self.port))
        except BaseException:
            connection.close()
            raise
        reader, writer = await asyncio.open_connection(sock=connection, limit=receive_buffer or READER_BYTES)
        try:
            yield reader, writer
        finally:
            writer.transport.abort()


def repeat(attack: Callable[[Target], Awaitable[None]], clients: int = 1) -> None:
    """Attack the server named on the command line with many clients until the process is killed."""
    most_files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))
    os.nice(10)  # attackers are on other machines: they must not slow the readers by using this one's processors
    host, _, port = sys.argv[1].removeprefix("http://").partition(":")
    asyncio.run(_attack_forever(attack, Target(host, int(port)), clients))


async def _attack_forever(attack: Callable[[Target], Awaitable[None]], target: Target, clients: int) -> None:
    async def client() -> None:
        while True:
            with suppress(OSError, EOFError):  # the server may close the connection at any time
                await attack(target)
            await asyncio.sleep(PAUSE_S)

    await asyncio.gather(*(client() for _ in range(clients)))


async def expect_status(reader: asyncio.StreamReader, status: int, within_s: float = 1) -> None:
    """Complain if the next response has another status or does not come in time."""
    try:
        line = await asyncio.wait_for(reader.readline(), within_s)
    except TimeoutError:
        _complain(f"no response within {within_s} s instead of {status}")
    else:
        if line and not line.startswith(b"HTTP/1.1 %d " % status):
            _complain(f"{line.decode('latin-1').strip()} instead of {status}")


@cache
def _complain(message: str) -> None:
    """Print a message once: the last one is reported with the figures."""
    print(message, file=sys.stderr, flush=True)
