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
from app.store.engines import transaction, writing_engine
from benchmarks.addresses import every_address
from benchmarks.connections import Exchange, Response, answers, durations, request, run_load
from benchmarks.large import ROOT
from benchmarks.serving import publish, serving

CONNECTIONS, SECONDS = 200, 20
INTERVAL_S = 1.0  # from one publication to the next
GREATEST_DELAY_S = 1.0  # after which line 17 of the contract allows no old answer
GUIDE = "us-japan-security-treaty"

# Words of a title, which neighbours, lists and the search show too, and of a passage.
FIRST_WORDS = ("History of the US-Japan Security Treaty", "post-war security arrangements")
SECOND_WORDS = ("Origins of the US-Japan Security Treaty", "the order of security after the war")
FIRST, SECOND, BOTH = "first", "second", "both"


class Published(NamedTuple):
    """When a version became current: some time between the beginning of the publication and its end, in seconds."""

    begun: float
    ended: float
    version: str


def write_versions(folder: Path) -> dict[str, Path]:
    """The shipped seeds as they are, and the same with other words."""
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
    """Publish the versions in turn; runs in a process of its own."""
    published: list[Published] = []
    guides = {version: read_guides(seeds) for version, seeds in versions.items()}
    engine = writing_engine(f"sqlite:///{store}")
    for version in cycle(guides):
        begun = time.perf_counter()
        if begun > until:
            break
        with transaction(engine) as session:
            publish_guides(session, *guides[version])
        ended = time.perf_counter()
        published.append(Published(begun, ended, version))
        time.sleep(max(0.0, begun + INTERVAL_S - ended))
    return published


def delay(exchange: Exchange, published: Sequence[Published]) -> float:
    """How many seconds after a publication an answer was asked for that is older than it; 0 for a current answer."""
    before = bisect_right(published, exchange.asked, key=lambda publication: publication.ended)
    # What was current when it was asked, or became so while it was being answered.
    current = [p for p in published[before - 1 :] if p.begun <= exchange.answered]
    if exchange.verdict == BOTH or any(publication.version == exchange.verdict for publication in current):
        return 0.0
    return exchange.asked - published[before - 1].ended


async def responses_are_correct(folder: Path, workers: int) -> bool:
    """Whether each answer was wholly of one version, and none was of the one before a second after a publication."""
    versions = write_versions(folder)
    store = folder / "store.db"
    for version in (SECOND, FIRST):
        publish(versions[version], store)
    with serving(store, "--workers", str(workers)) as server:
        known = {FIRST: await _known(server.address)}
        publish(versions[SECOND], store)
        known[SECOND] = await _known(server.address)
        asked = sorted(known[FIRST].keys() & known[SECOND].keys())

        def judge(asked: bytes, answer: Response) -> str:
            of = [version for version in (FIRST, SECOND) if answer == known[version][asked]]
            if not of:
                return f"{answer.status} with {len(answer.body)} bytes, of neither version, for {asked!r}"
            return BOTH if len(of) > 1 else of[0]

        begun = time.perf_counter()
        until = begun + SECONDS - INTERVAL_S
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            publishing = pool.submit(publish_every_second, store, versions, until)
            connections = await run_load(server.address, asked, CONNECTIONS, SECONDS, judge)
            published = [Published(begun, begun, SECOND), *publishing.result()]
    return _report(workers, connections, published)


async def _known(server: str) -> dict[bytes, Response]:
    return await answers(server, [request(address) for address in every_address(server)])


def _report(workers: int, connections: Sequence[Sequence[Exchange]], published: Sequence[Published]) -> bool:
    exchanges = [*chain(*connections)]
    verdicts = Counter(exchange.verdict for exchange in exchanges)
    issues = Counter({verdict: n for verdict, n in verdicts.items() if verdict not in (FIRST, SECOND, BOTH)})
    delays = sorted(delay(exchange, published) for exchange in exchanges if exchange.verdict not in issues)
    taken = durations(connections)
    print(
        f"{CONNECTIONS} connections for {SECONDS} s, {workers} workers, {len(published) - 1} publications:"
        f" {verdicts[FIRST]} answers of one version, {verdicts[SECOND]} of the other, {verdicts[BOTH]} alike in both,"
        f" {issues.total()} of neither; {sum(map(bool, delays))} old ones, asked for {delays[-1]:.3f} s after a"
        f" publication at the latest; median {statistics.median(taken):.2f} s, slowest {taken[-1]:.2f} s"
    )
    for fault, count in issues.most_common(10):
        print(f"  {count} times: {fault}")
    return not issues and delays[-1] < GREATEST_DELAY_S and bool(verdicts[FIRST] and verdicts[SECOND])
