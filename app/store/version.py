"""Detect changes of the store with two system calls and without a lock."""

import os
import time
from pathlib import Path

Version = tuple[int, int, int, int, bytes]

# SQLite file format 3, section 1.3: the two format versions at byte 18, the file change counter at byte 24.
HEADER_OFFSET, HEADER_LENGTH = 18, 10
WAL_FORMAT = 2

MAX_AGE_S = 0.0005  # seconds that a version is reused: under load, the system calls are a quarter of a cached response


class StoreVersion:
    """Identify the state of an SQLite store by its file and by SQLite's change counter.

    SQLite increments the counter with every commit, while it keeps readers out. So a response that is rendered while
    the counter stays the same comes from one state. `PRAGMA data_version` gives the same answer at three times the
    cost, and waits for a commit to end.
    """

    def __init__(self, path: Path, max_age: float = MAX_AGE_S) -> None:
        self.path = str(path)
        self.max_age = max_age  # seconds
        self._recent: Version | None = None
        self._checked_at = -max_age
        self._file: tuple[int, int] | None = None
        self._descriptor = -1

    def recent(self) -> Version | None:
        """Return the version as it was at most `max_age` ago."""
        now = time.monotonic()
        if now - self._checked_at >= self.max_age:
            self._recent, self._checked_at = self.current(), now
        return self._recent

    def current(self) -> Version | None:
        """Return the current version, or None if there is no store or its version cannot be read."""
        try:
            status = os.stat(self.path)  # noqa: PTH116 - Path.stat takes longer
            file = status.st_dev, status.st_ino
            if file != self._file:
                self._open(file)
            header = os.pread(self._descriptor, HEADER_LENGTH, HEADER_OFFSET)
        except OSError:
            return None
        if len(header) < HEADER_LENGTH or header[0] == WAL_FORMAT:
            return None
        # A store copied over another in place may have the same counter, but not the same time.
        return *file, status.st_mtime_ns, status.st_size, header[6:]

    def _open(self, file: tuple[int, int]) -> None:
        self.close()
        self._descriptor = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        opened = os.fstat(self._descriptor)
        self._file = opened.st_dev, opened.st_ino
        if self._file != file:
            raise FileNotFoundError("The store was replaced at this moment.")

    def close(self) -> None:
        """Close the file.

        POSIX then drops the locks that SQLite's connections of this process have on it. So close it only between
        requests, in the event loop: when the file was replaced, or when the service stops.
        """
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor, self._file = -1, None
