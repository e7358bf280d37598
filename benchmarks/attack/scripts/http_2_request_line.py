"""Send a request line that ends with `HTTP/2.0`: this is a 505."""

from benchmarks.attack.target import Target, expect_status, repeat


async def attack(target: Target) -> None:
    """Send the request and wait for the response."""
    async with target.connected() as (reader, writer):
        writer.write(b"GET /health/live HTTP/2.0\r\nHost: guide.test\r\n\r\n")
        await expect_status(reader, 505)


if __name__ == "__main__":
    repeat(attack, clients=4)
