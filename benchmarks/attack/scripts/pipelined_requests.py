"""Send 10,000 requests at once on each of 20 connections, again and again, and read no response."""

from contextlib import suppress

from benchmarks.attack.target import Target, repeat

REQUESTS = b"GET /health/live HTTP/1.1\r\nHost: guide.test\r\n\r\n" * 100


async def attack(target: Target) -> None:
    """Connect and send, without a pause."""
    while True:
        with suppress(OSError):
            async with target.connected() as (_, writer):
                for _ in range(100):
                    writer.write(REQUESTS)
                    await writer.drain()


if __name__ == "__main__":
    repeat(attack, clients=20)
