"""`treaty-guide rebuild`, and the record of publications that it reads."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Run
from tests.service import SAMPLE, seed, serving


def test_a_rebuild_replaces_a_damaged_read_model(run: Run, store: Path) -> None:
    seed(store, SAMPLE)
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("DROP TABLE see_also")
    done = run(store, "rebuild")
    assert (done.returncode, done.stdout) == (0, f"The store {store} was rebuilt from 2 publications.\n")
    with serving(store) as client:
        assert client.get("/v1/guides/treaty-of-nowhere/sections").status_code == 200


def test_without_a_store_there_is_nothing_to_rebuild(run: Run, store: Path) -> None:
    done = run(store, "rebuild")
    assert (done.returncode, done.stderr) == (1, f"There is no store {store}; run `treaty-guide seed`.\n")
    assert not store.exists()


def test_a_note_is_kept_in_the_ledger(run: Run, store: Path) -> None:
    assert run(store, "seed", "--note", "First edition.", str(SAMPLE)).returncode == 0
    with closing(sqlite3.connect(store)) as connection:
        notes = connection.execute("SELECT ledger.note, publication.note FROM ledger JOIN publication USING (sequence)")
        assert notes.fetchall() == [("First edition.", "First edition.")] * 2
