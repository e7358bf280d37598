"""Where the log of an attacked server goes."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from benchmarks.attack.catalogue import Log


@contextmanager
def open_log(log: Log) -> Iterator[IO[bytes]]:
    """Open what the server writes to."""
    match log:
        case "file":
            with tempfile.TemporaryFile() as file:
                yield file
        case "full disk":
            with Path("/dev/full").open("wb", buffering=0) as full:
                yield full
        case "unread pipe":
            with _reader("sleep", "infinity") as pipe:
                yield pipe
        case "dead reader":
            with _reader("head", "-n", "10") as pipe:
                yield pipe


@contextmanager
def _reader(*command: str) -> Iterator[IO[bytes]]:
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert process.stdin
    try:
        with process.stdin as pipe:
            yield pipe
    finally:
        process.kill()
        process.wait()
