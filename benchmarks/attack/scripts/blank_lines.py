"""Send 64 kB of blank lines before a request: this is a 400, at once."""

from benchmarks.attack.target import Target, expect_status, repeat


async def attack(target: Target) -> None:
    """Send the lines and wait for the response."""
    async with target.connected() as (reader, writer):
        writer.write(b"\r\n" * 32_768)
        await expect_status(reader, 400)


if __name__ == "__main__":
    repeat(attack, clients=8)
