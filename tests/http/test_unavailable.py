"""A store that is missing, empty, damaged or of another version."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.http.responses import problem
from tests.service import SAMPLE, publish_into, seed, serving


def test_a_missing_store_is_a_503_with_the_reason(store: Path) -> None:
    with serving(store) as client:
        assert client.get("/health/live").status_code == 200
        ready = client.get("/health/ready")
        assert "missing" in problem(ready).detail
        assert ready.headers["retry-after"] == "5"
        assert problem(client.get("/v1/guides")).status == 503
        seed(store, SAMPLE)
        assert client.get("/health/ready").status_code == 200


def test_an_empty_store_is_a_503_with_the_reason(store: Path) -> None:
    publish_into(store, [])
    with serving(store) as client:
        assert "contains no guide" in problem(client.get("/health/ready")).detail
        assert client.get("/v1/guides").json() == {
            "items": [],
            "total": 0,
            "next": None,
            "previous": None,
            "next_cursor": None,
        }


@pytest.mark.parametrize(
    ("migration", "advice"), [("0000", "run `treaty-guide seed`"), ("9999", "upgrade the service")]
)
def test_a_store_at_another_migration_is_a_503_with_what_to_do(store: Path, migration: str, advice: str) -> None:
    seed(store, SAMPLE)
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [migration])
    with serving(store) as client:
        detail = problem(client.get("/health/ready")).detail
        assert f"migration {migration}" in detail
        assert detail.endswith(f"; {advice}.")


def test_a_file_that_is_no_store_is_a_503(store: Path) -> None:
    store.write_text("This is a letter to the editor, and not a database at all." * 100)
    with serving(store) as client:
        assert problem(client.get("/v1/guides")).status == 503
        assert problem(client.get("/health/ready")).status == 503


def test_a_store_below_a_file_is_a_503(store: Path) -> None:
    store.write_text("This is a file.")
    with serving(store / "store.db") as client:
        assert problem(client.get("/v1/guides")).status == 503
        assert problem(client.get("/health/ready")).status == 503


def test_a_store_that_lacks_a_table_is_a_503(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store) as client, closing(sqlite3.connect(store)) as connection:
        connection.execute("DROP TABLE see_also")
        assert problem(client.get("/v1/guides/treaty-of-nowhere/sections/signing")).status == 503
