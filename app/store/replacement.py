"""Replace the store as a whole, so that readers never see a part of a publication."""

import errno
import fcntl
import filecmp
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from app.errors import StoreUnavailable
from app.store.engines import writing_engine
from app.store.version import store_version


def _copy_all(store: Path, new: Path) -> None:
    shutil.copyfile(store, new)


@contextmanager
def replacing(
    store: Path, on_wait: Callable[[], None] = lambda: None, copy: Callable[[Path, Path], object] = _copy_all
) -> Iterator[Engine]:
    """Yield an engine for a copy of the store, which then takes the place of the store.

    The store stays as it is if the copy does not change, on an exception, and if the process is killed. Only one
    publisher at a time has a copy; `on_wait` is called before waiting for another one. `copy` writes the second file
    from the first one.

    Raises `StoreUnavailable` if the store cannot be copied or replaced.
    """
    store = Path(os.path.realpath(store))  # a symbolic link stays, and leads to the new file
    new = store.with_name(f"{store.name}.new")
    with _lock(store.with_name(f"{store.name}.lock"), on_wait):
        try:
            _start(store, new, copy)
            engine = writing_engine(new)
            try:
                yield engine
            finally:
                engine.dispose()
            _move(new, store)
        finally:
            new.unlink(missing_ok=True)


@contextmanager
def _lock(path: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold a lock, which the system releases if the process is killed."""
    with _file_errors():
        file = path.open("a")
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _start(store: Path, new: Path, copy: Callable[[Path, Path], object]) -> None:
    """Copy the store if it exists, with its owner and its permissions."""
    exists = store_version(store)
    with _file_errors():
        new.unlink(missing_ok=True)  # of a publisher that was killed
        if exists:
            copy(store, new)
            shutil.copystat(store, new)
            status = store.stat()
            os.chown(new, status.st_uid, status.st_gid)


def _move(new: Path, store: Path) -> None:
    """Write the new file to the disk, then rename it; do nothing if it is equal to the store."""
    with _file_errors():
        if store.exists() and filecmp.cmp(new, store, shallow=False):
            return
        _sync(new)
        new.replace(store)
        _sync(store.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _file_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.EBUSY:
            reason = "it is mounted by itself, so it cannot be replaced; mount its folder instead"
        else:
            reason = error.strerror or str(error)
        raise StoreUnavailable(f"The store cannot be written: {reason}.") from error
