"""Request long unknown slugs, for which the service looks for similar ones."""

import random
import string

from benchmarks.attack.target import Target, expect_status, repeat

LENGTH = 7_900  # a URL may have 8 KiB


async def attack(target: Target) -> None:
    """Request a slug that nobody requested before, and wait for the response."""
    slug = "".join(random.choices(string.ascii_lowercase + "-", k=LENGTH))
    async with target.connected() as (reader, writer):
        writer.write(f"GET /v1/guides/us-japan-security-treaty/sections/{slug} HTTP/1.1\r\n".encode())
        writer.write(b"Host: guide.test\r\n\r\n")
        await expect_status(reader, 404, within_s=10)


if __name__ == "__main__":
    repeat(attack, clients=4)
