"""Replace the store as a whole, so that readers never see a part of a publication."""

import errno
import fcntl
import filecmp
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine

from app.errors import StoreDamaged, StoreUnavailable
from app.store.connections import DAMAGED
from app.store.digest import add_digest, is_intact, remove_digest
from app.store.engines import writing_engine
from app.store.read_model import VERSION, read_model_version
from app.store.version import store_version


def copy_file(store: Path, new: Path) -> None:
    """Copy a file in small parts; with a gigabyte, `shutil.copyfile` takes three times as long."""
    with store.open("rb") as source, new.open("wb") as target:
        shutil.copyfileobj(source, target)


@contextmanager
def replacing(
    store: Path,
    on_wait: Callable[[], None] = lambda: None,
    copy: Callable[[Path, Path], object] = copy_file,
    *,
    may_be_damaged: bool = False,
) -> Iterator[Engine]:
    """Yield an engine for a copy of the store, which then takes the place of the store.

    The store stays as it is if the copy does not change, on an exception, and if the process is killed. Only one
    publisher at a time has a copy; `on_wait` is called before waiting for another one. `copy` writes the second file
    from the first one.

    Raises `StoreUnavailable` if the store is damaged, unless it may be, or cannot be copied or replaced.
    """
    store = Path(os.path.realpath(store))  # a symbolic link stays, and leads to the new file
    new = store.with_name(f"{store.name}.new")
    with _lock(store.with_name(f"{store.name}.lock"), on_wait):
        try:
            _start(store, new, copy, may_be_damaged)
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


def _start(store: Path, new: Path, copy: Callable[[Path, Path], object], may_be_damaged: bool) -> None:
    """Copy the store if it exists, with its owner and its permissions."""
    exists = store_version(store)
    with _file_errors():
        new.unlink(missing_ok=True)  # of a publisher that was killed
        if exists and store.stat().st_size:
            if not may_be_damaged:
                _check_intact(store)
            copy(store, new)
            shutil.copystat(store, new)
            status = store.stat()
            os.chown(new, status.st_uid, status.st_gid)
            remove_digest(new)


def _check_intact(store: Path) -> None:
    """Raise `StoreDamaged` for a damaged store, whose content must not get a new digest.

    Files of newer versions or other programs may have no digest. They are refused later, with the reason.
    """
    with store.open("rb") as file:
        if is_intact(file.fileno()):
            return
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        try:
            is_store = 1 <= read_model_version(connection) <= VERSION
        except sqlite3.DatabaseError:
            return
    if is_store:
        raise StoreDamaged(DAMAGED)


def _move(new: Path, store: Path) -> None:
    """Add the digest, write the new file to the disk and rename it; do nothing if it is equal to the store."""
    with _file_errors():
        add_digest(new)
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
