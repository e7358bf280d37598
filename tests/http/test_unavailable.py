"""A store that is missing, empty, damaged or of another version."""

from pathlib import Path

import pytest

from app.store.read_model import VERSION
from tests.http.responses import problem
from tests.service import SAMPLE, changing, publish_into, seed, serving


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
    ("version", "reason"),
    [
        (0, "The store is empty or was made by an older version; run `treaty-guide seed`."),
        (VERSION + 1, "The store was made by a newer version; upgrade the service."),
    ],
)
def test_a_store_of_another_version_is_a_503_with_what_to_do(store: Path, version: int, reason: str) -> None:
    seed(store, SAMPLE)
    with changing(store) as connection:
        connection.execute(f"PRAGMA user_version={version}")
    with serving(store) as client:
        for address in ("/health/ready", "/v1/guides"):
            assert problem(client.get(address)).detail == reason


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
    with changing(store) as connection:
        connection.execute("DROP TABLE see_also")
    with serving(store) as client:
        assert problem(client.get("/v1/guides/treaty-of-nowhere/sections/signing")).status == 503
