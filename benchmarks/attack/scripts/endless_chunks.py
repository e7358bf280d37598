"""Send an endless chunked body, in chunks of one byte and in chunks with long extensions."""

import random

from benchmarks.attack.target import Target, repeat

REQUEST = b"GET /health/live HTTP/1.1\r\nHost: guide.test\r\nTransfer-Encoding: chunked\r\n\r\n"
CHUNKS = (b"1\r\nx\r\n" * 10_000, b"1;" + b"x" * 60_000 + b"\r\nx\r\n")


async def attack(target: Target) -> None:
    """Send chunks until the server closes the connection."""
    chunk = random.choice(CHUNKS)
    async with target.connected() as (_, writer):
        writer.write(REQUEST)
        while True:
            writer.write(chunk)
            await writer.drain()


if __name__ == "__main__":
    repeat(attack, clients=8)
