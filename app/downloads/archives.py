"""Zip files whose bytes depend on their content alone."""

import io
import zipfile
from collections.abc import Iterable

DATE = (1980, 1, 1, 0, 0, 0)  # the earliest in a zip file, since the time of writing would change the bytes
MODE = 0o644 << 16  # permissions for systems that keep them
UNIX = 3
COMPRESSION_LEVEL = 9


def zip_files(files: Iterable[tuple[str, bytes]], stored: Iterable[str] = ()) -> bytes:
    """Return a zip file with these files in this order; those in `stored` are not compressed."""
    uncompressed = set(stored)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system, entry.external_attr = UNIX, MODE
            method = zipfile.ZIP_STORED if name in uncompressed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, method, COMPRESSION_LEVEL)
    return buffer.getvalue()
