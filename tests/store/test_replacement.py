"""Publishing replaces the store: readers see all of a publication or nothing, whatever happens to the publisher."""

import os
import random
import shutil
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import delete, event, func
from sqlmodel import Session, select

from app.store.engines import reading_engine
from app.store.replacement import replacing
from app.store.served import ServedStore
from app.store.tables import Passage, Revision
from tests.publishing.killing import publish_and_kill
from tests.publishing.test_publishing import SEA, reworded
from tests.service import seed, serving

KILLS = 10
ADDRESS = "/v1/guides/nowhere-and-the-sea/passages/harbours.1"


@pytest.fixture
def sea(seeds: Path) -> Path:
    """A guide whose words a test may change."""
    return seeds / "nowhere-and-the-sea"


def files(store: Path) -> list[str]:
    """Return the names of the store and of the files next to it that a publisher made."""
    return sorted(path.name for path in store.parent.glob(f"{store.name}*"))


def test_unchanged_content_leaves_the_file_as_it_is(store: Path) -> None:
    seed(store, SEA)
    before = store.stat()
    with replacing(store):
        pass
    seed(store, SEA)
    assert store.stat() == before
    assert files(store) == ["store.db", "store.db.lock"]


def test_a_session_reads_one_state_and_the_next_one_the_new_state(store: Path, seeds: Path, sea: Path) -> None:
    seed(store, sea)
    engine = reading_engine(ServedStore(store))
    revisions = select(func.count()).select_from(Revision)
    with Session(engine) as session:
        assert session.scalar(revisions) == 1
        reworded(seeds)
        seed(store, sea)
        assert session.scalar(revisions) == 1
        with Session(engine) as another:
            assert another.scalar(revisions) == 2
        assert len(session.scalars(select(Passage.original)).all()) == 1
    with Session(engine) as session:
        assert session.scalar(revisions) == 2
    engine.dispose()


def test_a_file_that_is_replaced_while_it_is_opened_is_read(store: Path) -> None:
    seed(store, SEA)
    engine = reading_engine(ServedStore(store))

    @event.listens_for(engine, "connect")
    def replace(connection: object, record: object) -> None:
        Path(shutil.copy(store, store.with_name(f"{next(numbers)}.db"))).replace(store)

    numbers = count()
    for _ in range(3):
        with Session(engine) as session:
            assert session.scalar(select(func.count()).select_from(Revision)) == 1
    engine.dispose()


@pytest.mark.skipif(sys.platform != "linux", reason="lists open files in /proc")
def test_the_old_file_is_closed_after_a_publication(store: Path, seeds: Path, sea: Path) -> None:
    seed(store, sea)
    engine = reading_engine(ServedStore(store))
    with Session(engine) as one, Session(engine) as other:
        for session in (one, other):
            session.scalar(select(func.count()).select_from(Revision))
    assert {*open_files(store)} == {str(store)}
    reworded(seeds)
    seed(store, sea)
    with Session(engine) as session:
        session.scalar(select(func.count()).select_from(Revision))
    assert {*open_files(store)} == {str(store)}
    engine.dispose()


def open_files(store: Path) -> list[str]:
    """Return the open files in the folder of a store; a name ends with ` (deleted)` if its file was replaced."""
    links = [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return [path for path in links if path.startswith(str(store.parent))]


def test_the_new_file_has_the_permissions_and_the_owner_of_the_old_one(store: Path, seeds: Path, sea: Path) -> None:
    seed(store, sea)
    store.chmod(0o640)
    if os.getuid() == 0:
        os.chown(store, 10_001, 10_002)
    before = store.stat()
    reworded(seeds)
    seed(store, sea)
    after = store.stat()
    assert after.st_ino != before.st_ino
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)


def test_a_symbolic_link_leads_to_the_new_file(store: Path, seeds: Path, sea: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(store.name)
    seed(store, sea)
    with serving(link) as client:
        assert client.get(ADDRESS).json()["text"] == "Nowhere has no harbour."
        reworded(seeds)
        seed(link, sea)
        assert client.get(ADDRESS).json()["text"] == "Nowhere has one harbour."
    assert link.is_symlink()
    assert files(store) == ["store.db", "store.db.lock"]


def test_a_failed_publication_leaves_nothing_behind(store: Path, seeds: Path, sea: Path) -> None:
    seed(store, sea)
    before = store.read_bytes()
    with pytest.raises(KeyboardInterrupt), replacing(store) as engine:  # noqa: PT012 - it fails after its commit
        with engine.begin() as connection:
            connection.execute(delete(Passage))
        raise KeyboardInterrupt
    assert store.read_bytes() == before
    assert files(store) == ["store.db", "store.db.lock"]


def test_readers_do_not_notice_publishers_that_are_killed(store: Path, seeds: Path, sea: Path) -> None:
    seed(store, sea)
    store.with_name("store.db.new").write_text("left by a publisher that was killed")
    chance, stopped = random.Random(), threading.Event()
    read: set[tuple[int, str]] = set()

    def read_until_stopped() -> None:
        while not stopped.is_set():
            response = client.get(ADDRESS)
            read.add((response.status_code, response.json().get("text")))

    publish_and_kill(store, sea, 60)  # the first process takes longer to start
    start = time.perf_counter()
    publish_and_kill(store, sea, 60)
    duration = time.perf_counter() - start
    with serving(store) as client, ThreadPoolExecutor(1) as threads:
        reading = threads.submit(read_until_stopped)
        try:
            for n in range(KILLS):
                harbours = ("one harbour", "no harbour")[n % 2]
                reworded(seeds, "no harbour" if harbours == "one harbour" else "one harbour", harbours)
                publish_and_kill(store, sea, chance.uniform(0, duration), politely=n % 3 == 0)
        finally:
            stopped.set()
        reading.result()
        assert read <= {(200, "Nowhere has no harbour."), (200, "Nowhere has one harbour.")}
        reworded(seeds)
        seed(store, sea)
        assert client.get(ADDRESS).json()["text"] == "Nowhere has one harbour."
    assert files(store) == ["store.db", "store.db.lock"]
