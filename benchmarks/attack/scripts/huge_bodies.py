"""Send a body of 10 GB with a GET."""

from benchmarks.attack.target import Target, repeat

REQUEST = b"GET /health/live HTTP/1.1\r\nHost: guide.test\r\nContent-Length: 10000000000\r\n\r\n"


async def attack(target: Target) -> None:
    """Send the body until the server closes the connection."""
    async with target.connected() as (_, writer):
        writer.write(REQUEST)
        while True:
            writer.write(bytes(65_536))
            await writer.drain()


if __name__ == "__main__":
    repeat(attack, clients=8)
