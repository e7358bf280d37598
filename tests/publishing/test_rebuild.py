"""The read model is a function of the ledger: it can be made again, with the same responses."""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from app.errors import StoreUnavailable
from app.publishing import publishing, roll_back, withdraw
from app.store import read_model
from tests.conftest import UNLINKED
from tests.crawl import crawl
from tests.http.responses import stable_headers
from tests.publishing.test_publishing import reworded
from tests.service import SAMPLE, changing, rebuild, replace_in, seed, serving

# The SHA-256 of the statements that create the tables of this version.
SCHEMA = {6: "e978fba5c3ee"}


def everything(store: Path, *more: str) -> dict[str, tuple[int, bytes, dict[str, str]]]:
    """Return the response of every address: its status, body and headers."""
    with serving(store) as client:
        return {address: _parts(response) for address, response in crawl(client, *UNLINKED, *more).items()}


def _parts(response: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    return response.status_code, response.content, stable_headers(response)


def test_a_rebuild_changes_no_response(store: Path, seeds: Path) -> None:
    [first, old] = seed(store, seeds)
    reworded(seeds)
    seed(store, seeds / "nowhere-and-the-sea")
    for before, after in (("The Signing", "The Ceremony"), ("The Ceremony", "The Signing"), ("Fish", "Fishes")):
        replace_in(seeds / "treaty-of-nowhere", before, after)
        seed(store, seeds)
    with publishing(store) as (session, ledger):
        withdraw(session, ledger, old.guide, "To see what stays.")
        roll_back(session, ledger, first.guide, first.revision)
    reworded(seeds, "one harbour", "two harbours")
    seed(store, seeds)
    more = f"/v1/guides/{old.guide}/sections?revision={old.revision}"
    published = everything(store, more)
    assert len(published) > 100
    inode = store.stat().st_ino
    rebuild(store)
    assert store.stat().st_ino != inode
    assert everything(store, more) == published


def test_a_read_model_of_an_older_version_is_made_again_by_the_next_publication(
    store: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed(store, seeds)
    address = "/v1/search?q=harbour"
    with serving(store) as client:
        published = client.get(address).json()
    with changing(store) as connection:
        connection.execute("DROP TABLE index_entry")
    monkeypatch.setattr("app.store.read_model.VERSION", read_model.VERSION + 1)
    monkeypatch.setattr("app.publishing.opening.VERSION", read_model.VERSION + 1)
    with serving(store) as client:
        assert client.get("/health/ready").status_code == 503
        seed(store, seeds / "nowhere-and-the-sea")
        assert client.get(address).json() == published


def test_a_store_of_a_newer_version_is_not_changed(store: Path) -> None:
    seed(store, SAMPLE)
    with closing(sqlite3.connect(store)) as connection:
        connection.execute(f"PRAGMA user_version={read_model.VERSION + 1}")
    before = store.read_bytes()
    with pytest.raises(StoreUnavailable, match="made by a newer version; upgrade the service"):
        seed(store, SAMPLE)
    assert store.read_bytes() == before


def test_damaged_content_stops_a_rebuild_and_the_old_store_stays(store: Path) -> None:
    seed(store, SAMPLE)
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE ledger SET content = x'00' WHERE sequence = 2")
    before = store.read_bytes()
    with pytest.raises(StoreUnavailable, match="Entry 2 of the ledger is damaged"):
        rebuild(store)
    assert store.read_bytes() == before


def test_a_changed_table_has_another_version() -> None:
    """If this fails, increase `VERSION` in app/store/read_model.py and write the new digest here."""
    tables = SQLModel.metadata.sorted_tables
    statements = [str(CreateTable(table)) for table in tables]
    statements += sorted(str(CreateIndex(index)) for table in tables for index in table.indexes)
    digest = sha256("".join([*statements, read_model._SEARCH_INDEX]).encode()).hexdigest()
    assert SCHEMA[read_model.VERSION] == digest[:12]
