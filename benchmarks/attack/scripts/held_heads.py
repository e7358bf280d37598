"""Send a request with a head of 30 kB on 1,000 connections from 250 addresses, then nothing."""

import random

from benchmarks.attack.scripts.large_heads import REQUEST
from benchmarks.attack.target import MANY_ADDRESSES, Target, repeat

SMALL = REQUEST.replace(b"/v1/guides/us-japan-security-treaty/sections?limit=100", b"/health/live")


async def attack(target: Target) -> None:
    """Send the request and wait until the server closes the connection."""
    async with target.connected(random.choice(MANY_ADDRESSES)) as (reader, writer):
        writer.write(SMALL)
        await reader.read()


if __name__ == "__main__":
    repeat(attack, clients=1_000)
