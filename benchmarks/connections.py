"""Many clients at once, each with a connection that it keeps."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import NamedTuple

PATIENCE_S = 30  # after which an answer that has not come is a fault


class Answer(NamedTuple):
    """An answer whole: its status, its entity tag where it has one, and its body as it was sent."""

    status: int
    etag: bytes
    body: bytes


class Exchange(NamedTuple):
    """When something was asked and answered, in seconds, and what the client thinks of the answer."""

    asked: float
    answered: float
    verdict: str


class Connection:
    """One connection to a server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def ask(self, asked: bytes) -> Answer:
        """What a request is answered with; an answer that is late, cut short or no HTTP is an exception."""
        self.writer.write(asked)
        async with asyncio.timeout(PATIENCE_S):
            return await self.answer(asked)

    async def answer(self, asked: bytes) -> Answer:
        """The next answer that comes, which is to what was asked."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        status, length = int(head[9:12]), int(_field(head, b"content-length") or 0)
        has_body = not asked.startswith(b"HEAD") and status != 304
        return Answer(status, _field(head, b"etag"), await self.reader.readexactly(length) if has_body else b"")


def _field(head: bytes, name: bytes) -> bytes:
    return head.partition(b"\r\n%b: " % name)[2].partition(b"\r\n")[0]


def request(address: str, method: str = "GET", **fields: str) -> bytes:
    """A request as bytes; an underscore in the name of a field is a hyphen."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"{method} {address} HTTP/1.1\r\nHost: guide.test\r\n{lines}\r\n".encode()


@asynccontextmanager
async def connected(server: str) -> AsyncIterator[Connection]:
    """A connection to the server at an address such as `http://127.0.0.1:8000`."""
    host, _, port = server.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        yield Connection(reader, writer)
    finally:
        writer.close()


async def answers(server: str, asked: Iterable[bytes]) -> dict[bytes, Answer]:
    """What each request is answered with, one after the other."""
    async with connected(server) as connection:
        return {each: await connection.ask(each) for each in asked}


async def besiege(
    server: str, asked: Sequence[bytes], connections: int, seconds: float, judge: Callable[[bytes, Answer], str]
) -> list[list[Exchange]]:
    """What each of many connections has to tell, which ask all requests in turn, each from another one on."""
    until = time.perf_counter() + seconds
    return await asyncio.gather(
        *(_ask_in_turn(server, asked, first * len(asked) // connections, until, judge) for first in range(connections))
    )


async def _ask_in_turn(
    server: str, asked: Sequence[bytes], first: int, until: float, judge: Callable[[bytes, Answer], str]
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


def seconds_taken(told: Iterable[Iterable[Exchange]]) -> list[float]:
    """How long each answer took, the shortest first."""
    return sorted(exchange.answered - exchange.asked for connection in told for exchange in connection)
