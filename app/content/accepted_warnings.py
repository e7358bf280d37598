"""Warnings that editors accept, like a linter's baseline; not part of the guide."""

from datetime import date
from pathlib import Path

from pydantic import Field

from app.content.fields import ContentModel, Date, Text
from app.content.issues import ValidationIssues
from app.content.seed_files import read_entries

ACCEPTED_WARNINGS_FILE = "accepted_warnings.yaml"


class AcceptedWarning(ContentModel):
    """An entry of accepted_warnings.yaml."""

    host: Text = Field(description="The host whose links are accepted without https.", examples=["gazette.example"])
    reason: Text = Field(description="Why its links stay as they are.", examples=["The Gazette has no https."])
    review_by: Date = Field(
        description="The last date on which they are accepted: an RFC 3339 date.", examples=["2999-12-31"]
    )


class AcceptedWarnings:
    """The hosts whose links a guide accepts without https; counts each accepted host."""

    def __init__(self, folder: Path, issues: ValidationIssues, today: date) -> None:
        self._issues = issues
        self._file, self._entries, _ = read_entries(
            folder / ACCEPTED_WARNINGS_FILE, AcceptedWarning, issues, key="host"
        )
        self._today = today.isoformat()
        self._unused = {entry.host for entry in self._entries}

    def accepts(self, link: str) -> bool:
        """Return whether a warning about a link is accepted."""
        host = link.split("/")[2]
        if not any(entry.host == host and entry.review_by >= self._today for entry in self._entries):
            return False
        self._unused.discard(host)
        self._issues.accepted[self._file.path] += 1
        return True

    def check(self) -> None:
        """Warn about entries that have expired or match no link, once all links were checked."""
        for index, entry in enumerate(self._entries):
            if entry.review_by < self._today:
                message = "“review_by” has passed, so the links are reported again; check them, then set a later date."
                self._file.add_warning(message, index, "review_by")
            elif entry.host in self._unused:
                message = f"No link to “{entry.host}” is without https; correct the host, or remove this entry."
                self._file.add_warning(message, index, "host")
