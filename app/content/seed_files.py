"""Read text and lists of entries from the files of a seed folder."""

from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from app.content.issues import ValidationIssues
from app.content.located_yaml import LocatedYAML

T = TypeVar("T")

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def read_text(path: Path, issues: ValidationIssues) -> str | None:
    """Return the text of a file, or None after adding an issue if it is missing or not UTF-8.

    Line ends and a byte order mark are kept, because a source document is served byte for byte.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        issues.add(
            path, 1, f"This file is unreadable ({error.strerror}); check that it exists and that you may read it."
        )
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        issues.add(path, line, f"The byte {content[error.start]:#04x} is not UTF-8; save the file as UTF-8.")
        return None


def read_entries(path: Path, model: type[T], issues: ValidationIssues) -> tuple[LocatedYAML, list[T]] | None:
    """Return a YAML file and its list of entries, or None after adding an issue for each error."""
    text = read_text(path, issues)
    if text is None:
        return None
    file = LocatedYAML(text.removeprefix(BYTE_ORDER_MARK), path, issues)
    entries = file.validate(TypeAdapter(list[model]))  # type: ignore[valid-type]
    return None if entries is None else (file, entries)
