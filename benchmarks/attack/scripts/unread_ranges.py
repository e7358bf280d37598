"""Request most of a file on 480 connections from 240 addresses, and read none of it."""

import asyncio
from itertools import cycle

from benchmarks.attack.target import MANY_ADDRESSES, Target, repeat

REQUEST = b"GET /v1/guides/us-japan-security-treaty/downloads/jsonl HTTP/1.1\r\nHost: a\r\nRange: bytes=1-\r\n\r\n"

addresses = cycle(MANY_ADDRESSES[:240])


async def attack(target: Target) -> None:
    """Send pipelined requests, and keep the connection."""
    async with target.connected(next(addresses), receive_buffer=2_048) as (_, writer):
        writer.write(REQUEST * 4)
        await asyncio.sleep(20)


if __name__ == "__main__":
    repeat(attack, clients=480)
