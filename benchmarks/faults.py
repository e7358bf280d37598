"""Damage, delete and replace the store of a running service while readers use it, and count what they notice."""

import asyncio
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from app.store.read_model import VERSION
from benchmarks.connections import Response, connected, request
from benchmarks.damage import damage
from benchmarks.kills import ADDRESSES, write_version
from benchmarks.serving import WITHOUT_PRIVILEGES, publish, serving
from tests.service import changing

ATTEMPTS = 10
FAULT_S = 0.3  # seconds from a fault to its repair
RECOVERY_S = 1.0  # seconds after that in which the service must be well again
CONNECTIONS = 4


class Fault(NamedTuple):
    """A fault: what it does to the store, given another intact store, and whether readers may get 503.

    The repair renames an intact copy over the store, after `undo`.
    """

    name: str
    cause: Callable[[Path, Path], object]
    may_fail: bool = False
    undo: Callable[[Path], object] = lambda store: None


def _overwrite(store: Path, other: Path) -> None:
    damage(store, random.Random())


def _replace_by_damaged(store: Path, other: Path) -> None:
    damaged = store.with_name("damaged.db")
    shutil.copy(other, damaged)
    damage(damaged, random.Random())
    damaged.replace(store)


def _replace_by_text(store: Path, other: Path) -> None:
    store.unlink()
    store.write_text("Dear Sir or Madam, " * 999, encoding="utf-8")


def _replace_by_other(store: Path, other: Path) -> None:
    copy = store.with_name("copy.db")
    shutil.copy(other, copy)
    copy.replace(store)


def _replace_by_older_version(store: Path, other: Path) -> None:
    old = store.with_name("old-version.db")
    shutil.copy(other, old)
    with changing(old) as connection:
        connection.execute(f"PRAGMA user_version={VERSION - 1}")
    old.replace(store)


FAULTS = (
    Fault("deleted", lambda store, other: store.unlink()),
    Fault("made unreadable", lambda store, other: store.chmod(0)),
    Fault(
        "in a folder made unreadable",
        lambda store, other: store.parent.chmod(0),
        undo=lambda store: store.parent.chmod(0o755),
    ),
    Fault("replaced by one of an older version", _replace_by_older_version),
    Fault("replaced by a damaged one", _replace_by_damaged),
    Fault("replaced by an older one", _replace_by_other),
    Fault("replaced by a text", _replace_by_text),
    Fault("truncated", lambda store, other: os.truncate(store, store.stat().st_size // 2), may_fail=True),
    Fault("overwritten", _overwrite, may_fail=True),
    Fault("copied over by an older one", lambda store, other: store.write_bytes(other.read_bytes()), may_fail=True),
)


class Reading(NamedTuple):
    """A response: its time, its status, and whether it has the content of one of the stores."""

    at: float
    status: int
    is_right: bool


async def _read(server: str, right: dict[str, set[bytes]], over: asyncio.Event) -> list[Reading]:
    readings: list[Reading] = []
    async with connected(server) as connection:
        for address in cycle(right):
            if over.is_set():
                break
            response = await connection.exchange(request(address))
            readings.append(Reading(time.perf_counter(), response.status, response.body in right[address]))
    return readings


async def _cause(fault: Fault, store: Path, newest: Path, older: Path) -> list[tuple[float, float]]:
    """Cause a fault and repair it, again and again; return the times of the repairs and of the next causes."""
    times: list[tuple[float, float]] = []
    for _ in range(ATTEMPTS):
        await asyncio.to_thread(fault.cause, store, older)  # a busy disk must not delay the readers
        await asyncio.sleep(FAULT_S)
        start = time.perf_counter()
        await asyncio.to_thread(fault.undo, store)
        await asyncio.to_thread(_replace_by_other, store, newest)
        await asyncio.sleep(RECOVERY_S)
        times.append((start, time.perf_counter()))
    return times


async def _bodies(server: str) -> dict[str, Response]:
    async with connected(server) as connection:
        return {address: await connection.exchange(request(address)) for address in ADDRESSES}


async def store_faults_are_survived(folder: Path) -> bool:
    """Return whether no fault gave wrong content, and the service was well again after each."""
    folder.mkdir(exist_ok=True)
    older, newest, store = folder / "older.db", folder / "newest.db", folder / "served" / "store.db"
    store.parent.mkdir()
    for number, path in enumerate((older, newest)):
        write_version(folder / "seeds", number)
        publish(folder / "seeds", path)
    right: dict[str, set[bytes]] = {address: set() for address in ADDRESSES}
    for path in (older, newest):
        with serving(path) as server:
            for address, response in (await _bodies(server.address)).items():
                right[address].add(response.body)
    passed = True
    print("| fault | attempts | responses | failed | wrong | slowest recovery |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for fault in FAULTS:
        shutil.copy(newest, store)
        # What is in the cache is served whatever happens to the store.
        with serving(store, prefix=WITHOUT_PRIVILEGES, TREATY_GUIDE_CACHE_BYTES="0") as server:
            await _bodies(server.address)  # it listens before it has opened the store
            over = asyncio.Event()
            readers = [asyncio.create_task(_read(server.address, right, over)) for _ in range(CONNECTIONS)]
            repairs = await _cause(fault, store, newest, older)
            over.set()
            readings = [reading for reader in readers for reading in await reader]
        failed = [reading for reading in readings if reading.status == 503]
        wrong = Counter(reading.status for reading in readings if reading.status != 503 and not reading.is_right)
        recovery = max(
            (reading.at - start for start, end in repairs for reading in failed if start <= reading.at < end),
            default=0.0,
        )
        print(
            f"| {fault.name} | {ATTEMPTS} | {len(readings):,} | {len(failed):,} | {wrong.total()} |"
            f" {recovery * 1000:.0f} ms |"
        )
        passed &= not wrong and (fault.may_fail or not failed) and recovery < RECOVERY_S
    return passed


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        sys.exit(not asyncio.run(store_faults_are_survived(Path(name) / "faults")))
