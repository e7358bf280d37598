"""Run Datasette over a guide, in a virtual environment of its own."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

from benchmarks.large import ROOT
from benchmarks.serving import Server, running

VERSION = "0.65.1"
ENVIRONMENT = ROOT / ".venv-bench"
INSTALLED = ENVIRONMENT / f".datasette-{VERSION}"

# By default it suggests facets for each list, which takes longer than the list.
WITHOUT_FACETS = ("--setting", "suggest_facets", "off")


def install() -> None:
    """Install this version unless it is installed."""
    if not INSTALLED.exists():
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        pip = [str(ENVIRONMENT / "bin/pip"), "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, f"datasette=={VERSION}", "setuptools<81"], check=True)
        INSTALLED.touch()


def write_passages(store: Path, target: Path) -> list[str]:
    """Write the passages of a store to a table with a full-text index; return their texts."""
    with closing(sqlite3.connect(store)) as source:
        passages = source.execute(
            "SELECT section.slug || '.' || n, section.title, original"
            " FROM passage JOIN section ON section.id = section_id"
        ).fetchall()
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.executescript(
            "CREATE TABLE passage (id TEXT PRIMARY KEY, title TEXT, text TEXT);"
            "CREATE VIRTUAL TABLE passage_fts USING fts5(title, text, content='passage', tokenize='porter unicode61');"
        )
        connection.executemany("INSERT INTO passage VALUES (?, ?, ?)", passages)
        connection.execute("INSERT INTO passage_fts (passage_fts) VALUES ('rebuild')")
    return [text for _, _, text in passages]


def write_sections(sections: Sequence[Mapping[str, Any]], target: Path) -> None:
    """Write sections to a table with a column for each field; nested values become JSON text."""
    columns = ", ".join(f'"{name}"' for name in sections[0])
    values = ", ".join(f":{name}" for name in sections[0])
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute(f"CREATE TABLE section ({columns}, PRIMARY KEY (slug))")
        connection.executemany(
            f"INSERT INTO section VALUES ({values})",
            [
                {
                    name: json.dumps(value) if isinstance(value, dict | list) else value
                    for name, value in section.items()
                }
                for section in sections
            ],
        )


def serving(database: Path, *options: str) -> AbstractContextManager[Server]:
    """Serve a database that does not change."""
    return running(str(ENVIRONMENT / "bin/datasette"), "serve", "--immutable", str(database), *options)
