"""Open the store for publishing: its ledger and its read model, in a new file that replaces it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from app.errors import ContentPruned, LedgerUnavailable, StoreDamaged, StoreUnavailable
from app.ledger.entries import last_entry
from app.ledger.migrations import migrate, version_problem
from app.ledger.postgresql import CONFLICT, NOTHING_PUBLISHED, appending, connected
from app.publishing.projection import OnCount, catch_up, has_gaps, ignore
from app.store.engines import transaction
from app.store.read_model import VERSION, create_read_model, read_model_version
from app.store.replacement import copy_file, replacing

LEDGER_TABLES = ("alembic_version", "ledger")


@contextmanager
def publishing(
    store: Path,
    on_wait: Callable[[], None] = lambda: None,
    on_entry: OnCount = ignore,
    *,
    postgresql: Engine | None = None,
) -> Iterator[tuple[Session, Connection]]:
    """Open a session of the read model, and a connection to the ledger, to publish and commit.

    The ledger is in the store, or in `postgresql`. Both are created or brought up to date first; `on_entry` is called
    with the number of entries that were projected. The store is replaced at the end, or stays as it is on an exception;
    `on_wait` is called before waiting for another publisher. Raises `StoreUnavailable` if the store is of a newer
    version or cannot be written, and `LedgerUnavailable`.
    """
    if postgresql:
        with connected(postgresql, NOTHING_PUBLISHED) as ledger:
            if not version_problem(ledger):
                update(store, ledger, on_wait, on_entry)
    opened = appending(postgresql, on_wait) if postgresql else None
    with _opened(store, on_wait, _copy_read_model if postgresql else _copy, opened) as (session, ledger):
        catch_up(session, ledger, on_entry)
        yield session, ledger
        if has_gaps(session):  # where row locks do nothing, another publisher may have been first
            raise LedgerUnavailable(CONFLICT)


@contextmanager
def rebuilding(
    store: Path,
    on_wait: Callable[[], None] = lambda: None,
    ledger: AbstractContextManager[Connection] | None = None,
) -> Iterator[tuple[Session, Connection]]:
    """Open both like `publishing`, with an empty read model into which the caller projects the ledger.

    The ledger is in the store, or is `ledger`. The store may be damaged: projecting fails for content whose digest is
    not the recorded one.
    """
    copy = _start_empty if ledger else _copy_ledger
    with _opened(store, on_wait, copy, ledger, may_be_damaged=True) as (session, connection):
        yield session, connection


def update(
    store: Path, ledger: Connection, on_wait: Callable[[], None] = lambda: None, on_entry: OnCount = ignore
) -> None:
    """Project the new entries of a ledger in PostgreSQL, or all of them where the read model must be made again.

    Raises `StoreUnavailable` if the read model was made from another ledger, or from entries that were lost.
    """
    if last_publication(store) == last_entry(ledger):
        return
    try:
        with _opened(store, on_wait, _copy_read_model, nullcontext(ledger)) as (session, _):
            catch_up(session, ledger, on_entry)
    except (ContentPruned, StoreDamaged):
        with rebuilding(store, on_wait, nullcontext(ledger)) as (session, _):
            catch_up(session, ledger, on_entry)


def last_publication(store: Path) -> tuple[int, datetime] | None:
    """Return number and time of the last entry of the ledger that a store has; None without a readable one."""
    statement = "SELECT sequence, at FROM publication ORDER BY sequence DESC LIMIT 1"
    try:
        with closing(sqlite3.connect(_uri(store, "ro"), uri=True)) as connection:
            row = connection.execute(statement).fetchone() if read_model_version(connection) == VERSION else None
    except sqlite3.DatabaseError:
        return None
    return (row[0], datetime.fromisoformat(row[1])) if row else None


@contextmanager
def _opened(
    store: Path,
    on_wait: Callable[[], None],
    copy: Callable[[Path, Path], None],
    ledger: AbstractContextManager[Connection] | None,
    *,
    may_be_damaged: bool = False,
) -> Iterator[tuple[Session, Connection]]:
    """Open the two; at the end, first the new file is committed, then the ledger, and then the file is renamed."""
    is_committed = False
    try:
        with replacing(store, on_wait, copy, may_be_damaged=may_be_damaged) as engine:
            with ledger or nullcontext() as postgresql, transaction(engine) as session:
                file = session.connection()
                if not postgresql:
                    migrate(file)
                if not file.exec_driver_sql("PRAGMA user_version").scalar():
                    create_read_model(file)
                yield session, postgresql or file
            is_committed = ledger is not None
    except StoreUnavailable as error:
        if not is_committed:
            raise
        raise StoreUnavailable(f"The ledger is complete, but it cannot be served here. {error}") from error


def _copy(store: Path, new: Path) -> None:
    """Copy a store, without its read model if that has an older version."""
    if _is_current(store):
        copy_file(store, new)
    else:
        _copy_ledger(store, new)


def _copy_read_model(store: Path, new: Path) -> None:
    """Copy a store whose ledger is in PostgreSQL, or start an empty one if it has an older version."""
    _start_empty(store, new)
    if _is_current(store):
        copy_file(store, new)


def _is_current(store: Path) -> bool:
    """Return whether the read model has the version of the software; raise `StoreUnavailable` if it has a newer one."""
    with closing(sqlite3.connect(_uri(store, "ro"), uri=True)) as connection, _store_errors():
        version = read_model_version(connection)
    if version > VERSION:
        raise StoreUnavailable("The store was made by a newer version; upgrade the service.")
    return version == VERSION


def _start_empty(store: Path, new: Path) -> None:
    """Start an empty store, unless the old one has what cannot be made again."""
    tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
    with closing(sqlite3.connect(_uri(store, "ro"), uri=True)) as connection:
        try:
            names = {name for (name,) in connection.execute(tables)}
        except sqlite3.DatabaseError:  # it is damaged
            names = set()
    if "ledger" in names:
        raise StoreUnavailable(
            "The store has a ledger of its own, which would be lost; set TREATY_GUIDE_READ_MODEL to another file."
        )
    if names and "publication" not in names:
        raise StoreUnavailable("The store is a database of another application.")
    new.touch()


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
