"""Serve from two hosts with a ledger in PostgreSQL, which is stopped, killed, paused and full meanwhile."""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count, pairwise
from pathlib import Path
from typing import NamedTuple

import httpx

from app.content import read_guides
from app.errors import LedgerUnavailable
from app.ledger.postgresql import ledger_engine
from app.publishing import publish as publish_guides
from app.publishing import publishing
from benchmarks.addresses import UNLINKED
from benchmarks.kills import ADDRESSES, Reading, read, write_version
from benchmarks.large import ROOT
from benchmarks.serving import COMMAND, publish, running
from tests.crawl import crawl
from tests.postgresql.server import PostgreSQL, postgresql
from tests.service import serving

PUBLICATIONS = 50
ATTEMPTS = 10
FAULT_S = 2.0  # seconds from a fault to its repair
OUTAGE_S = 60.0
MAX_VISIBLE_S = 1.0
MAX_RECOVERY_S = 10.0
CONNECTIONS = 2  # of readers to each host
SMALL_DISK_MB = 100
PADDING_BYTES = 50_000  # so that a publication needs more space than there is in the files of the server
OWN_HEADERS = {"date", "x-request-id"}  # of a single response


class Fault(NamedTuple):
    """What happens to PostgreSQL, and how it is repaired."""

    name: str
    cause: Callable[[PostgreSQL], object]
    repair: Callable[[PostgreSQL], object]
    disk_mb: int | None = None


def _fill_disk(server: PostgreSQL) -> None:
    """Write to the disk of the server until it is full."""
    with (server.data.parent / "filler").open("wb", buffering=0) as file:
        try:
            while file.write(bytes(65_536)):
                pass
        except OSError:
            return


def _free_disk(server: PostgreSQL) -> None:
    (server.data.parent / "filler").unlink()
    if not server.is_running():  # it stops itself if it cannot write its log of transactions
        server.start()


FAULTS = (
    Fault("stopped", PostgreSQL.stop, PostgreSQL.start),
    Fault("killed", PostgreSQL.kill, PostgreSQL.start),
    Fault("not responding", PostgreSQL.pause, PostgreSQL.resume),
    Fault("disk full", _fill_disk, _free_disk, SMALL_DISK_MB),
)


