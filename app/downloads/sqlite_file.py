"""The tables of a guide as an SQLite database, with indexes and full-text search."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime

from app.downloads.guide_content import GuideContent
from app.downloads.guide_tables import guide_tables
from app.downloads.tables import Column, Table, Type, Value, timestamp

TYPES: dict[Type, str] = {
    "string": "TEXT",
    "integer": "INTEGER",
    "boolean": "INTEGER",
    "date": "TEXT",
    "datetime": "TEXT",
}
# English words match by their stems, accents do not matter. Languages without spaces are searched by three characters.
TOKENIZER = "porter unicode61 remove_diacritics 2"
UNSPACED_TOKENIZER = "trigram"
UNSPACED_LANGUAGES = {"ja", "ko", "th", "zh"}

DICTIONARY = Table(
    "data_dictionary",
    "What the tables and columns mean.",
    [
        Column("table_name", "string", "Name of the table."),
        Column("column_name", "string", "Name of the column; empty for the table itself."),
        Column("description", "string", "What it means."),
    ],
    ("table_name", "column_name"),
    (),
)


def sqlite_file(corrected: GuideContent, original: GuideContent) -> bytes:
    """Return the database. Its bytes depend on the content, and on the version of SQLite."""
    tables = guide_tables(corrected, original)
    language = corrected.guide.language.partition("-")[0]
    tokenizer = UNSPACED_TOKENIZER if language in UNSPACED_LANGUAGES else TOKENIZER
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute("PRAGMA foreign_keys=ON")
        database.execute("BEGIN")
        for table in tables:
            _write(database, table, table.rows, tokenizer)
        _write(database, DICTIONARY, list(_descriptions([*tables, DICTIONARY])), tokenizer)
        database.execute("COMMIT")
        return database.serialize()


def _write(database: sqlite3.Connection, table: Table, rows: Sequence[Sequence[Value]], tokenizer: str) -> None:
    """Create a table with its rows, an index for each reference, and its full-text search."""
    database.execute(_definition(table))
    places = ", ".join("?" * len(table.columns))
    database.executemany(f"INSERT INTO {table.name} VALUES ({places})", (_values(row) for row in rows))  # noqa: S608 - our names
    for column in table.columns:
        is_indexed = column.refers_to or column.name in table.indexed
        if is_indexed and table.primary_key[0] != column.name:
            database.execute(f"CREATE INDEX {table.name}_{column.name} ON {table.name} ({column.name})")
    if table.searched:
        # Datasette finds the index of a table by `content`.
        options = f"content=\"{table.name}\", tokenize='{tokenizer}'"
        database.execute(f"CREATE VIRTUAL TABLE {table.name}_fts USING fts5({', '.join(table.searched)}, {options})")
        for command in ("rebuild", "optimize"):
            database.execute(f"INSERT INTO {table.name}_fts({table.name}_fts) VALUES ('{command}')")  # noqa: S608 - as above


def _definition(table: Table) -> str:
    """Return the statement that creates a table, readable for those who look at it."""
    lines = [
        f"{column.name} {TYPES[column.type]}{' NOT NULL' if column.is_required else ''}"
        + (f" REFERENCES {column.refers_to[0]} ({column.refers_to[1]})" if column.refers_to else "")
        for column in table.columns
    ]
    lines.append(f"PRIMARY KEY ({', '.join(table.primary_key)})")
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(lines) + "\n)"


def _values(row: Sequence[Value]) -> list[Value]:
    return [timestamp(value) if isinstance(value, datetime) else value for value in row]


def _descriptions(tables: Sequence[Table]) -> Iterator[tuple[str, str, str]]:
    for table in tables:
        yield table.name, "", table.description
        yield from ((table.name, column.name, column.description) for column in table.columns)
