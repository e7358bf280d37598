"""Send ordinary requests as fast as four clients can: each writes a line to the log."""

from benchmarks.attack.target import Target, repeat

REQUEST = b"GET /health/live HTTP/1.1\r\nHost: guide.test\r\nUser-Agent: busy\r\n\r\n"


async def attack(target: Target) -> None:
    """Send requests on one connection, each after the response to the one before."""
    async with target.connected() as (reader, writer):
        while True:
            writer.write(REQUEST)
            await reader.readuntil(b"\r\n\r\n")


if __name__ == "__main__":
    repeat(attack, clients=4)
