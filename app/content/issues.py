"""Collect the problems in seed files, each with the line where an editor can fix it."""

from pathlib import Path

from app.errors import ContentError, Issue


class ValidationIssues:
    """Collect issues so that one run reports all of them."""

    def __init__(self) -> None:
        self._issues: list[Issue] = []

    def add(self, path: Path, line: int, message: str) -> None:
        """Record an issue without raising it."""
        self._issues.append(Issue(path, line, message))

    def raise_if_any(self) -> None:
        """Raise `ContentError` with all issues, ordered by file and line."""
        if self._issues:
            raise ContentError(sorted(set(self._issues)))
