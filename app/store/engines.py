"""SQLAlchemy engines that read or write the store, and functions to run statements."""

import json
import sqlite3
from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVarTuple

from pydantic_core import from_json
from sqlalchemy import (
    Connection,
    Engine,
    NullPool,
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
from app.settings import Settings
from app.store.connections import CHANGED, StoreConnection
from app.store.served import ServedStore

Columns = TypeVarTuple("Columns")

_DIALECT = sqlite.dialect(paramstyle="named", json_deserializer=from_json)
_CONNECTION = "driver_connection"  # key of a session's connection, since SQLAlchemy takes 4 µs to find it

# A publisher writes a file that nobody else opens, and discards it if it fails; see `app.store.replacement`.
_WRITE_PRAGMAS = ("PRAGMA foreign_keys=ON", "PRAGMA journal_mode=MEMORY", "PRAGMA synchronous=OFF")


def store_path(settings: Settings) -> Path:
    """Return the file that is served."""
    file = settings.read_model if settings.has_postgresql else Path(str(make_url(settings.database_url).database))
    return file.absolute()


def writing_engine(path: Path) -> Engine:
    """Create an engine for publishing and migrating."""
    address = f"{path.as_uri()}?mode=rwc"

    def connect() -> sqlite3.Connection:
        # Without an isolation level, sqlite3 begins no transactions.
        connection = sqlite3.connect(
            address, uri=True, isolation_level=None, check_same_thread=False, factory=StoreConnection
        )
        for pragma in _WRITE_PRAGMAS:
            connection.execute(pragma)
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def reading_engine(store: ServedStore) -> Engine:
    """Create a read-only engine; each of its connections reads the file that is served when it is opened."""
    engine = create_engine("sqlite://", creator=store.connect, poolclass=NullPool)

    @event.listens_for(engine, "before_cursor_execute")
    def start_budget(connection: Connection, *_: Any) -> None:
        driver_connection: Any = connection.connection.driver_connection
        driver_connection.start_budget()

    return engine


class ReadingSessions:
    """Sessions that read the served store, each of them one file.

    A store file never changes, so a session is used again until the file is replaced: opening one would take as long as
    several statements. Only one thread may use them.
    """

    def __init__(self, store: ServedStore) -> None:
        self._store = store
        self._engine = reading_engine(store)
        self._idle: list[Session] = []

    @contextmanager
    def open(self) -> Iterator[Session]:
        """Yield a session.

        Raises `StoreUnavailable` if there is no store to read, and at the end, also instead of another exception, if
        something was written into the file meanwhile: what was read may be damaged.
        """
        session = self._idle_session() or self._new_session()
        try:
            yield session
        finally:
            self._idle.append(session)
            if session.info[_CONNECTION].file.has_changed():
                raise StoreUnavailable(CHANGED)

    def close(self) -> None:
        """Close the sessions that nobody uses."""
        while self._idle:
            self._idle.pop().close()

    def _idle_session(self) -> Session | None:
        """Return an open session of the newest file, and close those of older ones, which take space on the disk."""
        newest = self._store.newest_file()
        while self._idle:
            session = self._idle.pop()
            connection: StoreConnection = session.info[_CONNECTION]
            if connection.file is newest and not connection.file.has_changed():
                return session
            session.close()
        return None

    def _new_session(self) -> Session:
        session = Session(self._engine)
        session.info[_CONNECTION] = _driver_connection(session)
        return session


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Open a session in a transaction; commit it at the end, or roll back on an exception."""
    with Session(engine) as session, session.begin():
        yield session


def fetch_all(session: Session, statement: Select[*Columns], **values: object) -> Sequence[Row[*Columns]]:
    """Run a select and return all rows; SQLModel's `exec` has types for at most four columns."""
    return session.connection().execute(statement, values).all()


def _driver_connection(session: Session) -> StoreConnection:
    connection: StoreConnection = session.connection().connection.driver_connection  # type: ignore[assignment]  # ours
    return connection


class CompiledSelect:
    """A frequent select, compiled to SQL once and run by the SQLite driver.

    SQLAlchemy's statement cache and result rows take several times as long as SQLite needs to run the statement.
    Parameters are passed by name; the value of an `id_list` is a list of integers.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
        self.sql = compiled.string
        self.constants = {name: value for name, value in compiled.params.items() if value is not None}
        self.row: Any = namedtuple("Row", statement.selected_columns.keys())  # type: ignore[misc]
        types = [column.type.dialect_impl(_DIALECT) for column in statement.selected_columns]
        processors = (type_.result_processor(_DIALECT, None) for type_ in types)
        self.processors = [(n, process) for n, process in enumerate(processors) if process]

    def fetch_all(self, session: Session, **values: object) -> Sequence[Any]:
        """Run the select and return all rows as named tuples."""
        parameters = {name: json.dumps(value) if isinstance(value, list) else value for name, value in values.items()}
        rows = fetch_tuples(session, self.sql, self.constants | parameters)
        return [self.row(*self._process(row)) for row in rows] if self.processors else list(map(self.row._make, rows))

    def _process(self, row: tuple[Any, ...]) -> list[Any]:
        values = list(row)
        for n, process in self.processors:
            values[n] = process(values[n])
        return values


def id_list(name: str) -> Select[int]:
    """Return a subquery for `IN`: the integers of this parameter of a `CompiledSelect`."""
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


def fetch_tuples(session: Session, statement: str, values: Mapping[str, object]) -> list[Any]:
    """Run an SQL string with the driver and return all rows as tuples, without SQLAlchemy."""
    connection = session.info.get(_CONNECTION) or _driver_connection(session)
    connection.start_budget()
    try:
        rows: list[Any] = connection.execute(statement, values).fetchall()
    except sqlite3.DatabaseError as error:
        raise exc.DatabaseError(statement, None, error) from error
    return rows


def memory_of(session: Session) -> dict[Any, Any]:
    """Return a dictionary that lasts as long as its connection, and so never longer than the content of the store."""
    connection = session.info.get(_CONNECTION) or _driver_connection(session)
    memory: dict[Any, Any] = connection.memory
    return memory


def was_interrupted(error: exc.DBAPIError) -> bool:
    """Return whether a statement failed because it took more than its budget."""
    return getattr(error.orig, "sqlite_errorname", None) == "SQLITE_INTERRUPT"


def fetch_raw(session: Session, statement: str, values: Mapping[str, object]) -> Sequence[Any]:
    """Run an SQL string with the driver and return all rows, without SQLAlchemy's compilation."""
    return session.connection().exec_driver_sql(statement, dict(values)).all()
