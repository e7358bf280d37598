"""Send searches, each another one, on 480 connections from 240 addresses, and read no result."""

import asyncio
from itertools import count, cycle

from benchmarks.attack.target import MANY_ADDRESSES, Target, repeat

REQUEST = b"GET /v1/search?q=treaty+security+japan+%d&limit=100&format=html HTTP/1.1\r\nHost: a\r\n\r\n"
REQUESTS_PER_S = 60  # so that few are refused

addresses = cycle(MANY_ADDRESSES[:240])
numbers = count()


async def attack(target: Target) -> None:
    """Send pipelined requests, and keep the connection."""
    first = next(numbers)
    await asyncio.sleep(first % 480 / REQUESTS_PER_S)
    async with target.connected(next(addresses), receive_buffer=2_048) as (_, writer):
        writer.write(b"".join(REQUEST % (1_000_000 * part + first) for part in range(5)))
        await asyncio.sleep(20)


if __name__ == "__main__":
    repeat(attack, clients=480)
