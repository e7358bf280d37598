"""Trouble publishers while readers use the service: two at once, a clock that is set back, a read-only folder.

No response may fail, mix two publications or be outdated, and nothing that was published may be lost.
"""

import asyncio
import multiprocessing
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from benchmarks.kills import CONNECTIONS, MAX_DURATION_S, Reading, current_publication, read, write_version
from benchmarks.large import ROOT
from benchmarks.republishing import MAX_STALENESS_S
from benchmarks.serving import COMMAND, WITHOUT_PRIVILEGES, publish, serving
from tests.publishing.killing import publish_and_kill
from tests.service import SAMPLE

PAIRS = 100  # of publishers
CLOCKS = 50  # that are set back
MAX_DAYS_BACK = 3_650
READ_ONLY = 20  # publishers in a read-only folder


class Attempt(NamedTuple):
    """An attempt to publish: its start and end in seconds, what was published, what is current, and what was wrong."""

    start: float
    end: float
    numbers: tuple[int, ...]
    published: tuple[int, ...]
    current: int
    error: str = ""


Trouble = Callable[[Path, Path], list[Attempt]]  # given the store and a folder for seeds


def publish_in_pairs(store: Path, folder: Path) -> list[Attempt]:
    """Run two publishers at once, again and again, and kill each at a random moment."""
    chance, attempts, duration = random.Random(), list[Attempt](), MAX_DURATION_S
    with ThreadPoolExecutor(2) as threads:
        for pair in range(PAIRS):
            numbers = (2 * pair + 1, 2 * pair + 2)
            seeds = [folder / str(n) for n in range(2)]
            for number, path in zip(numbers, seeds, strict=True):
                write_version(path, number)
            limits = [chance.uniform(0, 1.5 * duration) if pair else MAX_DURATION_S for _ in numbers]
            start = time.perf_counter()
            ended = list(threads.map(publish_and_kill, [store, store], seeds, limits))
            end = time.perf_counter()
            duration = end - start if all(ended) else duration
            published = tuple(number for number, has_ended in zip(numbers, ended, strict=True) if has_ended)
            attempts.append(Attempt(start, end, numbers, published, current_publication(store)))
    return attempts


def publish_with_clocks_set_back(store: Path, folder: Path) -> list[Attempt]:
    """Publish by clocks that are up to ten years late, and now and then by the right one."""
    chance = random.Random()
    clocks = [f"-{days}d" if days else "+0" for days in (chance.randrange(MAX_DAYS_BACK + 1) for _ in range(CLOCKS))]
    attempts = [_publish(store, folder, number, "faketime", "-f", clock) for number, clock in enumerate(clocks, 1)]
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        times = [at for (at,) in connection.execute("SELECT at FROM ledger ORDER BY sequence")]
        first_published = connection.execute("SELECT published_at FROM revision ORDER BY sequence").fetchall()
    assert times == sorted(times), "The clock reordered publications."
    assert first_published == sorted(first_published), "The clock gave a revision a wrong date."
    return attempts


def publish_in_a_read_only_folder(store: Path, folder: Path) -> list[Attempt]:
    """Publish in vain in a read-only folder, and again when it can be written, many times."""
    attempts: list[Attempt] = []
    for number in range(1, 2 * READ_ONLY, 2):
        store.parent.chmod(0o555)
        refused = _publish(store, folder, number, *WITHOUT_PRIVILEGES)
        store.parent.chmod(0o755)
        is_right = not refused.published and refused.error.endswith("cannot be written: Permission denied.")
        attempts += [refused._replace(error="" if is_right else f"no refusal: {refused.error}")]
        attempts += [_publish(store, folder, number + 1, *WITHOUT_PRIVILEGES)]
    return attempts


def _publish(store: Path, folder: Path, number: int, *prefix: str) -> Attempt:
    """Publish with `treaty-guide seed`; `prefix` is a command that runs it."""
    write_version(folder / "seeds", number)
    environment = {**os.environ, "TREATY_GUIDE_DATABASE_URL": f"sqlite:///{store}"}
    start = time.perf_counter()
    done = subprocess.run(
        [*prefix, *COMMAND, "seed", str(folder / "seeds")],
        env=environment,
        cwd=ROOT,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    published = () if done.returncode else (number,)
    return Attempt(start, time.perf_counter(), (number,), published, current_publication(store), done.stderr.strip())


TROUBLES: tuple[tuple[str, Trouble], ...] = (
    ("two publishers at once, killed", publish_in_pairs),
    ("clock set back", publish_with_clocks_set_back),
    ("read-only folder", publish_in_a_read_only_folder),
)


def staleness(reading: Reading, attempts: list[Attempt]) -> float:
    """Return for how many seconds a response was outdated when its request began; 0 if it was not."""
    before = bisect_right(attempts, reading.start, key=lambda attempt: attempt.end)
    if not before or reading.error:
        return 0.0
    last, number = attempts[before - 1], max(reading.numbers)
    is_newer = number > max(last.numbers)
    return 0.0 if is_newer or number == last.current else reading.start - last.end


def lost(store: Path, attempts: Iterable[Attempt]) -> int:
    """Return how many publications, of those whose publisher has ended, the store does not have."""
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        titles = connection.execute("SELECT title FROM section WHERE slug = 'harbours'").fetchall()
    kept = {title.rpartition("-")[2] for (title,) in titles}
    return sum(str(number) not in kept for attempt in attempts for number in attempt.published)


async def publishers_in_trouble_do_no_harm(folder: Path) -> bool:
    """Return whether no trouble failed, mixed or delayed a response, or lost a publication."""
    folder.mkdir(exist_ok=True)
    passed = True
    print("| publishers | attempts | published | responses | failed | mixed | lost | longest outdated |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for n, (name, trouble) in enumerate(TROUBLES):
        part = folder / str(n)
        (part / "store").mkdir(parents=True)
        store = publish(SAMPLE, part / "store" / "store.db")
        with (
            serving(store) as server,
            ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool,
        ):
            publishers = pool.submit(trouble, store, part)
            connections = await asyncio.gather(*(read(server.address, publishers.done) for _ in range(CONNECTIONS)))
            attempts = publishers.result()
        readings = [reading for readings in connections for reading in readings]
        errors = Counter(reading.error for reading in readings if reading.error)
        mixed = errors.pop("mixed", 0)
        outdated = max((staleness(reading, attempts) for reading in readings), default=0.0)
        lost_ones = lost(store, attempts)
        published = sum(len(attempt.published) for attempt in attempts)
        print(
            f"| {name} | {sum(len(attempt.numbers) for attempt in attempts)} | {published} | {len(readings):,} |"
            f" {errors.total()} | {mixed} | {lost_ones} | {outdated * 1000:.0f} ms |"
        )
        wrong = [attempt.error for attempt in attempts if attempt.error]
        for message, count in (*errors.most_common(5), *Counter(wrong).most_common(5)):
            print(f"  {count} times: {message}")
        passed &= not (errors or mixed or lost_ones or wrong) and outdated < MAX_STALENESS_S
    return passed


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        sys.exit(not asyncio.run(publishers_in_trouble_do_no_harm(Path(name) / "publishers")))
