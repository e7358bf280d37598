"""The store's engines: one that writes, for publishing, and one that can only read, for serving."""

import asyncio
import json
import sqlite3
import time
from collections import namedtuple
from collections.abc import Iterator, Sequence
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

Columns = TypeVarTuple("Columns")

_DIALECT = sqlite.dialect(paramstyle="named")

READING_WAIT_S = 5  # how long a reader waits while a publication is being committed
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.02, 0.2  # after which a reader that waits looks again whether it may read
WRITING_WAIT_MS = 60_000  # how long a publication waits for another one to end

# A rollback journal, not WAL: a store in WAL mode cannot be opened from a read-only folder, such as an image's.
_WRITING = (
    f"PRAGMA busy_timeout={WRITING_WAIT_MS}",
    "PRAGMA journal_mode=DELETE",
    "PRAGMA synchronous=FULL",
    "PRAGMA cache_spill=OFF",
)
FIRST_LOOK = "SELECT 1 FROM sqlite_schema LIMIT 1"  # which takes the lock that a reader has until its session ends

# With cache_spill off, readers are kept out only while the commit itself is written, however large it is.
_READING = ("PRAGMA busy_timeout=0", "PRAGMA query_only=ON")


def store_path(url: str) -> Path:
    """The file that an SQLite URL names."""
    return Path(str(make_url(url).database)).absolute()


def writing_engine(url: str) -> Engine:
    """An engine for publishing and migrating; each transaction takes the write lock at its start."""
    return _engine(url, mode="rwc", pragmas=_WRITING, begin="BEGIN IMMEDIATE")


def reading_engine(url: str) -> Engine:
    """An engine that cannot write; a transaction sees one state of the store.

    It waits for nothing: see `until_readable`.
    """
    engine = _engine(url, mode="ro", pragmas=_READING, begin="BEGIN")
    path = store_path(url)

    @event.listens_for(engine, "checkout")
    def leave_a_replaced_file(connection: _Connection, record: Any, proxy: Any) -> None:
        # An operator may put a new store in place, by renaming it or by copying it over the old one. A connection would
        # read the old file for ever, or pages of the old content. After a publication it costs one more connection.
        if not connection.is_new and connection.file != _identity(path):
            raise exc.DisconnectionError("the store was replaced")
        connection.is_new = False  # one that was opened just now is of no other file, though a commit may go on in it

    return engine


async def until_readable(session: Session) -> None:
    """Begin to read; while a publication is being committed, wait for its end without keeping the event loop waiting.

    From then on the session sees one state, and none of its statements has to wait. If the store cannot be read after
    `READING_WAIT_S`, or for another reason, the first statement says so.
    """
    until, pause = time.monotonic() + READING_WAIT_S, FIRST_PAUSE_S
    while True:
        try:
            connection: Any = session.connection().connection.driver_connection
            connection.execute(FIRST_LOOK)
        except (sqlite3.DatabaseError, exc.DatabaseError) as error:
            if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                return
        else:
            return
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE_S)


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session whose work is committed as a whole, or not at all."""
    with Session(engine) as session, session.begin():
        yield session


def rows(session: Session, statement: Select[*Columns], **values: object) -> Sequence[Row[*Columns]]:
    """The rows of a select with values for its parameters; SQLModel's `exec` is typed for four columns at most."""
    return session.connection().execute(statement, values).all()


class _Connection(sqlite3.Connection):
    """A connection that knows which file it has opened."""

    file: tuple[int, ...] | None = None
    is_new = True


class Prepared:
    """A select that is put into SQL once and goes straight to SQLite, for what most answers need.

    To find again what a select came to, and to wrap what comes back, takes SQLAlchemy several times as long as SQLite
    needs to run it. Values are given by name; one that stands in `among(name)` is a list of whole numbers.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        self.sql = compiled.string
        self.constants = {name: value for name, value in compiled.params.items() if value is not None}
        self.row: Any = namedtuple("Row", statement.selected_columns.keys())  # type: ignore[misc]
        types = [column.type.dialect_impl(_DIALECT) for column in statement.selected_columns]
        self.readers = [(n, read) for n, type_ in enumerate(types) if (read := type_.result_processor(_DIALECT, None))]

    def rows(self, session: Session, **values: object) -> Sequence[Any]:
        """The rows, as named tuples."""
        given = {name: json.dumps(value) if isinstance(value, list) else value for name, value in values.items()}
        connection: Any = session.connection().connection.driver_connection
        try:
            found = connection.execute(self.sql, self.constants | given).fetchall()
        except sqlite3.DatabaseError as error:
            raise exc.DatabaseError(self.sql, None, error) from error
        return [self.row(*self._read(row)) for row in found] if self.readers else list(map(self.row._make, found))

    def _read(self, row: tuple[Any, ...]) -> list[Any]:
        values = list(row)
        for n, read in self.readers:
            values[n] = read(values[n])
        return values


def among(name: str) -> Select[int]:
    """The numbers of the list that a prepared select is given under this name."""
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


def raw_rows(session: Session, statement: str, values: dict[str, object]) -> Sequence[Any]:
    """The rows of a statement in SQLite's own words, for one so quick that compiling it would take as long."""
    return session.connection().exec_driver_sql(statement, values).all()


def _engine(url: str, mode: str, pragmas: tuple[str, ...], begin: str) -> Engine:
    path = store_path(url)
    address = f"{path.as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        file = _identity(path)
        # Transactions are begun below: the module's own would leave each SELECT in a transaction of its own.
        connection = sqlite3.connect(
            address, uri=True, isolation_level=None, check_same_thread=False, factory=_Connection
        )
        connection.file = file
        for pragma in ("PRAGMA foreign_keys=ON", *pragmas):
            connection.execute(pragma)
        return connection

    # Nobody ever waits for a connection: one more costs little, and a wait in the event loop would stop everything.
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, max_overflow=-1)

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.connection.cursor().execute(begin)

    return engine


def _identity(path: Path) -> tuple[int, ...] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size
