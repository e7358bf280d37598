"""Test the service under load; the exit code is 1 if a response was wrong.

It publishes a large guide, sends random searches, and reads over many connections while guides are published and
publishers are killed, serves damaged stores, and serves from two hosts with a ledger in PostgreSQL. It needs Linux and
the command `faketime`.
"""

import asyncio
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from benchmarks import correctness, damage, faults, hosts, kills, publishers, republishing
from benchmarks.large import ROOT, write_large_guide
from benchmarks.serving import COMMAND, publish, serving
from tests.random_publications import Publisher, synchronize_at_random
from tests.random_searches import search_at_random

SECTIONS = 5_000
SEARCHES = 100_000
MAX_SEARCH_S = 1.0
PUBLICATIONS = 1_000


def publish_large(folder: Path) -> None:
    """Measure time and memory of publishing a guide of 5,000 sections."""
    write_large_guide(folder / "large-seeds", SECTIONS)
    environment = {**os.environ, "TREATY_GUIDE_DATABASE_URL": f"sqlite:///{folder}/large.db"}
    start = time.perf_counter()
    subprocess.run([*COMMAND, "seed", str(folder / "large-seeds")], env=environment, cwd=ROOT, check=True)
    seconds = time.perf_counter() - start
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"publish {SECTIONS} sections: {seconds:.1f} s, {megabytes:.0f} MB at most")


def copies_are_kept(folder: Path) -> bool:
    """Keep a copy of guides that are published, renamed, rolled back and withdrawn at random."""
    folder.mkdir()
    publisher = Publisher(folder / "store.db", folder / "seeds", random.Random())
    publisher.act()
    with serving(folder / "store.db") as server, httpx.Client(base_url=server.address, timeout=30) as client:
        statuses = synchronize_at_random(client, publisher, folder / "copy", PUBLICATIONS)
    print(f"{PUBLICATIONS} actions at random: {dict(publisher.actions)}; requests by status: {dict(statuses)}")
    print("  the copy is that of the service, and no unchanged body was downloaded")
    return True


def main() -> int:
    """Run the campaign."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        publish_large(folder)
        with serving(publish(ROOT / "seeds", folder / "shipped.db")) as server:
            statuses, longest = search_at_random(server.address, random.Random(), SEARCHES)
            print(f"{SEARCHES} random searches by status: {dict(statuses)}; the longest took {longest * 1000:.0f} ms")
            passed = longest < MAX_SEARCH_S
            passed &= asyncio.run(correctness.responses_are_correct(server.address))
        passed &= copies_are_kept(folder / "copies")
        for workers in (1, 2):
            passed &= asyncio.run(republishing.responses_are_correct(folder / str(workers), workers))
        passed &= asyncio.run(damage.no_wrong_content(folder / "damage"))
        passed &= asyncio.run(faults.store_faults_are_survived(folder / "faults"))
        passed &= asyncio.run(kills.publishers_can_be_killed(folder / "kills"))
        passed &= asyncio.run(publishers.publishers_in_trouble_do_no_harm(folder / "publishers"))
        passed &= hosts.hosts_survive_postgresql(folder / "hosts")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
