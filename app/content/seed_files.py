"""Read text and lists of entries from the files of a seed folder."""

import errno
import os
import stat
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pydantic import TypeAdapter

from app.content.issues import ValidationIssues
from app.content.located_yaml import LocatedYAML
from app.limits import MAX_TEXT_BYTES, MAX_YAML_BYTES

T = TypeVar("T")

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


class Entries(NamedTuple, Generic[T]):
    """A YAML file, its entries and their slugs.

    The slugs of an unreadable file are None, so that references are not checked.
    """

    file: LocatedYAML
    entries: tuple[T, ...]
    slugs: Collection[str] | None


def read_text(path: Path, issues: ValidationIssues, max_bytes: int = MAX_TEXT_BYTES) -> str | None:
    """Return the text of a regular file; add an issue and return None if it is unreadable.

    Line ends and a byte order mark stay, because a source document is served byte for byte.
    """
    try:
        content = _read_regular_file(path, max_bytes)
    except OSError as error:
        advice = f"use a regular file of at most {max_bytes // 2**20} MiB that you may read"
        issues.add(path, 1, f"This file is unreadable ({error.strerror}); {advice}.")
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        issues.add(path, line, f"The byte {content[error.start]:#04x} is not UTF-8; save the file as UTF-8.")
        return None
    before, nul, _ = text.partition("\0")
    if nul:
        issues.add(path, before.count("\n") + 1, "This line contains a NUL character; remove it.")
    return None if nul else text


def _read_regular_file(path: Path, max_bytes: int) -> bytes:
    """Read a regular file; refuse symbolic links, and pipes, which could block for ever."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        raise OSError(errno.ELOOP, "it is a symbolic link")
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file")
    if status.st_size > max_bytes:
        raise OSError(errno.EFBIG, "it is too large")
    return path.read_bytes()


def read_entries(
    path: Path, model: type[T], issues: ValidationIssues, *, key: str = "slug", optional: bool = True
) -> Entries[T]:
    """Read a YAML list of entries with unique `key`s; a missing optional file has none."""
    is_missing = optional and not os.path.lexists(path)  # a symbolic link that leads nowhere is not missing
    text = "[]" if is_missing else read_text(path, issues, MAX_YAML_BYTES)
    file = LocatedYAML((text or "").removeprefix(BYTE_ORDER_MARK), path, issues)
    entries = None if text is None else file.validate(TypeAdapter(tuple[model, ...]))  # type: ignore[valid-type]
    if entries is None:
        return Entries(file, (), None)
    slugs = [getattr(entry, key) for entry in entries]
    file.check_unique(slugs, key=key)
    check_former_slugs(file, entries)
    return Entries(file, entries, set(slugs))


def check_former_slugs(file: LocatedYAML, entries: Sequence[object], *location: str | int) -> None:
    """Add an issue for each slug in `formerly` of an entry that another entry has or had."""
    in_use = {getattr(entry, "slug", None) for entry in entries}
    earlier: set[str] = set()
    for index, entry in enumerate(entries):
        for number, slug in enumerate(getattr(entry, "formerly", ())):
            if slug in in_use:
                message = f"The slug “{slug}” is in use; remove it here, or give that entry another one."
                file.add_issue(message, *location, index, "formerly", number)
            elif slug in earlier:
                message = f"The slug “{slug}” is listed as a former one twice; remove one of them."
                file.add_issue(message, *location, index, "formerly", number)
            earlier.add(slug)
