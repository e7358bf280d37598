"""A guide as an SQLite database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from app.downloads.guide_content import EDITIONS
from tests.downloads.files import GUIDE_URL, NOWHERE, SEA, all_items, download, read_tables


def open_file(content: bytes) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.deserialize(content)
    return database


@pytest.fixture(scope="module")
def database(client: httpx.Client) -> Iterator[sqlite3.Connection]:
    with closing(open_file(download(client, GUIDE_URL, "sqlite"))) as database:
        yield database


@pytest.mark.parametrize("guide", [SEA, NOWHERE])
def test_the_database_is_sound(sample: httpx.Client, guide: str) -> None:
    with closing(open_file(download(sample, guide, "sqlite"))) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_tables_are_those_of_the_csv_files(client: httpx.Client, database: sqlite3.Connection) -> None:
    _, tables = read_tables(download(client, GUIDE_URL, "csv"))
    for name, rows in tables.items():
        assert database.execute(f"SELECT count(*) FROM {name}").fetchone() == (len(rows),)


def test_every_column_is_described(database: sqlite3.Connection) -> None:
    described = set(database.execute("SELECT table_name, column_name FROM data_dictionary WHERE description <> ''"))
    tables = {name for name, column in described if not column}
    columns = {
        (table, column)
        for table in tables
        for _, column, *_ in database.execute(f"PRAGMA table_info({table})").fetchall()
    }
    assert described == columns | {(table, "") for table in tables}
    of_search = {name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE sql LIKE '%USING fts5%'")}
    others = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'"
    assert {name for (name,) in database.execute(others)} == tables
    assert of_search


def test_the_text_of_both_editions_is_side_by_side(client: httpx.Client, database: sqlite3.Connection) -> None:
    for edition in EDITIONS:
        texts = [passage["text"] for passage in all_items(client, f"{GUIDE_URL}/passages?edition={edition}")]
        rows = database.execute(f"SELECT {edition}_text FROM passages ORDER BY rowid")
        assert [text for (text,) in rows] == texts


@pytest.mark.parametrize(
    ("table", "words", "found"),
    [
        ("passages", "market AND barriers", "trade-implications.5"),
        ("corrections", "placeholder OR variable", "year-placeholder"),
        ("terms", "安保*", "anpo"),
        ("instruments", "cooperating security", "treaty-1960"),
    ],
)
def test_full_text_search_finds(database: sqlite3.Connection, table: str, words: str, found: str) -> None:
    key = "id" if table == "passages" else "slug"
    search = (
        f"SELECT {key} FROM {table} JOIN {table}_fts ON {table}_fts.rowid = {table}.rowid WHERE {table}_fts MATCH ?"
    )
    assert (found,) in database.execute(search, [words]).fetchall()


def test_a_condition_on_a_reference_uses_an_index(database: sqlite3.Connection) -> None:
    plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM corrections WHERE passage = 'history.1'").fetchall()
    assert "USING INDEX corrections_passage" in plan[0][3]


def test_the_sources_of_a_fact_can_be_joined(client: httpx.Client, database: sqlite3.Connection) -> None:
    article = client.get("/v1/instruments/treaty-1960/articles/5").json()
    rows = database.execute(
        "SELECT sources.title, pinpoint FROM citations JOIN sources ON sources.slug = source"
        " WHERE kind = 'article' AND citations.slug = 'treaty-1960/5' ORDER BY position"
    )
    assert rows.fetchall() == [(source["title"], source["pinpoint"]) for source in article["sources"]]
