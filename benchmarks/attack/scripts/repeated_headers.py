"""Send 5,000 header lines, half of them with the same name: merging must take one pass."""

from benchmarks.attack.target import Target, expect_status, repeat

NAMES = b"".join(b"%x:\r\n" % number for number in range(0x1000, 0x1000 + 2_500))
REPEATED = b"a:\r\n" * 2_500
REQUEST = b"GET /v1/guides/us-japan-security-treaty HTTP/1.1\r\nHost: guide.test\r\n" + NAMES + REPEATED + b"\r\n"


async def attack(target: Target) -> None:
    """Send the request and wait for the response."""
    async with target.connected() as (reader, writer):
        writer.write(REQUEST)
        await expect_status(reader, 431)


if __name__ == "__main__":
    repeat(attack, clients=4)