class Hosts:
    """Two hosts that follow a ledger, and a machine that publishes."""

    def __init__(self, folder: Path, server: PostgreSQL, stack: ExitStack, padding: int) -> None:
        self.folder = folder
        self.padding = padding  # bytes of a random note
        self.url = server.url() + "?connect_timeout=2"
        self.stores = [folder / "a.db", folder / "b.db"]
        self.servers = [
            stack.enter_context(running(*COMMAND, "serve", folder=ROOT, log=None, **self._environment(s)))
            for s in self.stores
        ]
        self.clients = [
            stack.enter_context(
                httpx.Client(base_url=each.address, timeout=30, transport=httpx.HTTPTransport(retries=9))
            )
            for each in self.servers
        ]
        self.numbers = count(1)

    def _environment(self, store: Path) -> dict[str, str]:
        return {
            "TREATY_GUIDE_DATABASE_URL": self.url,
            "TREATY_GUIDE_READ_MODEL": str(store),
            "TREATY_GUIDE_ACCESS_LOG": "false",
        }

    def command(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Run a command on the machine that publishes."""
        environment = {**os.environ, **self._environment(self.folder / "publisher.db")}
        return subprocess.run([*COMMAND, *arguments], env=environment, cwd=ROOT, check=False, capture_output=True)

    def publish(self) -> int:
        """Publish the next version; return its number. Raises `LedgerUnavailable`."""
        number = next(self.numbers)
        write_version(self.folder / "seeds", number)
        guides = read_guides(self.folder / "seeds")
        engine = ledger_engine(self.url, appends=True)
        with publishing(self.folder / "publisher.db", postgresql=engine) as (read_model, ledger):
            publish_guides(read_model, ledger, *guides, note=os.urandom(self.padding).hex())
        return number

    def wait_for(self, number: int) -> None:
        """Wait until both hosts serve this version."""
        for client in self.clients:
            while f"publication-{number}" not in client.get(ADDRESSES[0], headers={"Cache-Control": "no-cache"}).text:
                time.sleep(0.005)


@contextmanager
def _hosts(folder: Path, disk_mb: int | None = None) -> Iterator[tuple[PostgreSQL, Hosts]]:
    """Start PostgreSQL, on a small disk if one is asked for, and two hosts."""
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="postgresql-") as data, ExitStack() as stack:
        if disk_mb:
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={disk_mb}m", "tmpfs", data], check=True)
            stack.callback(subprocess.run, ["umount", data], check=True)
        server = stack.enter_context(postgresql(Path(data)))
        yield server, Hosts(folder, server, stack, PADDING_BYTES if disk_mb else 0)


def _content(client: httpx.Client) -> dict[str, object]:
    """Return all responses of a crawl, without what differs between any two responses."""
    return {
        address: (
            response.status_code,
            response.content,
            [(name, value) for name, value in response.headers.multi_items() if name not in OWN_HEADERS],
        )
        for address, response in crawl(client, *UNLINKED).items()
        if address != "/health/ready"
    }


def _differences(before: dict[str, object], after: dict[str, object]) -> int:
    return sum(before.get(address) != after.get(address) for address in before.keys() | after.keys())


def responses_are_those_of_sqlite(folder: Path) -> bool:
    """Compare both hosts with a store that has its own ledger, and each with itself while PostgreSQL is stopped."""
    folder.mkdir(parents=True)
    store = publish(ROOT / "seeds", folder / "sqlite.db")
    with _hosts(folder / "hosts") as (server, hosts):
        hosts.command("copy-ledger", str(store)).check_returncode()
        with serving(store) as client:
            expected = _content(client)
        for client in hosts.clients:
            while client.get("/health/ready").status_code != 200:
                time.sleep(0.05)
        different = 0
        for path in hosts.stores:
            with serving(path, database_url=hosts.url, read_model=path) as client:
                different += _differences(expected, _content(client))
        print(f"{len(expected)} addresses on two hosts: {different} responses differ from those with SQLite")
        before = [_content(client) for client in hosts.clients]
        server.stop()
        stopped, crawls, changed = time.monotonic(), 0, 0
        while time.monotonic() - stopped < OUTAGE_S:
            changed += sum(
                _differences(one, _content(client)) for one, client in zip(before, hosts.clients, strict=True)
            )
            crawls += 1
        since = hosts.clients[0].get("/health/ready").json()["ledger_unreachable_since"]
        refused = hosts.command("seed", str(ROOT / "seeds")).stderr.decode().strip()
        server.start()
        changed += sum(_differences(one, _content(client)) for one, client in zip(before, hosts.clients, strict=True))
        print(f"PostgreSQL stopped for {OUTAGE_S:.0f} s, unreachable since {since}; seed: {refused}")
        print(f"{crawls} crawls of both hosts meanwhile and one afterwards: {changed} responses differ")
        return not different and not changed and bool(since) and refused.count("\n") == 0


def publications_are_visible_at_once(folder: Path) -> bool:
    """Measure the time from the end of a publication until both hosts serve it."""
    with _hosts(folder) as (_, hosts):
        hosts.wait_for(hosts.publish())
        seconds = []
        for _ in range(PUBLICATIONS):
            number = hosts.publish()
            start = time.perf_counter()
            hosts.wait_for(number)
            seconds.append(time.perf_counter() - start)
    print(
        f"{PUBLICATIONS} publications, visible on both hosts after {statistics.median(seconds) * 1000:.0f} ms (median),"
        f" {max(seconds) * 1000:.0f} ms at most"
    )
    return max(seconds) < MAX_VISIBLE_S


class Recovery(NamedTuple):
    """How many publications ended or failed around a fault, and the seconds from its repair to the next one."""

    published: int
    refused: int
    seconds: float


def _cause(fault: Fault, server: PostgreSQL, hosts: Hosts) -> list[Recovery]:
    recoveries = []
    for _ in range(ATTEMPTS):
        outcomes = Counter[bool]()
        fault.cause(server)
        until = time.monotonic() + FAULT_S
        while time.monotonic() < until:
            outcomes[_try(hosts) is not None] += 1
        fault.repair(server)
        start = time.perf_counter()
        while (number := _try(hosts)) is None:
            outcomes[False] += 1
        hosts.wait_for(number)
        recoveries.append(Recovery(outcomes[True], outcomes[False], time.perf_counter() - start))
    return recoveries


def _try(hosts: Hosts) -> int | None:
    try:
        return hosts.publish()
    except LedgerUnavailable:
        return None


def _went_back(readings: Sequence[Reading]) -> int:
    """Count the responses of a connection that are older than the one before, which is lost content."""
    return sum(max(after.numbers) < max(before.numbers) for before, after in pairwise(readings) if not after.error)


async def _survives(fault: Fault, folder: Path) -> bool:
    with _hosts(folder, fault.disk_mb) as (server, hosts):
        hosts.wait_for(hosts.publish())
        over = asyncio.Event()
        readers = [
            asyncio.create_task(read(each.address, over.is_set)) for each in hosts.servers for _ in range(CONNECTIONS)
        ]
        recoveries = await asyncio.to_thread(_cause, fault, server, hosts)
        over.set()
        connections = [await reader for reader in readers]
    readings = [reading for connection in connections for reading in connection]
    mixed = sum(reading.error == "mixed" for reading in readings)
    failed = sum(bool(reading.error) for reading in readings) - mixed
    lost = sum(map(_went_back, connections))
    seconds = [recovery.seconds for recovery in recoveries]
    refused = sum(recovery.refused for recovery in recoveries)
    print(
        f"| {fault.name} | {ATTEMPTS} | {refused} | {len(readings):,} | {failed} | {mixed} | {lost} |"
        f" {statistics.median(seconds):.1f} s | {max(seconds):.1f} s |"
    )
    return not failed and not mixed and not lost and max(seconds) < MAX_RECOVERY_S


def hosts_survive_postgresql(folder: Path) -> bool:
    """Return whether two hosts respond as with SQLite, and readers notice nothing of PostgreSQL."""
    passed = responses_are_those_of_sqlite(folder / "crawl")
    passed &= publications_are_visible_at_once(folder / "visible")
    print("| PostgreSQL | attempts | refused | responses | failed | mixed | lost | recovery | slowest |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for fault in FAULTS:
        if fault.disk_mb and os.getuid():
            print(f"{fault.name}: not tested, because only root may mount a small disk")
        else:
            passed &= asyncio.run(_survives(fault, folder / fault.name))
    return passed


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        sys.exit(not hosts_survive_postgresql(Path(name)))
