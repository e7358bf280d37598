"""Measure a store of many small guides beside a store of one: `python -m benchmarks.many_guides [GUIDES] [STORE]`.

With STORE, a store that an earlier run has published is measured; otherwise one is published first. The guides are
those of `benchmarks.large`, with 20 sections each. The file is copied first and stays as it is.
"""

import asyncio
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from app.store.digest import is_intact
from benchmarks.connections import connected, request
from benchmarks.large import ROOT, rare_word, write_guides
from benchmarks.memory import resident
from benchmarks.serving import COMMAND, publish, serving

GUIDES = 10_000
PASSAGES, WORDS = 1, 20  # of each section, and of each passage
SECTION = "/v1/guides/guide-0/sections/part-7"
BATCHES, BATCH = 20, 100  # of requests, sent to both servers in turn
REPUBLICATIONS = 5
USUAL_S = 10.0  # seconds for which a reader reads before anything is published
# What may take longer with more guides.
OTHERS = (
    "/v1/guides",
    "/v1/guides?limit=100",
    "/v1/topics/economy-and-trade/sections",
    "/v1/changes?limit=100",
    f"/v1/search?q={rare_word('guide-0')}",
    "/v1/search?q=treaty",
    "/v1/suggestions?q=tre",
    "/v1/quotations?text=treaty+of",
    "/v1/guides/guide-x",
    "/sitemap.xml",
)


def run(store: Path, *arguments: str) -> tuple[float, float]:
    """Run a command of `treaty-guide`; return its seconds, and the megabytes of the largest command so far."""
    environment = {**os.environ, "TREATY_GUIDE_DATABASE_URL": f"sqlite:///{store}"}
    start = time.perf_counter()
    subprocess.run([*COMMAND, *arguments], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def time_of(action: Callable[[], object]) -> float:
    """Return how many seconds an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def measure_file(store: Path) -> None:
    """Measure what a publication does with the whole file."""
    copy = store.with_name("copy.db")
    copying = time_of(lambda: shutil.copyfile(store, copy))
    with copy.open("rb") as file:
        syncing = time_of(lambda: os.fsync(file.fileno()))
        hashing = time_of(lambda: is_intact(file.fileno()))
    megabytes = store.stat().st_size / 1_000_000
    print(f"a file of {megabytes:.0f} MB: copy {copying:.2f} s, sync {syncing:.2f} s, digest {hashing:.2f} s")
    copy.unlink()


def measure_start(store: Path) -> None:
    """Measure how long the service takes from its start to its first response, and the memory of its worker."""
    start = time.perf_counter()
    with serving(store) as server, httpx.Client(base_url=server.address, timeout=60) as client:
        client.get("/health/ready").raise_for_status()
        print(f"start-up: {time.perf_counter() - start:.2f} s to the first response")
        for address in OTHERS:
            start = time.perf_counter()
            status = client.get(address).status_code
            seconds = time.perf_counter() - start
            print(f"  {address}: {status} in {seconds * 1000:.0f} ms, {resident(server):.0f} MB afterwards")
        for n in range(1_000):
            client.get(f"/v1/guides/guide-{n}/sections/part-{n % 20}")
        print(f"  after a section of each of 1,000 guides: {resident(server):.0f} MB")


async def _batch(server: str, address: str) -> list[float]:
    times: list[float] = []
    async with connected(server) as connection:
        for _ in range(BATCH):
            start = time.perf_counter()
            await connection.exchange(request(address))
            times.append(time.perf_counter() - start)
    return times


async def compare_sections(one: Path, many: Path, cache_bytes: int) -> None:
    """Compare the time of a section in both stores."""
    size = str(cache_bytes)
    with (
        serving(one, TREATY_GUIDE_CACHE_BYTES=size) as first,
        serving(many, TREATY_GUIDE_CACHE_BYTES=size) as second,
    ):
        times: dict[str, list[float]] = {first.address: [], second.address: []}
        for _ in range(BATCHES):
            for server in times:
                times[server] += await _batch(server, SECTION)
        medians = [statistics.median(each) for each in times.values()]
    cached = "cached" if cache_bytes else "uncached"
    print(f"a section, {cached}: {medians[0] * 1e6:.0f} µs of one guide, {medians[1] * 1e6:.0f} µs of many,", end="")
    print(f" {medians[1] / medians[0]:.2f} times")


async def _read(server: str, until: Callable[[], bool]) -> list[float]:
    """Read sections of all guides, which are not cached, until an end; return the seconds of each."""
    times: list[float] = []
    async with connected(server) as connection:
        while not until():
            start = time.perf_counter()
            response = await connection.exchange(request(SECTION))
            assert response.status == 200
            times.append(time.perf_counter() - start)
            await asyncio.sleep(0.002)
    return times


async def measure_republication(store: Path, seeds: Path) -> None:
    """Publish one guide again and again while a reader reads; compare its times with the usual ones."""
    guide = seeds / "guide-0" / "guide.md"
    with serving(store, TREATY_GUIDE_CACHE_BYTES="0") as server:
        end = time.perf_counter() + USUAL_S
        usual = await _read(server.address, lambda: time.perf_counter() > end)
        seconds, meanwhile = [], list[float]()
        for n in range(REPUBLICATIONS):
            guide.write_text(guide.read_text(encoding="utf-8") + f"\nAgain {n}.\n", encoding="utf-8")
            publishing = asyncio.create_task(asyncio.to_thread(run, store, "seed", str(guide.parent)))
            meanwhile += await _read(server.address, publishing.done)
            seconds.append((await publishing)[0])
    print(f"publish one guide again: {min(seconds):.2f} to {max(seconds):.2f} s, {REPUBLICATIONS} times")
    for name, times in (("usually", usual), ("meanwhile", meanwhile)):
        print(f"  a reader {name}: 99th percentile {_percentile(times) * 1000:.1f} ms of {len(times)} responses")
    print(f"  {_percentile(meanwhile) / _percentile(usual):.2f} times as long")


def _percentile(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[-1]


def main() -> None:
    """Print all figures."""
    guides = int(sys.argv[1]) if sys.argv[1:] else GUIDES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one, many = folder / "one.db", folder / "many.db"
        write_guides(folder / "one", 1, passages=PASSAGES, words=WORDS)
        publish(folder / "one", one)
        if sys.argv[2:]:
            shutil.copyfile(sys.argv[2], many)
        else:
            write_guides(folder / "many", guides, passages=PASSAGES, words=WORDS)
            seconds, megabytes = run(many, "seed", str(folder / "many"))
            print(f"publish {guides} guides: {seconds:.0f} s, {megabytes:.0f} MB at most")
        measure_file(many)
        measure_start(many)
        for cache_bytes in (67_108_864, 0):
            asyncio.run(compare_sections(one, many, cache_bytes))
        asyncio.run(measure_republication(many, folder / "one"))
        seconds, megabytes = run(many, "rebuild")
        print(f"rebuild: {seconds:.0f} s, {megabytes:.0f} MB at most")


if __name__ == "__main__":
    main()
