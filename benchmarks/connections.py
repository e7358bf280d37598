"""Many concurrent clients with persistent connections."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import NamedTuple

RESPONSE_TIMEOUT_S = 30


class Response(NamedTuple):
    """A complete response: status, ETag if there is one, and encoded body."""

    status: int
    etag: bytes
    body: bytes


class Exchange(NamedTuple):
    """A request and its response: start and end in seconds, and the verdict on the response."""

    start: float
    end: float
    verdict: str


class Connection:
    """One connection to a server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def exchange(self, request: bytes) -> Response:
        """Send a request and read its response.

        Raises an exception if the response is late, incomplete or not HTTP.
        """
        self.writer.write(request)
        async with asyncio.timeout(RESPONSE_TIMEOUT_S):
            return await self.read_response(request)

    async def read_response(self, request: bytes) -> Response:
        """Read the response to a request that was sent."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        status, length = int(head[9:12]), int(_header(head, b"content-length") or 0)
        has_body = not request.startswith(b"HEAD") and status != 304
        return Response(status, _header(head, b"etag"), await self.reader.readexactly(length) if has_body else b"")


def _header(head: bytes, name: bytes) -> bytes:
    return head.partition(b"\r\n%b: " % name)[2].partition(b"\r\n")[0]


def request(address: str, method: str = "GET", **headers: str) -> bytes:
    """Return a request as bytes; underscores in header names become hyphens."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
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


async def fetch_all(server: str, requests: Iterable[bytes]) -> dict[bytes, Response]:
    """Send requests one after the other and return their responses."""
    async with connected(server) as connection:
        return {each: await connection.exchange(each) for each in requests}


async def run_load(
    server: str, requests: Sequence[bytes], connections: int, seconds: float, judge: Callable[[bytes, Response], str]
) -> list[list[Exchange]]:
    """Send the requests over each connection, from different starts; return the exchanges."""
    deadline = time.perf_counter() + seconds
    starts = [number * len(requests) // connections for number in range(connections)]
    return await asyncio.gather(
        *(_run_connection(server, [*requests[start:], *requests[:start]], deadline, judge) for start in starts)
    )


async def _run_connection(
    server: str, requests: Sequence[bytes], deadline: float, judge: Callable[[bytes, Response], str]
) -> list[Exchange]:
    exchanges: list[Exchange] = []
    start = time.perf_counter()
    try:
        async with connected(server) as connection:
            for each in itertools.cycle(requests):
                if (start := time.perf_counter()) >= deadline:
                    break
                response = await connection.exchange(each)
                exchanges.append(Exchange(start, time.perf_counter(), judge(each, response)))
    except (OSError, EOFError, ValueError) as error:  # including timeouts
        exchanges.append(Exchange(start, time.perf_counter(), f"the connection failed: {error!r}"))
    return exchanges


def durations(connections: Iterable[Iterable[Exchange]]) -> list[float]:
    """Return the duration of each exchange in seconds, shortest first."""
    return sorted(exchange.end - exchange.start for exchanges in connections for exchange in exchanges)
