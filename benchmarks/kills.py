"""Kill publishers at random moments while readers use the service: no failed, mixed or outdated responses."""

import asyncio
import multiprocessing
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import cycle, pairwise
from pathlib import Path
from typing import NamedTuple

from benchmarks.connections import Response, connected, request
from benchmarks.republishing import MAX_STALENESS_S
from benchmarks.serving import publish, serving
from tests.publishing.killing import publish_and_kill
from tests.service import SAMPLE, copy_of

KILLS = 200
MAX_DURATION_S = 60.0  # of a publication
CONNECTIONS = 4
GUIDE = "nowhere-and-the-sea"
ADDRESSES = (f"/v1/guides/{GUIDE}/sections/harbours", f"/v1/guides/{GUIDE}/sections")

_number = re.compile(rb"publication-(\d+)")


class Attempt(NamedTuple):
    """A publication that was killed or not: its start and end in seconds, what it left, and what is current."""

    start: float
    end: float
    left: str
    current: int


class Reading(NamedTuple):
    """A response: when its request began, and the numbers of the publications in it, or what was wrong."""

    start: float
    numbers: set[int]
    error: str


def write_version(seeds: Path, number: int) -> None:
    """Write the number of a publication into the title and the passage of a section of the sample guides."""
    shutil.rmtree(seeds, ignore_errors=True)
    path = copy_of(SAMPLE, seeds) / GUIDE / "guide.md"
    text = path.read_text(encoding="utf-8")
    for words in ("Harbours", "no harbour"):
        assert words in text
        text = text.replace(words, f"{words} publication-{number}")
    path.write_text(text, encoding="utf-8")


def kill_publishers(store: Path, seeds: Path) -> list[Attempt]:
    """Kill publishers at random moments."""
    chance = random.Random()
    attempts: list[Attempt] = []
    duration, kills, number = MAX_DURATION_S, 0, 0
    while kills < KILLS:
        number += 1
        write_version(seeds, number)
        start = time.perf_counter()
        seconds = chance.uniform(0, duration) if number > 2 else MAX_DURATION_S
        ended = publish_and_kill(store, seeds, seconds, politely=number % 2 == 0)
        end = time.perf_counter()
        duration = end - start if ended else duration  # of the last one that ended
        current = current_publication(store)
        if ended:
            left = "nothing: it ended before" if current == number else "the old store, though it ended"
        elif current == number:
            left = "the new store"
        elif store.with_name(f"{store.name}.new").exists():
            left = "the old store and an unfinished file"
        else:
            left = "the old store"
        kills += not ended
        attempts.append(Attempt(start, end, left, current))
    return attempts


def current_publication(store: Path) -> int:
    """Return the number of the current publication; raise an exception for a damaged store."""
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        ((title,),) = connection.execute(
            "SELECT section.title FROM section JOIN revision ON revision.id = revision_id"
            " WHERE is_current AND section.slug = 'harbours'"
        ).fetchall()
    match = _number.search(title.encode())
    return int(match[1]) if match else 0


async def read(server: str, is_over: Callable[[], bool]) -> list[Reading]:
    """Read over one connection until the publishers are over, or the connection fails."""
    readings: list[Reading] = []
    start = time.perf_counter()
    try:
        async with connected(server) as connection:
            for address in cycle(ADDRESSES):
                if is_over():
                    break
                start = time.perf_counter()
                readings.append(_judge(start, await connection.exchange(request(address))))
    except (OSError, EOFError, ValueError) as error:  # including timeouts
        readings.append(Reading(start, {0}, repr(error)))
    return readings


def _judge(start: float, response: Response) -> Reading:
    numbers = {int(number) for number in _number.findall(response.body)} or {0}
    error = "" if response.status == 200 else f"status {response.status}"
    return Reading(start, numbers, error or ("mixed" if len(numbers) > 1 else ""))


def is_outdated(reading: Reading, attempts: list[Attempt]) -> bool:
    """Return whether a response is older than what was current a second before its request, or from the future."""
    before = bisect_right(attempts, reading.start - MAX_STALENESS_S, key=lambda attempt: attempt.end)
    oldest = attempts[before - 1].current if before else 0
    return not oldest <= max(reading.numbers) <= attempts[-1].current


async def publishers_can_be_killed(folder: Path) -> bool:
    """Return whether no response failed, mixed two publications or was outdated, and nothing was lost."""
    folder.mkdir(exist_ok=True)
    store, seeds = folder / "store.db", folder / "seeds"
    publish(SAMPLE, store)
    with (
        serving(store) as server,
        ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool,
    ):
        killing = pool.submit(kill_publishers, store, seeds)
        connections = await asyncio.gather(*(read(server.address, killing.done) for _ in range(CONNECTIONS)))
        attempts = killing.result()
    readings = [reading for readings in connections for reading in readings]
    left = Counter(attempt.left for attempt in attempts)
    errors = Counter(reading.error for reading in readings if reading.error)
    outdated = sum(is_outdated(reading, attempts) for reading in readings)
    lost = sum(after.current < before.current for before, after in pairwise(attempts))
    publish(SAMPLE, store)
    files = sorted(path.name for path in folder.iterdir())
    print(f"{len(attempts)} publishers, {KILLS} of them killed, every other one with SIGTERM; left: {dict(left)}")
    print(f"{len(readings)} responses, {outdated} of them outdated, errors: {dict(errors)}")
    print(f"publications lost: {lost}; files: {files}")
    return not errors and not outdated and not lost and files == ["seeds", "store.db", "store.db.lock"]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        sys.exit(not asyncio.run(publishers_can_be_killed(Path(name))))
