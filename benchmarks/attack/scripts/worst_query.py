"""Search for thirty short prefixes at once, in another order each time."""

import random
import string
from urllib.parse import urlencode

from benchmarks.attack.target import Target, repeat

ONE_LETTER = [f"{letter}*" for letter in string.ascii_lowercase] + ["1*", "2*", "5*", "6*"]
TWO_LETTERS = [f"{first}{second}*" for first in "acdeimopst" for second in "aeo"]


async def attack(target: Target) -> None:
    """Send a search and wait for the response."""
    async with target.connected() as (reader, writer):
        for prefixes in (ONE_LETTER, TWO_LETTERS):
            query = urlencode({"q": " ".join(random.sample(prefixes, k=len(prefixes))), "limit": 100})
            writer.write(f"GET /v1/search?{query} HTTP/1.1\r\nHost: guide.test\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            await reader.readexactly(int(length))


if __name__ == "__main__":
    repeat(attack)
