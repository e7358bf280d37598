"""SQLite connections that read an intact store file, each statement with a time budget."""

import math
import os
import sqlite3
import time
import weakref
from pathlib import Path
from typing import Any

from app.errors import StoreUnavailable
from app.limits import MAX_QUERY_S
from app.store.digest import is_intact
from app.store.read_model import check_read_model
from app.store.version import store_version, version_of

PROGRESS_STEPS = 1_000  # steps of SQLite's virtual machine between two checks of the budget; about 20 microseconds
SPARE_CONNECTIONS = 4  # opened in advance, since a file that was replaced cannot be opened; one request reads at a time

MISSING = "The store is missing; run `treaty-guide seed`."
DAMAGED = (
    "The store is damaged or was changed by another program; replace it with a backup, or delete it and run"
    " `treaty-guide seed`."
)
CHANGED = "The store was changed while it was read; publish with `treaty-guide seed`, which replaces the file."


class StoreConnection(sqlite3.Connection):
    """A connection with its file and a time budget for each statement."""

    file: "StoreFile"  # of a connection that reads
    deadline = math.inf

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.memory: dict[Any, Any] = {}

    def start_budget(self) -> None:
        """Give the next statement `MAX_QUERY_S` of this thread's processor time.

        That does not include waiting for other threads, so a cheap statement does not fail on a busy machine.
        """
        self.deadline = time.thread_time() + MAX_QUERY_S

    def is_over_budget(self) -> bool:
        """Return whether SQLite must interrupt the statement."""
        return time.thread_time() > self.deadline


class StoreFile:
    """A store file of the right version that was intact when it was opened.

    It can be read after it was replaced or deleted. `threads` is the number of threads that compute its digest.

    Raises `StoreUnavailable` for a file that is missing, damaged or of another version.
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        self.path = path
        if not store_version(path):
            raise StoreUnavailable(MISSING)
        try:
            self._descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        except OSError as error:
            raise StoreUnavailable(f"The store cannot be opened: {error.strerror}.") from error
        self._spare: list[StoreConnection] = []
        weakref.finalize(self, _close, self._descriptor, self._spare)
        self.version = version_of(os.fstat(self._descriptor))
        self._spare += [self._open() for _ in range(SPARE_CONNECTIONS)]
        try:
            check_read_model(self._spare[0])  # first, because another version may have another digest
        except StoreUnavailable:
            raise
        except Exception as error:  # also of Python, such as UnicodeDecodeError for a damaged message
            raise StoreUnavailable(f"The store cannot be read ({error}).") from error
        try:
            if not is_intact(self._descriptor, threads):
                raise StoreUnavailable(DAMAGED)
        except OSError as error:  # of the disk
            raise StoreUnavailable(f"The store cannot be read ({error}).") from error
        if self.has_changed():
            raise StoreUnavailable(CHANGED)

    def connect(self) -> StoreConnection:
        """Return a new connection."""
        connection = self._spare.pop() if self._spare else self._open()
        connection.file = self
        return connection

    def has_changed(self) -> bool:
        """Return whether something was written into the file, so that it may be damaged."""
        return version_of(os.fstat(self._descriptor)) != self.version

    def _open(self) -> StoreConnection:
        address = f"{self.path.as_uri()}?mode=ro&immutable=1"
        try:
            # Without an isolation level, sqlite3 begins no transactions.
            connection = sqlite3.connect(
                address, uri=True, isolation_level=None, check_same_thread=False, factory=StoreConnection
            )
        except sqlite3.Error as error:
            raise StoreUnavailable(f"The store cannot be opened: {error}.") from error
        if store_version(self.path) != self.version:
            connection.close()
            raise StoreUnavailable("The store was replaced while it was opened; try again.")
        connection.execute("PRAGMA query_only=ON")
        connection.set_progress_handler(connection.is_over_budget, PROGRESS_STEPS)
        return connection


def _close(descriptor: int, connections: list[StoreConnection]) -> None:
    for connection in connections:
        connection.close()
    os.close(descriptor)
