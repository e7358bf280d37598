"""Many concurrent clients with persistent connections."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import NamedTuple

PATIENCE_S = 30  # after which an answer that has not come is a fault


class Response(NamedTuple):
    """A complete response: status, ETag if there is one, and encoded body."""

    status: int
    etag: bytes
    body: bytes


class Exchange(NamedTuple):
    """Start and end of an exchange in seconds, and the verdict on its response."""

    asked: float
    answered: float
    verdict: str


class Connection:
    """One connection to a server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def ask(self, asked: bytes) -> Response:
        """Send a request; raise an exception if the response is late, incomplete or not HTTP."""
        self.writer.write(asked)
        async with asyncio.timeout(PATIENCE_S):
            return await self.answer(asked)

    async def answer(self, asked: bytes) -> Response:
        """Read the next response."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        status, length = int(head[9:12]), int(_field(head, b"content-length") or 0)
        has_body = not asked.startswith(b"HEAD") and status != 304
        return Response(status, _field(head, b"etag"), await self.reader.readexactly(length) if has_body else b"")


def _field(head: bytes, name: bytes) -> bytes:
    return head.partition(b"\r\n%b: " % name)[2].partition(b"\r\n")[0]


def request(address: str, method: str = "GET", **fields: str) -> bytes:
    """Return a request as bytes; underscores in header names become hyphens."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"{method} {address} HTTP/1.1\r\nHost: guide.test\r\n{lines}\r\n".encode()


@asynccontextmanager
async def connected(server: str) -> AsyncIterator[Connection]:
    """Connect to the server at an address such as `http://127.0.0.1:8000`."""
    host, _, port = server.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        yield Connection(reader, writer)
    finally:
        writer.close()


async def answers(server: str, asked: Iterable[bytes]) -> dict[bytes, Response]:
    """Send the requests one after the other and return their responses."""
    async with connected(server) as connection:
        return {each: await connection.ask(each) for each in asked}


async def run_load(
    server: str, asked: Sequence[bytes], connections: int, seconds: float, judge: Callable[[bytes, Response], str]
) -> list[list[Exchange]]:
    """Return the exchanges of each connection; each sends all requests from its own start."""
    until = time.perf_counter() + seconds
    return await asyncio.gather(
        *(_ask_in_turn(server, asked, first * len(asked) // connections, until, judge) for first in range(connections))
    )


async def _ask_in_turn(
    server: str, asked: Sequence[bytes], first: int, until: float, judge: Callable[[bytes, Response], str]
) -> list[Exchange]:
    told: list[Exchange] = []
    start = time.perf_counter()
    try:
        async with connected(server) as connection:
            while (start := time.perf_counter()) < until:
                asking = asked[(first + len(told)) % len(asked)]
                answer = await connection.ask(asking)
                told.append(Exchange(start, time.perf_counter(), judge(asking, answer)))
    except (OSError, EOFError, ValueError) as error:  # of which a timeout is one
        told.append(Exchange(start, time.perf_counter(), f"the connection failed: {error!r}"))
    return told


def durations(told: Iterable[Iterable[Exchange]]) -> list[float]:
    """Return the duration of each exchange in seconds, shortest first."""
    return sorted(exchange.answered - exchange.asked for connection in told for exchange in connection)
