"""Open 1,000 connections from 250 addresses, so that limits by address don't help.

They are idle, send half a request, or send uncached requests.
"""

import random

from benchmarks.attack.scripts.expensive_requests import uncached_request
from benchmarks.attack.scripts.half_sent_requests import HALF
from benchmarks.attack.target import MANY_ADDRESSES, Target, repeat


async def attack(target: Target) -> None:
    """Connect from any address and wait until the server closes the connection."""
    async with target.connected(random.choice(MANY_ADDRESSES)) as (reader, writer):
        writer.write(random.choice((b"", HALF, uncached_request())))
        await reader.read()


if __name__ == "__main__":
    repeat(attack, clients=1_000)
