"""The files of a seed folder: their text, and their YAML in a given shape."""

from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from app.content.issues import ValidationIssues
from app.content.located_yaml import LocatedYAML

T = TypeVar("T")

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def read_text(path: Path, issues: ValidationIssues) -> str | None:
    """The text of a file, line ends untouched; None, with the fault noted, where it is not there or not UTF-8.

    A byte order mark, which some editors put first, stays: only for a source document is it part of the text.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        issues.add(path, 1, f"This file cannot be read ({error.strerror}).")
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        issues.add(path, line, f"Byte {content[error.start]:#04x} here is not UTF-8; save the file as UTF-8.")
        return None


def read_entries(path: Path, shape: type[T], issues: ValidationIssues) -> tuple[LocatedYAML, list[T]] | None:
    """The entries of a YAML list, and where they stand; None, with every fault noted, where they cannot be read."""
    text = read_text(path, issues)
    if text is None:
        return None
    file = LocatedYAML(text.removeprefix(BYTE_ORDER_MARK), path, issues)
    entries = file.validated(TypeAdapter(list[shape]))  # type: ignore[valid-type]
    return None if entries is None else (file, entries)
