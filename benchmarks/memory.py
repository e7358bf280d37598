"""The memory of one worker: after a million requests over all addresses, and after many questions that differ.

All addresses in all forms are answered from memory after the first time. So the first figure shows what a request
leaves behind; the second one that the answers held in memory are bounded, which they have reached when it begins.
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

from benchmarks.addresses import GUIDE, every_address
from benchmarks.connections import answers, connected, request
from benchmarks.large import ROOT
from benchmarks.serving import Server, publish, serving

FEW, MANY = 10_000, 1_000_000  # requests over all addresses
FEW_QUESTIONS, MANY_QUESTIONS = 20_000, 100_000  # the answers to fewer fill what may be held in memory
GREATEST_GROWTH = 20  # MB
CONNECTIONS, TOGETHER = 16, 20  # so many requests are sent over each connection before the first answer is awaited
CODINGS = ("identity", "gzip", "br", "zstd")

# The beginnings of addresses that are wrong however they go on.
WRONG = ("/", f"{GUIDE}/sections/", "/v1/guides?limit=", "/v1/topics?", "/v1/search?q=a&topic=")


def resident(server: Server) -> float:
    """Return the memory of a server's process, in MB."""
    status = Path(f"/proc/{server.process}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1_000


async def over_all_addresses(server: str) -> Iterator[bytes]:
    """Requests without end: each address in each form, with a wrong one now and then, in an order of chance."""
    chance = random.Random(1)
    plain = [request(address, accept_encoding=coding) for address in every_address(server) for coding in CODINGS]
    known = await answers(server, plain)
    asked = [
        *plain,
        *(each.replace(b"GET", b"HEAD", 1) for each in plain),
        *(each[:-2] + b"If-None-Match: %b\r\n\r\n" % known[each].etag for each in plain if known[each].etag),
    ]
    return (
        request(f"{chance.choice(WRONG)}{chance.randrange(10**9)}x") if chance.random() < 0.03 else each
        for each in itertools.chain.from_iterable(chance.sample(asked, len(asked)) for _ in itertools.count())
    )


def different_questions() -> Iterator[bytes]:
    """Yield searches, completions and quotations forever, none twice."""
    chance = random.Random(2)
    words = re.findall("[A-Za-z]{3,}", (ROOT / "seeds/us-japan-security-treaty/source.txt").read_text(encoding="utf-8"))
    for number in itertools.count():
        some = " ".join(chance.choices(words, k=2))
        for path, query in (
            ("search", {"q": f"{some} {number}"}),
            ("suggestions", {"q": f"{number} {some[:5]}"}),
            ("quotations", {"text": f"{some} {number}"}),
        ):
            coding = CODINGS[number % len(CODINGS)]
            yield request(f"/v1/{path}?{urlencode(query)}", accept_encoding=coding, x_request_id=f"{path}-{number}")


async def send(server: str, asked: Iterable[bytes]) -> Counter[int]:
    """How often each status came; the connections take what they ask from the same row of requests."""
    asking, statuses = iter(asked), Counter[int]()

    async def send_over_one() -> None:
        async with connected(server) as connection:
            while batch := list(itertools.islice(asking, TOGETHER)):
                connection.writer.write(b"".join(batch))
                for each in batch:
                    statuses[(await connection.answer(each)).status] += 1

    await asyncio.gather(*(send_over_one() for _ in range(CONNECTIONS)))
    return statuses


async def growth(server: Server, asked: Iterator[bytes], few: int, many: int, what: str) -> float:
    """Return the growth in MB between a few requests and many."""
    statuses, start = await send(server.address, itertools.islice(asked, few)), time.perf_counter()
    sizes = [resident(server)]
    step = (many - few) // 10
    for _ in range(10):
        statuses += await send(server.address, itertools.islice(asked, step))
        sizes.append(resident(server))
    print(f"{what}: {statuses.total()} requests, of which {dict(statuses)}, in {time.perf_counter() - start:.0f} s")
    print(f"  MB after {few} requests and each {step} more: {', '.join(f'{size:.0f}' for size in sizes)}")
    return sizes[-1] - sizes[0]


async def measure(server: Server) -> bool:
    """Return whether neither grows by more than 20 MB."""
    of_addresses = await growth(server, await over_all_addresses(server.address), FEW, MANY, "over all addresses")
    of_questions = await growth(server, different_questions(), FEW_QUESTIONS, MANY_QUESTIONS, "different questions")
    return max(of_addresses, of_questions) < GREATEST_GROWTH


def main() -> int:
    """Serve and ask; the exit code is 1 if the memory grows."""
    with tempfile.TemporaryDirectory() as name, serving(publish(ROOT / "seeds", Path(name) / "store.db")) as server:
        return 0 if asyncio.run(measure(server)) else 1


if __name__ == "__main__":
    sys.exit(main())
