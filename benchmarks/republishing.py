"""Check 200 connections during publications: no mixed and no outdated responses."""

import multiprocessing
import shutil
import statistics
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, cycle
from pathlib import Path
from typing import NamedTuple

from app.content import read_guides
from app.publishing import publish as publish_guides
from app.publishing import publishing
from benchmarks.addresses import every_address
from benchmarks.connections import Exchange, Response, durations, fetch_all, request, run_load
from benchmarks.large import ROOT
from benchmarks.serving import publish, serving

CONNECTIONS, SECONDS = 200, 20
INTERVAL_S = 1.0  # from one publication to the next
MAX_STALENESS_S = 1.0  # line 17 of the contract
GUIDE = "us-japan-security-treaty"

# Words of a title, which neighbours, lists and search results contain too, and of a passage.
FIRST_WORDS = ("History of the US-Japan Security Treaty", "post-war security arrangements")
SECOND_WORDS = ("Origins of the US-Japan Security Treaty", "the order of security after the war")
FIRST, SECOND, BOTH = "first", "second", "both"


class Published(NamedTuple):
    """A publication of a version: start and end in seconds."""

    start: float
    end: float
    version: str


def write_versions(folder: Path) -> dict[str, Path]:
    """Write two versions of the shipped seeds, the second with other words."""
    versions = {version: folder / version for version in (FIRST, SECOND)}
    for seeds in versions.values():
        shutil.copytree(ROOT / "seeds", seeds)
    for name in ("guide.md", "source.txt"):
        path = versions[SECOND] / GUIDE / name
        text = path.read_text(encoding="utf-8")
        for old, new in zip(FIRST_WORDS, SECOND_WORDS, strict=True):
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    return versions


def publish_every_second(store: Path, versions: dict[str, Path], until: float) -> list[Published]:
    """Publish the versions in turn until a time."""
    published: list[Published] = []
    guides = {version: read_guides(seeds) for version, seeds in versions.items()}
    for version in cycle(guides):
        start = time.perf_counter()
        if start > until:
            break
        with publishing(store) as (read_model, ledger):
            publish_guides(read_model, ledger, *guides[version])
        end = time.perf_counter()
        published.append(Published(start, end, version))
        time.sleep(max(0.0, start + INTERVAL_S - end))
    return published


def staleness(exchange: Exchange, published: Sequence[Published]) -> float:
    """Return how many seconds before the request its response was outdated; 0 if it was not."""
    before = bisect_right(published, exchange.start, key=lambda publication: publication.end)
    # The version that was current at the start of the exchange, and those that became so meanwhile.
    current = [publication for publication in published[before - 1 :] if publication.start <= exchange.end]
    if exchange.verdict == BOTH or any(publication.version == exchange.verdict for publication in current):
        return 0.0
    return exchange.start - published[before - 1].end


async def responses_are_correct(folder: Path, workers: int) -> bool:
    """Return whether each response was of one version, and none older than a second."""
    versions = write_versions(folder)
    store = folder / "store.db"
    for version in (SECOND, FIRST):
        publish(versions[version], store)
    with serving(store, "--workers", str(workers)) as server:
        expected = {FIRST: await _fetch_every_address(server.address)}
        publish(versions[SECOND], store)
        expected[SECOND] = await _fetch_every_address(server.address)
        requests = sorted((expected[FIRST].keys() & expected[SECOND].keys()) - {request("/v1/changes")})  # it grows

        def judge(request: bytes, response: Response) -> str:
            versions = [version for version in (FIRST, SECOND) if response == expected[version][request]]
            if not versions:
                return f"{response.status} with {len(response.body)} bytes, of neither version, for {request!r}"
            return BOTH if len(versions) > 1 else versions[0]

        start = time.perf_counter()
        until = start + SECONDS - INTERVAL_S
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            publishing = pool.submit(publish_every_second, store, versions, until)
            connections = await run_load(server.address, requests, CONNECTIONS, SECONDS, judge)
            published = [Published(start, start, SECOND), *publishing.result()]
    return _report(workers, connections, published)


async def _fetch_every_address(server: str) -> dict[bytes, Response]:
    return await fetch_all(server, [request(address) for address in every_address(server)])


def _report(workers: int, connections: Sequence[Sequence[Exchange]], published: Sequence[Published]) -> bool:
    exchanges = [*chain(*connections)]
    verdicts = Counter(exchange.verdict for exchange in exchanges)
    errors = Counter({verdict: n for verdict, n in verdicts.items() if verdict not in (FIRST, SECOND, BOTH)})
    stale = sorted(staleness(exchange, published) for exchange in exchanges if exchange.verdict not in errors)
    times = durations(connections)
    print(
        f"{CONNECTIONS} connections for {SECONDS} s, {workers} workers, {len(published) - 1} publications:"
        f" {verdicts[FIRST]} responses of the first version, {verdicts[SECOND]} of the second, {verdicts[BOTH]} the"
        f" same in both, {errors.total()} of neither; {sum(map(bool, stale))} stale, by at most {stale[-1]:.3f} s;"
        f" median {statistics.median(times):.2f} s, slowest {times[-1]:.2f} s"
    )
    for error, count in errors.most_common(10):
        print(f"  {count} times: {error}")
    return not errors and stale[-1] < MAX_STALENESS_S and bool(verdicts[FIRST] and verdicts[SECOND])
