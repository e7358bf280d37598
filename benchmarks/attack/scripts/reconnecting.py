"""Open 480 connections at once, request a cached section four times on each, and repeat."""

import asyncio

from benchmarks.attack.target import Target, repeat

REQUEST = b"GET /v1/guides/us-japan-security-treaty/sections/history HTTP/1.1\r\nHost: guide.test\r\n\r\n"
WAVE_S = 1  # seconds until all clients connect again


async def attack(target: Target) -> None:
    """Send the requests, and leave after a second."""
    async with target.connected() as (_, writer):
        writer.write(4 * REQUEST)
        await asyncio.sleep(WAVE_S)


if __name__ == "__main__":
    repeat(attack, clients=480)
