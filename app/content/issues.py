"""Collect the problems in seed files, each with the line where an editor can fix it."""

from collections import Counter
from pathlib import Path

from app.errors import ContentError, Issue


class ValidationIssues:
    """Collect issues, so that one run reports all.

    Accepted warnings are counted by the file that accepts them.
    """

    def __init__(self) -> None:
        self._issues: set[Issue] = set()
        self.accepted: Counter[Path] = Counter()

    def add(self, path: Path, line: int, message: str) -> None:
        """Record an error without raising it."""
        self._issues.add(Issue(path, line, message))

    def warn(self, path: Path, line: int, message: str) -> None:
        """Record a warning."""
        self._issues.add(Issue(path, line, message, "warning"))

    @property
    def warnings(self) -> list[Issue]:
        """Return the warnings, ordered by file and line."""
        return sorted(issue for issue in self._issues if issue.severity == "warning")

    def raise_if_errors(self) -> None:
        """Raise `ContentError` with all issues, by file and line, if any of them is an error."""
        if any(issue.severity == "error" for issue in self._issues):
            raise ContentError(sorted(self._issues))
