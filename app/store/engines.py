"""SQLAlchemy engines that read or write the store, and functions to run statements."""

import asyncio
import json
import math
import sqlite3
import stat
import time
from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVarTuple

from sqlalchemy import (
    Connection,
    Engine,
    QueuePool,
    Row,
    Select,
    bindparam,
    create_engine,
    event,
    exc,
    func,
    make_url,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlmodel import Session

from app.errors import StoreUnavailable
from app.limits import MAX_QUERY_S

Columns = TypeVarTuple("Columns")

_DIALECT = sqlite.dialect(paramstyle="named")
_CONNECTION = "driver_connection"  # key of a session's connection, since SQLAlchemy takes 4 µs to find it

READ_TIMEOUT_S = 5  # seconds that a reader waits for a commit
MIN_RETRY_S, MAX_RETRY_S = 0.02, 0.2  # seconds between attempts to read
PROGRESS_STEPS = 1_000  # steps of SQLite's virtual machine between two checks of the budget; about 20 microseconds
WRITE_TIMEOUT_MS = 60_000  # milliseconds that a publication waits for another

# A rollback journal, not WAL: SQLite cannot open a WAL database in a read-only folder, such as a container image.
_WRITE_PRAGMAS = (
    f"PRAGMA busy_timeout={WRITE_TIMEOUT_MS}",
    "PRAGMA journal_mode=DELETE",
    "PRAGMA synchronous=FULL",
    "PRAGMA cache_spill=OFF",
)
TAKE_READ_LOCK = "SELECT 1 FROM sqlite_schema LIMIT 1"  # a shared lock, until the session ends

# With cache_spill off, a writer blocks readers only during its commit, however large that is.
_READ_PRAGMAS = ("PRAGMA busy_timeout=0", "PRAGMA query_only=ON")


def store_path(url: str) -> Path:
    """Return the file of an SQLite URL."""
    return Path(str(make_url(url).database)).absolute()


def writing_engine(url: str) -> Engine:
    """Create an engine for publishing and migrating; transactions begin with the write lock."""
    return _engine(url, mode="rwc", pragmas=_WRITE_PRAGMAS, begin="BEGIN IMMEDIATE")


def reading_engine(url: str) -> Engine:
    """Create a read-only engine; a transaction sees one state of the store.

    Statements never wait for a lock: call `wait_until_readable` first.
    """
    engine = _engine(url, mode="ro", pragmas=_READ_PRAGMAS, begin="BEGIN")
    path = store_path(url)

    @event.listens_for(engine, "connect")
    def limit_queries(connection: _Connection, record: Any) -> None:
        connection.set_progress_handler(connection.is_over_budget, PROGRESS_STEPS)

    @event.listens_for(engine, "before_cursor_execute")
    @event.listens_for(engine, "rollback")
    def start_budget(connection: Connection, *_: Any) -> None:
        driver_connection: Any = connection.connection.driver_connection
        driver_connection.start_budget()

    @event.listens_for(engine, "checkout")
    def reconnect_if_replaced(connection: _Connection, record: Any, proxy: Any) -> None:
        # An operator may rename or copy a new store over the old one; an open connection would still read the old
        # file, or cached pages of it. After each publication this costs one new connection.
        if not connection.is_new and connection.file != _identity(path):
            raise exc.DisconnectionError("the store was replaced")
        connection.is_new = False

    return engine


async def wait_until_readable(session: Session) -> None:
    """Begin a read transaction, after waiting for a commit without blocking the event loop.

    Afterwards the session sees one state of the store and its statements never wait. This function raises nothing: if
    the store is still locked after `READ_TIMEOUT_S`, or is unreadable, the next statement fails.
    """
    deadline, pause = time.monotonic() + READ_TIMEOUT_S, MIN_RETRY_S
    while True:
        try:
            connection = session.info[_CONNECTION] = _driver_connection(session)
            connection.start_budget()
            connection.execute(TAKE_READ_LOCK)
        except (sqlite3.DatabaseError, exc.DatabaseError) as error:
            code = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
            if code != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                return
        else:
            return
        await asyncio.sleep(pause)
        pause = min(2 * pause, MAX_RETRY_S)


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Open a session in a transaction; commit it at the end, or roll back on an exception."""
    with Session(engine) as session, session.begin():
        yield session


def fetch_all(session: Session, statement: Select[*Columns], **values: object) -> Sequence[Row[*Columns]]:
    """Run a select and return all rows; SQLModel's `exec` has types for at most four columns."""
    return session.connection().execute(statement, values).all()


class _Connection(sqlite3.Connection):
    """A connection with the identity of its file and a time budget for each statement."""

    file: tuple[int, ...] | None = None
    is_new = True
    deadline = math.inf

    def start_budget(self) -> None:
        """Give the next statement `MAX_QUERY_S` of this thread's processor time.

        That does not include waiting for other threads, so a cheap statement does not fail on a busy machine.
        """
        self.deadline = time.thread_time() + MAX_QUERY_S

    def is_over_budget(self) -> bool:
        """Return whether SQLite must interrupt the statement."""
        return time.thread_time() > self.deadline


def _driver_connection(session: Session) -> _Connection:
    connection: _Connection = session.connection().connection.driver_connection  # type: ignore[assignment]
    return connection


class CompiledSelect:
    """A frequent select, compiled to SQL once and run by the SQLite driver.

    SQLAlchemy's statement cache and result rows take several times as long as SQLite needs to run the statement.
    Parameters are passed by name; the value of an `id_list` is a list of integers.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        self.sql = compiled.string
        self.constants = {name: value for name, value in compiled.params.items() if value is not None}
        self.row: Any = namedtuple("Row", statement.selected_columns.keys())  # type: ignore[misc]
        types = [column.type.dialect_impl(_DIALECT) for column in statement.selected_columns]
        processors = (type_.result_processor(_DIALECT, None) for type_ in types)
        self.processors = [(n, process) for n, process in enumerate(processors) if process]

    def fetch_all(self, session: Session, **values: object) -> Sequence[Any]:
        """Run the select and return all rows as named tuples."""
        parameters = {name: json.dumps(value) if isinstance(value, list) else value for name, value in values.items()}
        connection = session.info.get(_CONNECTION) or _driver_connection(session)
        connection.start_budget()
        try:
            rows = connection.execute(self.sql, self.constants | parameters).fetchall()
        except sqlite3.DatabaseError as error:
            raise exc.DatabaseError(self.sql, None, error) from error
        return [self.row(*self._process(row)) for row in rows] if self.processors else list(map(self.row._make, rows))

    def _process(self, row: tuple[Any, ...]) -> list[Any]:
        values = list(row)
        for n, process in self.processors:
            values[n] = process(values[n])
        return values


def id_list(name: str) -> Select[int]:
    """Return a subquery for `IN`: the integers of this parameter of a `CompiledSelect`."""
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


def fetch_raw(session: Session, statement: str, values: Mapping[str, object]) -> Sequence[Any]:
    """Run an SQL string with the driver and return all rows, without SQLAlchemy's compilation."""
    return session.connection().exec_driver_sql(statement, dict(values)).all()


def _engine(url: str, mode: str, pragmas: tuple[str, ...], begin: str) -> Engine:
    path = store_path(url)
    address = f"{path.as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        file = _identity(path)
        if not file and mode == "ro":
            raise StoreUnavailable("The store is missing; run `treaty-guide seed`.")
        # `begin_transaction` begins transactions; sqlite3 itself would run each SELECT in its own.
        connection = sqlite3.connect(
            address, uri=True, isolation_level=None, check_same_thread=False, factory=_Connection
        )
        connection.file = file
        for pragma in ("PRAGMA foreign_keys=ON", *pragmas):
            connection.execute(pragma)
        return connection

    # No limit on connections: opening one is cheap, and waiting for one would block the event loop.
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, max_overflow=-1)

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        driver_connection: Any = connection.connection.driver_connection
        driver_connection.start_budget()  # the last one may be of another thread, and over
        try:
            driver_connection.execute(begin)
        except sqlite3.DatabaseError as error:
            raise exc.DatabaseError(begin, None, error) from error

    return engine


def _identity(path: Path) -> tuple[int, ...] | None:
    """Return what changes when the file is replaced, or None if there is no file.

    Raises `StoreUnavailable` for what SQLite must not open; opening a named pipe would wait for its writer.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreUnavailable(f"The store cannot be opened: {error.strerror}.") from error
    if not stat.S_ISREG(status.st_mode):
        raise StoreUnavailable("The store is not a regular file.")
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size
