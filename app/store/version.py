"""Detect with one system call that the store was replaced or changed."""

import os
import stat
from pathlib import Path

from app.errors import StoreUnavailable

Version = tuple[int, int, int, int]  # device, inode, size in bytes, and time of the last change in nanoseconds


def store_version(path: Path | str) -> Version | None:
    """Return what changes when the store is replaced or written, or None if there is no file.

    Raises `StoreUnavailable` for what SQLite must not open; opening a named pipe would wait for its writer.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 - Path.stat takes longer
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreUnavailable(f"The store cannot be opened: {error.strerror}.") from error
    if not stat.S_ISREG(status.st_mode):
        raise StoreUnavailable("The store is not a regular file.")
    return version_of(status)


def version_of(status: os.stat_result) -> Version:
    """Return the version of a file from its status."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
