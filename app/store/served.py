"""The store that is served: the newest file at its path that is intact and has the right version."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread

import structlog

from app.errors import StoreUnavailable
from app.limits import BACKGROUND_NICENESS
from app.store.connections import CHANGED, MISSING, StoreConnection, StoreFile
from app.store.version import Version, store_version

MAX_AGE_S = 0.0005  # seconds that a version is reused: under load, the system call is a quarter of a cached response
CHECKED_AT_ONCE_BYTES = 8_388_608  # of a file that is checked in 10 ms; a larger one is checked in a thread

_log = structlog.get_logger("store")


class ServedStore:
    """The store file that is served, with the reason why a newer one is not.

    A new file is checked once. Until it is known to be intact, and if it is not, the previous one is served, even if
    that was deleted.
    """

    def __init__(self, path: Path, max_age: float = MAX_AGE_S) -> None:
        self.path = path
        self.max_age = max_age
        self.problem = ""  # a sentence, if the file at the path is not served
        self._file: StoreFile | None = None
        self._found: Version | str = ""  # what was at the path: a file, or why there is none
        self._checking = Lock()
        self._looked_at = -max_age
        self._is_started = False  # a file is checked at once and not logged
        self._look()
        self._is_started = True

    def recent(self) -> Version | None:
        """Return the version of the served file as it was at most `max_age` ago, or None if there is none."""
        now = time.monotonic()
        if now - self._looked_at >= self.max_age:
            self._look()
            self._looked_at = now
        return self._file.version if self._file else None

    def current(self) -> Version | None:
        """Return the version of the served file, or None if there is none."""
        return file.version if (file := self.newest_file()) else None

    def newest_file(self) -> StoreFile | None:
        """Return the served file, or None if there is none."""
        self._look()
        return self._file

    def connect(self) -> StoreConnection:
        """Return a new connection to the served file.

        Raises `StoreUnavailable` if there is none.
        """
        file = self.newest_file()
        if not file or file.has_changed():
            raise self.unavailable()
        return file.connect()

    def unavailable(self) -> StoreUnavailable:
        """Return the error for a store that cannot be read."""
        return StoreUnavailable(self.problem or CHANGED)

    def _look(self) -> None:
        """Check the file at the path if it is another one than before."""
        found = _find(self.path)
        # While a file is checked, the next one waits until a later look.
        if found == self._found or not self._checking.acquire(blocking=False):
            return
        self._found = found
        if isinstance(found, str):
            self._refuse(found)
            self._checking.release()
        elif self._is_started and found[2] > CHECKED_AT_ONCE_BYTES:
            Thread(target=self._check_in_background, name="check store", daemon=True).start()
        else:
            self._check()

    def _check_in_background(self) -> None:
        if sys.platform == "linux":  # elsewhere, threads have no priority of their own
            with suppress(OSError):  # that of the process may be lower already
                os.setpriority(os.PRIO_PROCESS, 0, BACKGROUND_NICENESS)
        self._check()

    def _check(self) -> None:
        start = time.perf_counter()
        try:
            # While the service runs, the other processors are left to its readers.
            self._file = StoreFile(self.path, threads=1 if self._is_started else os.cpu_count() or 1)
        except StoreUnavailable as error:
            self._refuse(str(error))
        else:
            self.problem = ""
            if self._is_started:
                _log.info("store opened", seconds=round(time.perf_counter() - start, 3))
        finally:
            self._checking.release()

    def _refuse(self, problem: str) -> None:
        if problem != self.problem and self._is_started:
            _log.error("store refused", reason=problem)
        self.problem = problem


def _find(path: Path) -> Version | str:
    try:
        return store_version(path) or MISSING
    except StoreUnavailable as error:
        return str(error)
