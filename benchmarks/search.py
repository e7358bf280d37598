"""Search beside Datasette's full-text JSON, over the same passages. Prints figures.

Both are asked the same distinct questions in turn, over one connection each, by one worker each, without access logs;
nothing is asked twice in the same words, so that no cache answers. A rate is what the median request would allow, the
median of rounds. Datasette is asked as it is installed, where it suggests facets with each answer as ours counts them,
and again without them.
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
ROUNDS, QUESTIONS = 7, 200
COMMON_QUESTIONS = 1_000
COMMON_WORD = "security"


def seconds_each(address: str, paths: Sequence[str]) -> list[float]:
    """How long each request takes, one after the other."""
    connection = HTTPConnection(address.removeprefix("http://"), timeout=30)
    taken = []
    for path in paths:
        start = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        taken.append(time.perf_counter() - start)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body[:200]!r}")
    connection.close()
    return taken


def questions(passages: Sequence[str]) -> Iterator[str]:
    """Two words of one passage, never the same two again."""
    chance, asked = random.Random(1), set()
    while True:
        pair = tuple(sorted(chance.sample(re.findall("[a-z]{4,}", chance.choice(passages).lower()), 2)))
        if pair not in asked:
            asked.add(pair)
            yield " ".join(pair)


def beside_datasette(ours: str, datasettes: dict[str, str], passages: Sequence[str]) -> None:
    """Compare requests per second; `datasettes` are addresses by their descriptions."""
    asking = questions(passages)
    rates: dict[str, list[float]] = {name: [] for name in ("treaty-guide", *datasettes)}
    for _ in range(ROUNDS):
        asked = [next(asking) for _ in range(QUESTIONS)]
        own = [f"/v1/search?{urlencode({'q': question})}" for question in asked]
        peers = [f"/passages/passage.json?{urlencode({'_search': each, '_size': 20})}" for each in asked]
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


def common_word(ours: str, passages: Sequence[str]) -> None:
    """Measure searches for a word that most passages contain."""
    having = sum(COMMON_WORD in passage.lower() for passage in passages) / len(passages)
    pages = [f"/v1/search?q={COMMON_WORD}{'+' * (n % 150)}&limit={20 - n // 150}" for n in range(COMMON_QUESTIONS)]
    taken = sorted(seconds_each(ours, pages))
    print(
        f"{len(passages)} passages, “{COMMON_WORD}”, which {having:.0%} of them have:"
        f" median {statistics.median(taken) * 1000:.1f} ms,"
        f" 99th percentile {taken[len(taken) * 99 // 100] * 1000:.1f} ms"
    )


def main() -> None:
    """Publish, serve, ask: the shipped guides, then a large one."""
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
                beside_datasette(ours.address, datasettes, texts)
                if len(texts) > LARGE_SECTIONS:
                    common_word(ours.address, texts)


if __name__ == "__main__":
    main()
