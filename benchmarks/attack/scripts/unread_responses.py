"""Pipeline requests on 300 connections and read none of the responses."""

from benchmarks.attack.target import Target, repeat

REQUEST = b"GET /v1/guides/us-japan-security-treaty/sections HTTP/1.1\r\nHost: guide.test\r\n\r\n"


async def attack(target: Target) -> None:
    """Send requests for as long as the server takes them."""
    async with target.connected() as (_, writer):
        while True:
            writer.write(REQUEST * 100)
            await writer.drain()


if __name__ == "__main__":
    repeat(attack, clients=300)
