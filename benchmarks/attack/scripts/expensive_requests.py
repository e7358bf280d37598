"""Send four uncached requests on each of 500 connections, then disconnect: nobody waits for the responses."""

import asyncio
import random

from benchmarks.attack.target import Target, repeat

WAVE_S = 2  # seconds until all clients connect again


async def attack(target: Target) -> None:
    """Send searches that nobody sent before, and leave."""
    async with target.connected() as (_, writer):
        for _ in range(4):
            query = f"/v1/search?q=treaty+{random.randrange(10**9)}&limit=100"
            writer.write(f"GET {query} HTTP/1.1\r\nHost: guide.test\r\n\r\n".encode())
        await writer.drain()
        await asyncio.sleep(0.1)
    await asyncio.sleep(WAVE_S)


if __name__ == "__main__":
    repeat(attack, clients=500)
