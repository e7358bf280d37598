"""Send an `Accept` of 30 kB and 8,000 entries, and other headers of that length."""

import itertools

from benchmarks.attack.target import Target, repeat

HEADERS = {
    "Accept": "a/b," * 7_500,
    "Accept-Encoding": "gzip;q=0.1," * 2_700,
    "If-None-Match": '"abc", ' * 4_200,
}
headers = itertools.cycle(HEADERS.items())


async def attack(target: Target) -> None:
    """Send one of the headers and wait for the response."""
    name, value = next(headers)
    async with target.connected() as (reader, writer):
        writer.write(f"GET /v1/guides HTTP/1.1\r\nHost: guide.test\r\n{name}: {value[:30_000]}\r\n\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")


if __name__ == "__main__":
    repeat(attack, clients=4)
