"""Measure the memory of one worker over a million requests, then over distinct searches.

All responses to the former are soon cached, so memory that grows is a leak. The latter fill the cache before measuring
begins, so memory that grows is a cache without a limit.
"""

import asyncio
import itertools
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from app.limits import MAX_PIPELINED
from benchmarks.addresses import GUIDE, every_address
from benchmarks.connections import connected, fetch_all, request
from benchmarks.large import ROOT
from benchmarks.serving import Server, publish, serving

FEW, MANY = 10_000, 1_000_000  # requests over all addresses
FEW_SEARCHES, MANY_SEARCHES = 20_000, 100_000  # fewer fill the cache
MAX_GROWTH_MB = 20
CONNECTIONS = 16
PIPELINED = MAX_PIPELINED  # requests that are sent over a connection before its first response is read
CODINGS = ("identity", "gzip", "br", "zstd")

# Addresses that begin like these do not exist or are invalid.
INVALID = ("/", f"{GUIDE}/sections/", "/v1/guides?limit=", "/v1/topics?", "/v1/search?q=a&topic=")


def resident(server: Server) -> float:
    """Return the memory of a server's process, in MB."""
    status = Path(f"/proc/{server.process}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1_000


async def requests_of_all_addresses(server: str) -> Iterator[bytes]:
    """Yield requests forever: each address in each form, in random order, and invalid ones."""
    chance = random.Random(1)
    plain = [request(address, accept_encoding=coding) for address in every_address(server) for coding in CODINGS]
    responses = await fetch_all(server, plain)
    requests = [
        *plain,
        *(each.replace(b"GET", b"HEAD", 1) for each in plain),
        *(each[:-2] + b"If-None-Match: %b\r\n\r\n" % responses[each].etag for each in plain if responses[each].etag),
    ]
    return (
        request(f"{chance.choice(INVALID)}{chance.randrange(10**9)}x") if chance.random() < 0.03 else each
        for each in itertools.chain.from_iterable(chance.sample(requests, len(requests)) for _ in itertools.count())
    )


def distinct_searches() -> Iterator[bytes]:
    """Yield searches, completions and quotations forever, each different."""
    chance = random.Random(2)
    words = re.findall("[A-Za-z]{3,}", (ROOT / "seeds/us-japan-security-treaty/source.txt").read_text(encoding="utf-8"))
    for number in itertools.count():
        pair = " ".join(chance.choices(words, k=2))
        for path, query in (
            ("search", {"q": f"{pair} {number}"}),
            ("suggestions", {"q": f"{number} {pair[:5]}"}),
            ("quotations", {"text": f"{pair} {number}"}),
        ):
            coding = CODINGS[number % len(CODINGS)]
            yield request(f"/v1/{path}?{urlencode(query)}", accept_encoding=coding, x_request_id=f"{path}-{number}")


async def send(server: str, requests: Iterable[bytes]) -> Counter[int]:
    """Send requests, distributed over several connections; count the responses by status."""
    unsent, statuses = iter(requests), Counter[int]()

    async def send_over_one_connection() -> None:
        async with connected(server) as connection:
            while batch := list(itertools.islice(unsent, PIPELINED)):
                connection.writer.write(b"".join(batch))
                for each in batch:
                    statuses[(await connection.read_response(each)).status] += 1

    await asyncio.gather(*(send_over_one_connection() for _ in range(CONNECTIONS)))
    return statuses


async def growth(server: Server, requests: Iterator[bytes], few: int, many: int, name: str) -> float:
    """Return by how many MB the memory grows from a few requests to many."""
    statuses, start = await send(server.address, itertools.islice(requests, few)), time.perf_counter()
    sizes = [resident(server)]
    step = (many - few) // 10
    for _ in range(10):
        statuses += await send(server.address, itertools.islice(requests, step))
        sizes.append(resident(server))
    print(f"{name}: {statuses.total()} requests, by status {dict(statuses)}, in {time.perf_counter() - start:.0f} s")
    print(f"  MB after {few} requests and each {step} more: {', '.join(f'{size:.0f}' for size in sizes)}")
    return sizes[-1] - sizes[0]


async def measure(server: Server) -> bool:
    """Return whether the memory grows by less than 20 MB in both cases."""
    requests = await requests_of_all_addresses(server.address)
    leak = await growth(server, requests, FEW, MANY, "all addresses")
    excess = await growth(server, distinct_searches(), FEW_SEARCHES, MANY_SEARCHES, "distinct searches")
    return max(leak, excess) < MAX_GROWTH_MB


def main() -> int:
    """Measure; the exit code is 1 if the memory grows too much."""
    with tempfile.TemporaryDirectory() as name, serving(publish(ROOT / "seeds", Path(name) / "store.db")) as server:
        return 0 if asyncio.run(measure(server)) else 1


if __name__ == "__main__":
    sys.exit(main())
