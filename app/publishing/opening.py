"""Open the store for publishing: its ledger and its read model, in a new file that replaces it."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlmodel import Session

from app.errors import StoreUnavailable
from app.ledger.migrations import migrate
from app.publishing.projection import OnCount, catch_up, ignore
from app.store.engines import transaction
from app.store.read_model import VERSION, create_read_model, read_model_version
from app.store.replacement import replacing

LEDGER_TABLES = ("alembic_version", "ledger")


@contextmanager
def publishing(
    store: Path, on_wait: Callable[[], None] = lambda: None, on_entry: OnCount = ignore
) -> Iterator[tuple[Session, Connection]]:
    """Open a session of the read model, and a connection to the ledger, to publish and commit.

    Both are created or brought up to date first; `on_entry` is called with the number of entries that were projected.
    The store is replaced at the end, or stays as it is on an exception; `on_wait` is called before waiting for another
    publisher. Raises `StoreUnavailable` if the store is of a newer version or cannot be written.
    """
    with _opened(store, on_wait, copy=_copy) as (session, ledger):
        catch_up(session, ledger, on_entry)
        yield session, ledger


@contextmanager
def rebuilding(store: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[tuple[Session, Connection]]:
    """Do the same with an empty read model; the caller projects the ledger.

    The store may be damaged: projecting fails for content that does not have its digest.
    """
    with _opened(store, on_wait, copy=_copy_ledger, may_be_damaged=True) as (session, ledger):
        yield session, ledger


@contextmanager
def _opened(
    store: Path, on_wait: Callable[[], None], copy: Callable[[Path, Path], None], *, may_be_damaged: bool = False
) -> Iterator[tuple[Session, Connection]]:
    with replacing(store, on_wait, copy, may_be_damaged=may_be_damaged) as engine, transaction(engine) as session:
        ledger = session.connection()  # the ledger is in the same file
        migrate(ledger)
        if not ledger.exec_driver_sql("PRAGMA user_version").scalar():
            create_read_model(ledger)
        yield session, ledger


def _copy(store: Path, new: Path) -> None:
    """Copy a store, without its read model if that has an older version."""
    with closing(sqlite3.connect(_uri(store, "ro"), uri=True)) as connection, _store_errors():
        version = read_model_version(connection)
    if version > VERSION:
        raise StoreUnavailable("The store was made by a newer version; upgrade the service.")
    if version == VERSION:
        shutil.copyfile(store, new)
    else:
        _copy_ledger(store, new)


def _copy_ledger(store: Path, new: Path) -> None:
    """Copy only the ledger of a store, so that the new file has no free space."""
    names = ", ".join("?" * len(LEDGER_TABLES))
    of_ledger = f"SELECT type, name, sql FROM old.sqlite_master WHERE tbl_name IN ({names}) AND sql IS NOT NULL"  # noqa: S608 - of constants
    with closing(sqlite3.connect(_uri(new, "rwc"), uri=True, isolation_level=None)) as connection, _store_errors():
        connection.execute("ATTACH ? AS old", [_uri(store, "ro")])
        parts = connection.execute(of_ledger, LEDGER_TABLES).fetchall()
        if not parts and connection.execute("SELECT 1 FROM old.sqlite_master").fetchone():
            raise StoreUnavailable("The store is a database of another application.")
        connection.execute("BEGIN")
        for type_, name, sql in parts:
            connection.execute(sql)
            if type_ == "table":
                connection.execute(f"INSERT INTO main.{name} SELECT * FROM old.{name}")  # noqa: S608 - of LEDGER_TABLES
        connection.execute("COMMIT")


def _uri(path: Path, mode: str) -> str:
    return f"{path.as_uri()}?mode={mode}&immutable={int(mode == 'ro')}"


@contextmanager
def _store_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise StoreUnavailable(f"The store cannot be used ({error}).") from error
