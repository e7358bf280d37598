"""Send a chunked body with trailers that do not end: they must not fill the memory."""

from benchmarks.attack.target import Target, repeat

REQUEST = b"GET /health/live HTTP/1.1\r\nHost: guide.test\r\nTransfer-Encoding: chunked\r\n\r\n"
LAST_CHUNK = b"0\r\n"
TRAILERS = b"x-trailer: 0123456789\r\n" * 2_500
MAX_BYTES = 80_000_000  # of a connection


async def attack(target: Target) -> None:
    """Send trailers until the server closes the connection."""
    async with target.connected() as (_, writer):
        writer.write(REQUEST + LAST_CHUNK)
        for _ in range(MAX_BYTES // len(TRAILERS)):
            writer.write(TRAILERS)
            await writer.drain()


if __name__ == "__main__":
    repeat(attack)
