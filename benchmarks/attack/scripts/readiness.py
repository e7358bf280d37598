"""Request the readiness check, which reads the store, on 100 connections all the time."""

from benchmarks.attack.target import Target, repeat

REQUEST = b"GET /health/ready HTTP/1.1\r\nHost: guide.test\r\n\r\n"


async def attack(target: Target) -> None:
    """Send a request after each response."""
    async with target.connected() as (reader, writer):
        while True:
            writer.write(REQUEST)
            head = await reader.readuntil(b"\r\n\r\n")
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            await reader.readexactly(int(length))


if __name__ == "__main__":
    repeat(attack, clients=100)
