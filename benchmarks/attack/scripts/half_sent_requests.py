"""Open 1,000 connections and send half a request on each."""

from benchmarks.attack.target import Target, repeat

HALF = b"GET /health/live HTTP/1.1\r\nHost: guide"


async def attack(target: Target) -> None:
    """Send half a request and wait until the server closes the connection."""
    async with target.connected() as (reader, writer):
        writer.write(HALF)
        await reader.read()


if __name__ == "__main__":
    repeat(attack, clients=1_000)
