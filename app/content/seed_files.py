"""Read text and lists of entries from the files of a seed folder."""

from collections.abc import Collection
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pydantic import TypeAdapter

from app.content.issues import ValidationIssues
from app.content.located_yaml import LocatedYAML

T = TypeVar("T")

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


class Entries(NamedTuple, Generic[T]):
    """A YAML file, its entries, and their slugs: None if the file is unreadable, so that references are not checked."""

    file: LocatedYAML
    entries: tuple[T, ...]
    slugs: Collection[str] | None


def read_text(path: Path, issues: ValidationIssues) -> str | None:
    """Return the text of a file, or None after adding an issue if it is missing or not UTF-8.

    Line ends and a byte order mark stay, because a source document is served byte for byte.
    """
    try:
        content = path.read_bytes()
        return content.decode("utf-8")
    except OSError as error:
        message = f"This file is unreadable ({error.strerror}); check that it exists and that you may read it."
        issues.add(path, 1, message)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        issues.add(path, line, f"The byte {content[error.start]:#04x} is not UTF-8; save the file as UTF-8.")
    return None


def read_entries(
    path: Path, model: type[T], issues: ValidationIssues, *, key: str = "slug", optional: bool = True
) -> Entries[T]:
    """Read a YAML file with a list of entries, each with its own `key`; a missing optional file has none."""
    text = "[]" if optional and not path.exists() else read_text(path, issues)
    file = LocatedYAML((text or "").removeprefix(BYTE_ORDER_MARK), path, issues)
    entries = None if text is None else file.validate(TypeAdapter(tuple[model, ...]))  # type: ignore[valid-type]
    if entries is None:
        return Entries(file, (), None)
    slugs = [getattr(entry, key) for entry in entries]
    file.check_unique(slugs, key=key)
    return Entries(file, entries, set(slugs))
