"""The status file by which the process that follows a ledger in PostgreSQL reports to the workers of its host."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ValidationError

MAX_SILENCE = timedelta(seconds=10)  # then the process that follows is gone, or waits for PostgreSQL


class LedgerStatus(BaseModel):
    """When the ledger was last read, and its last entry.

    `problem` is a sentence if the store cannot be made from what was read. `is_followed` is false once reading fails.
    """

    process: int  # that follows
    read_at: datetime
    sequence: int = 0
    is_followed: bool = True
    problem: str = ""

    @property
    def unreachable_since(self) -> datetime | None:
        """Return when the ledger was last read if that fails since, otherwise None."""
        is_silent = datetime.now(UTC) - self.read_at > MAX_SILENCE
        return self.read_at if is_silent or not self.is_followed else None

    @property
    def notice(self) -> str:
        """Return what an operator should look at, or an empty string."""
        if since := self.unreachable_since:
            return f"The ledger has been unreachable since {since:%Y-%m-%dT%H:%M:%SZ}; the log has the reason."
        return self.problem


def read_status(store: Path) -> LedgerStatus | None:
    """Return the status that was written next to a store, or None if there is none."""
    try:
        return LedgerStatus.model_validate_json(_path(store).read_bytes())
    except (OSError, ValidationError):
        return None


def write_status(store: Path, status: LedgerStatus) -> None:
    """Replace the status; if it cannot be written, it grows old, which readers of it notice."""
    new = store.with_name(f"{_path(store).name}.new")
    with suppress(OSError):
        new.write_text(status.model_dump_json())
        new.replace(_path(store))


def _path(store: Path) -> Path:
    return store.with_name(f"{store.name}.ledger")
