"""Which state the store is in, told in two system calls and without a lock: what makes a cached answer valid."""

import asyncio
import os
from pathlib import Path

State = tuple[int, int, int, int, bytes]

# SQLite file format 3, section 1.3: the two format versions at byte 18, the file change counter at byte 24.
_OFFSET, _LENGTH = 18, 10
_IN_WAL_MODE = 2


class StoreVersion:
    """The state of an SQLite store: which file it is, and its change counter, which every commit increments.

    SQLite writes the counter while it keeps readers out, so an answer that is made while the counter stays the same is
    of that one state. `PRAGMA data_version` tells the same at three times the cost, and waits for a commit to end.
    """

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self._file: tuple[int, int] | None = None
        self._descriptor = -1
        self._seen: State | None = None
        self._is_fresh = False

    def since_asked(self) -> State | None:
        """The state at some time since the request that is being answered came in: one look serves all that wait.

        The event loop runs callbacks in the order in which they were scheduled. So the look is forgotten before it
        comes to a request that came in after it.
        """
        if not self._is_fresh:
            self._seen, self._is_fresh = self.now(), True
            asyncio.get_running_loop().call_soon(self._forget)
        return self._seen

    def _forget(self) -> None:
        self._is_fresh = False

    def now(self) -> State | None:
        """The state now; None where it cannot be told, because there is no store or it does not keep the counter."""
        try:
            status = os.stat(self.path)  # noqa: PTH116 - Path.stat takes longer
            file = status.st_dev, status.st_ino
            if file != self._file:
                self._open(file)
            header = os.pread(self._descriptor, _LENGTH, _OFFSET)
        except OSError:
            return None
        if len(header) < _LENGTH or header[0] == _IN_WAL_MODE:
            return None
        # A store that another is copied over in place may have the same counter, but not the same time.
        return *file, status.st_mtime_ns, status.st_size, header[6:]

    def _open(self, file: tuple[int, int]) -> None:
        self.close()
        self._descriptor = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        opened = os.fstat(self._descriptor)
        self._file = opened.st_dev, opened.st_ino
        if self._file != file:
            raise FileNotFoundError("the store was replaced in this moment")

    def close(self) -> None:
        """Let go of the file.

        The locks of SQLite's connections in this process go with it (POSIX has them so), hence only while none reads:
        in the event loop, between requests, and for a file that has been replaced or a service that stops.
        """
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor, self._file = -1, None
