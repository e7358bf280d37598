"""The digest at the end of a store file, by which damage is noticed before anything is served.

SQLite ignores what follows its last page: the header of the database has the number of pages.
"""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

MARK = b"\ntreaty-guide sha256-pieces "
DIGEST_BYTES = len(MARK) + 64 + 1  # with the digits and a line break

PIECE_BYTES = 4_194_304  # hashed at once, so that several threads can hash a large store


def add_digest(path: Path) -> None:
    """Append the digest to a file that has none."""
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.write(MARK + _digest(file.fileno(), size).encode() + b"\n")


def remove_digest(path: Path) -> None:
    """Remove the digest, if there is one, so that SQLite may write the file."""
    size = path.stat().st_size - DIGEST_BYTES
    with path.open("r+b") as file:
        if size >= 0 and os.pread(file.fileno(), len(MARK), size) == MARK:
            file.truncate(size)


def is_intact(descriptor: int, threads: int = 1) -> bool:
    """Return whether an open file ends with the digest of what precedes it; compute that in a number of `threads`."""
    size = os.fstat(descriptor).st_size - DIGEST_BYTES
    if size < 0:
        return False
    end = os.pread(descriptor, DIGEST_BYTES, size)
    return end.startswith(MARK) and end == MARK + _digest(descriptor, size, threads).encode() + b"\n"


def _digest(descriptor: int, size: int, threads: int = 1) -> str:
    """Return the SHA-256, in hex digits, of the SHA-256 digests of all pieces."""

    def hash_piece(offset: int) -> bytes:
        return hashlib.sha256(os.pread(descriptor, min(PIECE_BYTES, size - offset), offset)).digest()

    offsets = range(0, size, PIECE_BYTES)
    with ThreadPoolExecutor(threads) as pool:
        pieces = pool.map(hash_piece, offsets) if threads > 1 else map(hash_piece, offsets)
        return hashlib.sha256(b"".join(pieces)).hexdigest()
