"""Send four uncached requests on each of 500 connections, disconnect before the responses."""

import asyncio
import random

from benchmarks.attack.target import Target, repeat

WAVE_S = 2  # seconds until all clients connect again


def uncached_request() -> bytes:
    """Return a search that nobody sent before."""
    path = f"/v1/search?q=treaty+{random.randrange(10**9)}&limit=100"
    return f"GET {path} HTTP/1.1\r\nHost: guide.test\r\n\r\n".encode()


async def attack(target: Target) -> None:
    """Send the requests and leave."""
    async with target.connected() as (_, writer):
        writer.writelines(uncached_request() for _ in range(4))
        await writer.drain()
        await asyncio.sleep(0.1)
    await asyncio.sleep(WAVE_S)


if __name__ == "__main__":
    repeat(attack, clients=500)
