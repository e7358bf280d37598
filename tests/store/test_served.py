"""Only intact store files are served; until there is a new one, the previous one is."""

import os
import random
import shutil
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from app.errors import StoreUnavailable
from app.store import digest, served
from app.store.connections import StoreFile
from app.store.engines import ReadingSessions
from app.store.served import ServedStore
from tests.http.responses import problem
from tests.publishing.test_publishing import reworded
from tests.service import SAMPLE, seed, serving
from tests.store.damage import damage

ADDRESS = "/v1/guides/nowhere-and-the-sea/passages/harbours.1"
OTHER = "/v1/guides/nowhere-and-the-sea/sections"


@pytest.fixture
def other(tmp_path: Path, seeds: Path) -> Path:
    """A store with one word changed, outside of the folder of the store."""
    reworded(seeds)
    (tmp_path / "other").mkdir()
    seed(tmp_path / "other" / "store.db", seeds)
    return tmp_path / "other" / "store.db"


def test_a_store_with_overwritten_bytes_is_refused_wherever_they_are(store: Path, tmp_path: Path) -> None:
    seed(store, SAMPLE)
    chance, copy = random.Random(), tmp_path / "copy.db"
    end = store.stat().st_size
    for offset in (0, 18, 24, 60, 100, end - 8, end - digest.DIGEST_BYTES, end - digest.DIGEST_BYTES - 8, *[None] * 50):
        shutil.copy(store, copy)
        damage(copy, chance, offset)
        with pytest.raises(StoreUnavailable):
            StoreFile(copy)
    assert StoreFile(store).version


@pytest.mark.parametrize("size", [0, 100, 10_000, -1, -digest.DIGEST_BYTES])
def test_a_truncated_store_is_refused(store: Path, size: int) -> None:
    seed(store, SAMPLE)
    os.truncate(store, size if size >= 0 else store.stat().st_size + size)
    with pytest.raises(StoreUnavailable):
        StoreFile(store)


def test_the_digest_of_several_pieces_covers_all_of_them(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "PIECE_BYTES", 4_096)
    seed(store, SAMPLE)
    digest.remove_digest(store)
    digest.add_digest(store)
    assert StoreFile(store).version
    damage(store, random.Random(), offset=4_096 * 3 + 5)
    with pytest.raises(StoreUnavailable):
        StoreFile(store)


def test_a_damaged_store_gives_503_at_every_address(store: Path) -> None:
    seed(store, SAMPLE)
    damage(store, random.Random())
    with serving(store) as client:
        for address in (ADDRESS, OTHER, "/health/ready", "/v1/search?q=harbour", "/"):
            assert problem(client.get(address)).status == 503


def test_a_damaged_file_does_not_replace_the_previous_one(store: Path, other: Path) -> None:
    seed(store, SAMPLE)
    damage(other, random.Random(), offset=5_000)
    with serving(store) as client:
        other.replace(store)
        assert client.get(ADDRESS).json()["text"] == "Nowhere has no harbour."
        notice = client.get("/health/ready").json()["notice"]
    assert "damaged" in notice
    assert "The previous file is served." in notice


def test_a_deleted_store_is_served_until_there_is_another_one(store: Path, other: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, cache_bytes=0) as client:
        store.unlink()
        for _ in range(10):
            assert client.get(ADDRESS).json()["text"] == "Nowhere has no harbour."
        assert "missing" in client.get("/health/ready").json()["notice"]
        other.replace(store)
        assert client.get(ADDRESS).json()["text"] == "Nowhere has one harbour."
        assert client.get("/health/ready").json()["notice"] is None


def test_a_file_that_is_overwritten_is_not_read_until_it_is_intact(store: Path, other: Path) -> None:
    seed(store, SAMPLE)
    content = store.read_bytes()
    with serving(store) as client:
        cached = client.get(ADDRESS)
        damage(store, random.Random())
        assert client.get(ADDRESS).content == cached.content
        assert problem(client.get(OTHER)).status == 503
        assert "damaged" in problem(client.get("/health/ready")).detail
        store.write_bytes(content)
        assert client.get(OTHER).status_code == 200
        store.write_bytes(other.read_bytes())
        assert client.get(ADDRESS).json()["text"] == "Nowhere has one harbour."


def test_a_session_in_which_the_file_is_written_fails(store: Path) -> None:
    seed(store, SAMPLE)
    sessions = ReadingSessions(ServedStore(store))
    with pytest.raises(StoreUnavailable, match="changed while it was read"), sessions.open() as session:  # noqa: PT012 - it fails at its end
        damage(store, random.Random())
        assert session.connection().execute(text("SELECT 1")).scalar() == 1
    sessions.close()


def test_touching_the_file_changes_nothing(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, cache_bytes=0) as client:
        store.touch()
        store.chmod(0o444)
        assert client.get(ADDRESS).status_code == 200


def test_readers_get_the_previous_file_while_a_large_one_is_checked(
    store: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served, "CHECKED_AT_ONCE_BYTES", 0)
    seed(store, SAMPLE)

    def read(client: httpx.Client) -> str:
        response = client.get(ADDRESS)
        assert response.status_code == 200
        return str(response.json()["text"])

    with serving(store, cache_bytes=0) as client:
        other.replace(store)
        words = "Nowhere has no harbour."
        while words == "Nowhere has no harbour.":
            words = read(client)
        assert words == "Nowhere has one harbour."


def test_a_store_that_is_replaced_has_another_version(store: Path, tmp_path: Path) -> None:
    seed(store, SAMPLE)
    version = ServedStore(store)
    before = version.current()
    store.read_bytes()
    assert version.current() == before
    Path(shutil.copy2(store, tmp_path / "same.db")).replace(store)
    assert version.current() != before


def test_a_recent_version_is_looked_up_again_after_its_maximum_age(store: Path, other: Path) -> None:
    seed(store, SAMPLE)
    kept, fresh = ServedStore(store, max_age=3_600), ServedStore(store, max_age=0)
    before = kept.recent()
    assert fresh.recent() == before
    other.replace(store)
    assert (kept.recent() == before, fresh.recent() == before) == (True, False)
