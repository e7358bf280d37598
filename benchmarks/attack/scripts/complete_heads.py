"""Send a request of 30 kB on each of 1,000 connections from 250 addresses, all at once."""

import asyncio
import random

from benchmarks.attack.scripts.large_heads import REQUEST
from benchmarks.attack.target import MANY_ADDRESSES, Target, repeat

CONNECTIONS = 1_000


async def attack(target: Target) -> None:
    """Connect, then send all requests together, and wait until the server has responded or closed."""
    connected = asyncio.Barrier(CONNECTIONS)

    async def send() -> None:
        async with asyncio.timeout(5), target.connected(random.choice(MANY_ADDRESSES)) as (reader, writer):
            await connected.wait()
            writer.write(REQUEST)
            await reader.read(1)

    await asyncio.gather(*(send() for _ in range(CONNECTIONS)), return_exceptions=True)


if __name__ == "__main__":
    repeat(attack)
