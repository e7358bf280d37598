"""Compare search with Datasette's full-text search of the same passages; print the figures.

Both get the same distinct queries in turn, over one connection each, and have one worker each and no access log. No
query is repeated, so that no response comes from a cache. A rate is computed from the median time of a request; the
median of all rounds is printed. Datasette is measured as installed, when it suggests facets with each response as this
service counts them, and again without facets.
"""

import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import datasette
from benchmarks.large import ROOT, write_large_guide
from benchmarks.serving import publish, serving

LARGE_SECTIONS = 5_000  # of four passages each
ROUNDS, QUERIES = 7, 200
COMMON_QUERIES = 1_000
COMMON_WORD = "security"


def seconds_each(address: str, paths: Sequence[str]) -> list[float]:
    """Return the seconds that each request takes, one after the other."""
    connection = HTTPConnection(address.removeprefix("http://"), timeout=30)
    taken = []
    for path in paths:
        start = time.perf_counter()
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        taken.append(time.perf_counter() - start)
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status} {body[:200]!r}")
    connection.close()
    return taken


def distinct_queries(passages: Sequence[str]) -> Iterator[str]:
    """Yield two words of one passage, never the same two again."""
    chance, used = random.Random(1), set()
    while True:
        pair = tuple(sorted(chance.sample(re.findall("[a-z]{4,}", chance.choice(passages).lower()), 2)))
        if pair not in used:
            used.add(pair)
            yield " ".join(pair)


def compare_with_datasette(ours: str, datasettes: dict[str, str], passages: Sequence[str]) -> None:
    """Compare requests per second; `datasettes` are addresses by their descriptions."""
    queries = distinct_queries(passages)
    rates: dict[str, list[float]] = {name: [] for name in ("treaty-guide", *datasettes)}
    for _ in range(ROUNDS):
        searched = [next(queries) for _ in range(QUERIES)]
        own = [f"/v1/search?{urlencode({'q': query})}" for query in searched]
        peers = [f"/passages/passage.json?{urlencode({'_search': query, '_size': 20})}" for query in searched]
        rates["treaty-guide"].append(1 / statistics.median(seconds_each(ours, own)))
        for name, address in datasettes.items():
            rates[name].append(1 / statistics.median(seconds_each(address, peers)))
    own_rate = statistics.median(rates["treaty-guide"])
    print(f"{len(passages)} passages, distinct searches for two words: treaty-guide {own_rate:.0f} requests/s")
    for name in datasettes:
        rate = statistics.median(rates[name])
        print(
            f"  Datasette {datasette.VERSION} {name}: {rate:.0f} requests/s; ours is {own_rate / rate:.1f} times that"
        )


def measure_common_word(ours: str, passages: Sequence[str]) -> None:
    """Measure searches for a word that most passages contain."""
    share = sum(COMMON_WORD in passage.lower() for passage in passages) / len(passages)
    pages = [f"/v1/search?q={COMMON_WORD}{'+' * (n % 150)}&limit={20 - n // 150}" for n in range(COMMON_QUERIES)]
    taken = sorted(seconds_each(ours, pages))
    print(
        f"{len(passages)} passages, “{COMMON_WORD}”, which {share:.0%} of them have:"
        f" median {statistics.median(taken) * 1000:.1f} ms,"
        f" 99th percentile {taken[len(taken) * 99 // 100] * 1000:.1f} ms"
    )


def main() -> None:
    """Publish and serve the shipped guides, then a large one, and measure searches."""
    datasette.install()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_large_guide(folder / "large", LARGE_SECTIONS)
        for seeds in (ROOT / "seeds", folder / "large"):
            store, passages = publish(seeds, folder / f"{seeds.name}.db"), folder / seeds.name
            passages.mkdir(exist_ok=True)
            database = passages / "passages.db"
            texts = datasette.write_passages(store, database)
            with (
                serving(store) as ours,
                datasette.serving(database) as installed,
                datasette.serving(database, *datasette.WITHOUT_FACETS) as without_facets,
            ):
                datasettes = {"as installed": installed.address, "without facets": without_facets.address}
                compare_with_datasette(ours.address, datasettes, texts)
                if len(texts) > LARGE_SECTIONS:
                    measure_common_word(ours.address, texts)


if __name__ == "__main__":
    main()
