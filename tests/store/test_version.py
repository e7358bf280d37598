"""The version of a store, by which a worker notices a publication."""

import shutil
from pathlib import Path

from app.store.version import StoreVersion
from tests.service import SAMPLE, seed


def test_the_version_changes_when_the_store_is_replaced(store: Path, tmp_path: Path) -> None:
    seed(store, SAMPLE)
    version = StoreVersion(store)
    before = version.current()
    store.read_bytes()
    assert version.current() == before
    Path(shutil.copy2(store, tmp_path / "same.db")).replace(store)
    assert version.current() != before


def test_a_recent_version_is_looked_up_again_after_its_maximum_age(store: Path) -> None:
    seed(store, SAMPLE)
    kept, fresh = StoreVersion(store, max_age=3_600), StoreVersion(store, max_age=0)
    assert kept.recent() == fresh.recent()
    store.unlink()
    assert (kept.recent() is None, fresh.recent() is None) == (False, True)
