"""Pipeline requests with heads of 30 kB on 480 connections and read no response."""

from benchmarks.attack.target import Target, repeat

REQUEST = (
    b"GET /v1/guides/us-japan-security-treaty/sections?limit=100 HTTP/1.1\r\nHost: guide.test\r\n"
    + b"".join(b"X-%d: %s\r\n" % (number, b"a" * 320) for number in range(90))
    + b"\r\n"
)


async def attack(target: Target) -> None:
    """Send requests for as long as the server reads them, until it closes the connection."""
    async with target.connected() as (_, writer):
        for _ in range(30):
            writer.write(REQUEST)
            await writer.drain()
        await writer.wait_closed()


if __name__ == "__main__":
    repeat(attack, clients=480)
