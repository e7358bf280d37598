"""What readers and publishers notice while PostgreSQL is stopped, killed, slow or full."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.conftest import UNLINKED
from tests.crawl import crawl
from tests.http.test_metrics import metrics
from tests.postgresql.conftest import Host, Ledger, wait_until
from tests.postgresql.server import postgresql
from tests.postgresql.test_hosts import PASSAGE, content_of, is_ready, reads
from tests.publishing.test_publishing import reworded

NOTHING = "nothing was published.\n"


@pytest.fixture
def published(ledger: Ledger, host: Host, store: Path, tmp_path: Path, seeds: Path) -> Iterator[httpx.Client]:
    """A client of a host that follows a ledger with the sample guides."""
    ledger.seed(seeds, tmp_path / "publisher.db")
    client = host(store)
    wait_until(is_ready, client)
    yield client
    ledger.server.resume()


def unreachable_since(client: httpx.Client) -> datetime | None:
    ready = client.get("/health/ready")
    assert ready.status_code == 200
    since = ready.json()["ledger_unreachable_since"]
    return datetime.fromisoformat(since) if since else None


def test_readers_do_not_notice_that_postgresql_is_stopped(
    published: httpx.Client, ledger: Ledger, tmp_path: Path, seeds: Path
) -> None:
    before = content_of(crawl(published, *UNLINKED))
    assert metrics(published)["ledger_reachable"] == 1
    assert "ok       ledger: It is followed; its last" in ledger.run(tmp_path / "store.db", "doctor").stdout
    start = datetime.now(UTC)
    ledger.server.stop()
    try:
        wait_until(unreachable_since, published)
        since = unreachable_since(published)
        assert since
        assert abs((since - start).total_seconds()) < 60
        notice = published.get("/health/ready").json()["notice"]
        assert notice == f"The ledger has been unreachable since {since:%Y-%m-%dT%H:%M:%SZ}; the log has the reason."
        assert metrics(published)["ledger_reachable"] == 0
        assert content_of(crawl(published, *UNLINKED)) == before
        for command in (
            ["seed", str(seeds)],
            ["withdraw", "treaty-of-nowhere", "--reason", "Why"],
            ["prune", "--keep=1"],
        ):
            failed = ledger.run(tmp_path / "publisher.db", *command)
            assert (failed.returncode, failed.stdout) == (1, "")
            assert failed.stderr.startswith("The ledger cannot be used (connection failed:")
            assert failed.stderr.endswith(f"Connection refused); {NOTHING}")
            assert failed.stderr.count("\n") == 1
        assert "problem  ledger: The ledger cannot be used" in ledger.run(tmp_path / "store.db", "doctor").stdout
    finally:
        ledger.server.start()
    wait_until(lambda: not unreachable_since(published))
    assert content_of(crawl(published, *UNLINKED)) == before
    reworded(seeds)
    ledger.seed(seeds, tmp_path / "publisher.db")
    wait_until(reads, published, "Nowhere has one harbour.")
    assert metrics(published)["ledger_lag"] == 0


def test_readers_do_not_notice_that_postgresql_is_killed_while_guides_are_published(
    published: httpx.Client, ledger: Ledger, tmp_path: Path, seeds: Path
) -> None:
    stopped = Event()
    texts: set[str] = set()

    def read() -> None:
        with httpx.Client(base_url=published.base_url) as client:
            while not stopped.is_set():
                response = client.get(PASSAGE)
                assert response.status_code == 200
                texts.add(response.json()["text"])

    with ThreadPoolExecutor() as threads:
        readings = [threads.submit(read) for _ in range(2)]
        try:
            for before, after in (("no harbour", "one harbour"), ("one harbour", "no harbour")):
                reworded(seeds, before, after)
                publication = threads.submit(ledger.run, tmp_path / "publisher.db", "seed", str(seeds))
                ledger.server.kill()
                ledger.server.start()
                publication.result()
                ledger.seed(seeds, tmp_path / "publisher.db")
                wait_until(reads, published, f"Nowhere has {after}.")
        finally:
            stopped.set()
        for reading in readings:
            reading.result()
    assert texts == {"Nowhere has no harbour.", "Nowhere has one harbour."}


def test_readers_do_not_notice_that_postgresql_does_not_respond(
    published: httpx.Client, ledger: Ledger, tmp_path: Path, seeds: Path
) -> None:
    before = content_of(crawl(published, *UNLINKED))
    ledger.server.pause()
    assert content_of(crawl(published, *UNLINKED)) == before
    failed = ledger.run(tmp_path / "publisher.db", "seed", str(seeds), url=f"{ledger.url}?connect_timeout=2")
    assert failed.stderr == f"The ledger cannot be used (connection timeout expired); {NOTHING}"
    wait_until(unreachable_since, published)
    ledger.server.resume()
    wait_until(lambda: not unreachable_since(published))


@pytest.fixture
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file system of 80 MB."""
    folder = Path("/tmp") / f"small-{os.getpid()}"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", str(folder)]
    try:
        if os.getuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
            pytest.skip("mounting is not allowed here")
        yield folder
        subprocess.run(["umount", str(folder)], check=True)
    finally:
        folder.rmdir()


def test_nothing_is_published_when_the_disk_of_postgresql_is_full(small_disk: Path, store: Path, seeds: Path) -> None:
    with postgresql(small_disk) as server:
        ledger = Ledger(server, "postgres")
        ledger.seed(seeds, store)
        before = store.read_bytes()
        reworded(seeds, "no harbour", "no harbour " + os.urandom(400_000).hex())
        filler = small_disk / "filler"
        free = shutil.disk_usage(small_disk).free
        filler.write_bytes(bytes(free - free % 4_096))
        failed = ledger.run(store, "seed", str(seeds))
        assert (failed.returncode, failed.stdout) == (1, "")
        assert "No space left on device" in failed.stderr
        assert failed.stderr.endswith(f"; {NOTHING}")
        assert store.read_bytes() == before
        filler.unlink()
        if server.is_running():
            assert ledger.execute("SELECT count(*) FROM ledger") == "2"
        reworded(seeds, "no harbour ", "one harbour ")
        ledger.seed(seeds, store)
        assert store.read_bytes() != before


def test_nul_which_postgresql_has_not_is_refused_before(ledger: Ledger, store: Path, seeds: Path) -> None:
    reworded(seeds, "no harbour", "no\0harbour")
    refused = ledger.run(store, "seed", str(seeds))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "This line contains a NUL character; remove it." in refused.stderr
    assert refused.stderr.endswith(NOTHING)
    assert ledger.execute("SELECT count(*) FROM pg_tables WHERE tablename = 'ledger'") == "0"
