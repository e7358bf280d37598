"""Send random bytes, alone and in the middle of a request."""

import random

from benchmarks.attack.target import Target, repeat

BEGINNINGS = (b"", b"GET ", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: guide.test\r\nX: ")


async def attack(target: Target) -> None:
    """Send up to 64 kB and wait for a response, or until the server closes the connection."""
    async with target.connected() as (reader, writer):
        writer.write(random.choice(BEGINNINGS) + random.randbytes(random.randrange(65_536)) + b"\r\n\r\n")
        await reader.read(65_536)


if __name__ == "__main__":
    repeat(attack, clients=16)
