"""Ordinary readers, and what they notice."""

import asyncio
import itertools
import time
from typing import NamedTuple

from benchmarks.addresses import GUIDE
from benchmarks.connections import request

REQUESTS = (request(f"{GUIDE}/sections/history"), request("/health/live"))
TIMEOUT_S = 10  # after which a reader gives up


class Exchange(NamedTuple):
    """The duration of a request, and why it failed; empty if it did not."""

    milliseconds: float
    failure: str


class Reader:
    """A client that fetches a section and `/health/live` in turn until it is told to stop.

    It connects for each request unless `keep_alive`. While the server is stopping, it leaves when told to by
    `Connection: close`, as if another server took over.
    """

    def __init__(self, server: str, *, keep_alive: bool, pause_s: float) -> None:
        host, _, port = server.removeprefix("http://").partition(":")
        self.host, self.port = host, int(port)
        self.keep_alive = keep_alive
        self.pause_s = pause_s
        self.exchanges: list[Exchange] = []
        self.is_stopped = False
        self.is_server_stopping = False
        self._connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def read(self) -> None:
        """Send requests, each after the response to the one before."""
        for head in itertools.cycle(REQUESTS):
            if self.is_stopped:
                break
            start = time.perf_counter()
            try:
                async with asyncio.timeout(TIMEOUT_S):
                    status = await self._fetch(head)
                failure = "" if status == 200 else str(status)
            except ConnectionRefusedError:
                if self.is_server_stopping:
                    break
                failure = "refused"
            except (OSError, EOFError) as error:  # including timeouts
                self._disconnect()
                failure = type(error).__name__
            self.exchanges.append(Exchange((time.perf_counter() - start) * 1_000, failure))
            await asyncio.sleep(self.pause_s)
        self._disconnect()

    async def _fetch(self, head: bytes) -> int:
        """Return the status; raise an exception if the response is incomplete."""
        if self._connection and self._connection[0].at_eof():
            self._disconnect()
            if not self.is_server_stopping:
                raise ConnectionAbortedError("closed between two requests, without `Connection: close`")
        if self._connection is None:
            self._connection = await asyncio.open_connection(self.host, self.port)
        reader, writer = self._connection
        writer.write(head)
        response = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(response.partition(b"\r\ncontent-length: ")[2].partition(b"\r\n")[0]))
        is_last = b"\r\nconnection: close\r\n" in response
        if is_last and self.is_server_stopping:
            self.is_stopped = True
        if is_last or not self.keep_alive:
            self._disconnect()
        return int(response[9:12])

    def _disconnect(self) -> None:
        if self._connection:
            self._connection[1].close()
            self._connection = None
