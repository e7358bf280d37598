"""The version of a store, by which a worker notices a publication."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.store.version import StoreVersion
from tests.service import SAMPLE, seed


@pytest.fixture
def version(store: Path) -> Iterator[StoreVersion]:
    """The version of a store with the sample guides."""
    seed(store, SAMPLE)
    version = StoreVersion(store)
    yield version
    version.close()


def test_the_version_changes_only_with_a_commit(version: StoreVersion, store: Path) -> None:
    with closing(sqlite3.connect(store, isolation_level=None)) as writer:
        before = version.current()
        writer.execute("SELECT count(*) FROM revision").fetchone()
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("PRAGMA user_version = 7")
        assert version.current() == before
        writer.execute("ROLLBACK")
        assert version.current() == before
        writer.execute("PRAGMA user_version = 8")
        assert version.current() != before


def test_the_version_of_a_store_in_wal_mode_is_unknown(version: StoreVersion, store: Path) -> None:
    with closing(sqlite3.connect(store)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
    assert version.current() is None


def test_a_recent_version_is_looked_up_again_after_its_maximum_age(store: Path) -> None:
    seed(store, SAMPLE)
    kept, fresh = StoreVersion(store, max_age=3_600), StoreVersion(store, max_age=0)
    assert kept.recent() == fresh.recent()
    store.unlink()
    assert (kept.recent() is None, fresh.recent() is None) == (False, True)
    kept.close()
