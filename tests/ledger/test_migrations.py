"""Migrations create and change the ledger, and nothing else."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command

from app.errors import StoreUnavailable
from app.ledger.migrations import alembic_config, current_migration, migrate
from app.store.engines import writing_engine
from tests.service import ROOT, SAMPLE, seed


def test_migrations_import_nothing_from_the_application() -> None:
    for path in (ROOT / "migrations/versions").glob("*.py"):
        source = path.read_text()
        assert "import app" not in source
        assert "from app" not in source


def test_the_migrations_make_the_tables_that_the_code_describes(store: Path) -> None:
    seed(store, SAMPLE)
    engine = writing_engine(store)
    with engine.begin() as connection:
        command.check(alembic_config(connection))
    engine.dispose()


def test_the_migrations_can_be_undone_one_by_one_and_done_again(store: Path) -> None:
    engine = writing_engine(store)
    with engine.begin() as connection:
        migrate(connection)
    made = schema_of(store)
    with engine.begin() as connection:
        while current_migration(connection) is not None:
            command.downgrade(alembic_config(connection), "-1")
    assert schema_of(store) == []
    with engine.begin() as connection:
        migrate(connection)
    assert schema_of(store) == made
    engine.dispose()


def schema_of(store: Path) -> list[str]:
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        return sorted(sql for (sql,) in rows if "alembic_version" not in sql)


def test_a_store_from_before_the_ledger_is_refused_with_what_to_do(store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('0007')")
        connection.execute("CREATE TABLE revision (id INTEGER)")
    before = store.read_bytes()
    with pytest.raises(StoreUnavailable) as refused:
        seed(store, SAMPLE)
    assert str(refused.value) == (
        "The store was made before publications were recorded, and cannot be converted; remove it and run"
        " `treaty-guide seed` again."
    )
    assert store.read_bytes() == before
