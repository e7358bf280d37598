"""The status that the process which follows a ledger writes for the workers."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.ledger.status import MAX_SILENCE, LedgerStatus, read_status, write_status


def test_a_status_is_read_as_it_was_written(store: Path) -> None:
    assert read_status(store) is None
    status = LedgerStatus(process=1, read_at=datetime.now(UTC), sequence=7, problem="Why.")
    write_status(store, status)
    assert read_status(store) == status
    assert [path.name for path in store.parent.iterdir()] == ["store.db.ledger"]


def test_a_status_that_grows_old_means_that_the_ledger_is_unreachable() -> None:
    now = datetime.now(UTC)
    old = now - MAX_SILENCE - timedelta(seconds=1)
    assert LedgerStatus(process=1, read_at=now).unreachable_since is None
    assert LedgerStatus(process=1, read_at=old).unreachable_since == old
    assert LedgerStatus(process=1, read_at=now, is_followed=False).unreachable_since == now


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    write_status(tmp_path / "missing/store.db", LedgerStatus(process=1, read_at=datetime.now(UTC)))
