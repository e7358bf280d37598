"""Connections to a ledger in PostgreSQL.

Publishers take turns with a row lock, which databases that speak the protocol of PostgreSQL have, too. Readers need
only the privilege SELECT.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from alembic.util import CommandError
from sqlalchemy import Connection, Engine, NullPool, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from app.errors import LedgerUnavailable
from app.ledger.migrations import NEWER, current_migration, migrate, version_problem

CHANNEL = "treaty_guide"  # of NOTIFY

NOTHING_PUBLISHED = "; nothing was published"
CONFLICT = "Another publisher published meanwhile; nothing was published. Run the command again."
UNCONFIRMED = (
    "The connection to the ledger was lost before it confirmed the publication. See `treaty-guide revisions` whether it"
    " was published, or run the command again."
)

# Of libpq and psycopg; those in the URL take precedence. A server that is gone is noticed within 15 s.
_OPTIONS: dict[str, Any] = {
    "application_name": "treaty-guide",
    "connect_timeout": 5,  # seconds for each host
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,  # milliseconds
    "prepare_threshold": None,  # PgBouncer may give each transaction another connection
}
# Of SQLSTATE: a key that exists, transactions that exclude each other, and a table that exists.
_CONFLICTS = ("23", "40", "42P07")


def ledger_engine(url: str, *, appends: bool = False) -> Engine:
    """Create an engine for a ledger; it opens no connection yet.

    To append, of several hosts in the URL the one that can write is used; to read, the first that responds. Raises
    `LedgerUnavailable` without psycopg.
    """
    options = _OPTIONS | ({"target_session_attrs": "read-write"} if appends else {})
    options = {name: value for name, value in options.items() if name not in make_url(url).query}
    try:
        return create_engine(url, poolclass=NullPool, pool_reset_on_return=None, connect_args=options)
    except ImportError as error:
        raise LedgerUnavailable(
            f"A ledger in PostgreSQL needs psycopg ({error}); run `pip install 'treaty-guide[postgresql]'`."
        ) from error


@contextmanager
def connected(engine: Engine, consequence: str = "") -> Iterator[Connection]:
    """Connect in autocommit mode. Raises `LedgerUnavailable`, with `consequence` at the end of its text."""
    with _ledger_errors(consequence), engine.connect() as connection:
        yield connection.execution_options(isolation_level="AUTOCOMMIT")


@contextmanager
def reading_ledger(engine: Engine) -> Iterator[Connection]:
    """Connect to read. Raises `LedgerUnavailable` if the ledger is unreachable, missing or has another version."""
    with connected(engine) as connection:
        if problem := version_problem(connection):
            raise LedgerUnavailable(problem)
        yield connection


@contextmanager
def appending(engine: Engine, on_wait: Callable[[], None] = lambda: None) -> Iterator[Connection]:
    """Connect to append, in a transaction that is committed at the end.

    The ledger is created or migrated first. `on_wait` is called before waiting for another publisher. Raises
    `LedgerUnavailable` if the ledger cannot be reached, or another publisher was faster.
    """
    with _ledger_errors(NOTHING_PUBLISHED), engine.connect() as connection:
        _wait_for_others(connection, on_wait)
        try:
            migrate(connection)
        except CommandError as error:
            raise LedgerUnavailable(NEWER) from error
        yield connection
        try:
            connection.commit()
        except DBAPIError as error:
            raise LedgerUnavailable(CONFLICT if _is_conflict(error) else UNCONFIRMED) from error
    # By itself, because not every database has it; those that wait for it also look twice a second.
    with suppress(LedgerUnavailable), connected(engine) as connection:
        connection.execute(text(f"NOTIFY {CHANNEL}"))


def listen(connection: Connection) -> None:
    """Subscribe a connection to the notifications of publishers; do nothing if the database has none."""
    with suppress(DBAPIError):
        connection.execute(text(f"LISTEN {CHANNEL}"))


def wait_for_notification(connection: Connection, timeout: float) -> None:
    """Wait at most `timeout` seconds for a notification. Raises `LedgerUnavailable` if the connection is lost."""
    driver: Any = connection.connection.driver_connection
    try:
        for _ in driver.notifies(timeout=timeout, stop_after=1):
            pass
    except connection.dialect.loaded_dbapi.Error as error:
        raise LedgerUnavailable(_sentence(error)) from error


def _wait_for_others(connection: Connection, on_wait: Callable[[], None]) -> None:
    """Lock the row of the migration, which every ledger has, until the transaction ends."""
    if current_migration(connection) is None:
        return  # of two publishers that create the ledger, one fails
    lock = "SELECT version_num FROM alembic_version FOR UPDATE"
    if connection.execute(text(f"{lock} SKIP LOCKED")).first() is None:
        on_wait()
        connection.execute(text(lock))


@contextmanager
def _ledger_errors(consequence: str) -> Iterator[None]:
    """Raise `LedgerUnavailable` for errors of PostgreSQL, but not for those of the read model, which is in SQLite."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise
        if _is_conflict(error):
            raise LedgerUnavailable(CONFLICT) from error
        raise LedgerUnavailable(_sentence(error.orig, consequence)) from error


def _sentence(error: object, consequence: str = "") -> str:
    return f"The ledger cannot be used ({str(error).partition(chr(10))[0].strip().rstrip('.')}){consequence}."


def _is_conflict(error: DBAPIError) -> bool:
    return str(getattr(error.orig, "sqlstate", "")).startswith(_CONFLICTS)
