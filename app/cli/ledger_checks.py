"""The checks of `treaty-guide doctor` that concern the ledger, in the store or in PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.cli.console import postgresql_of
from app.cli.findings import Finding, number

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.settings import Settings


def check_revisions(settings: "Settings") -> Iterator[Finding]:
    """Check that the content of each revision in the ledger has the recorded digest."""
    from app.errors import LedgerUnavailable, StoreUnavailable
    from app.ledger.entries import read_content, read_entries
    from app.store.engines import store_path
    from app.store.served import ServedStore

    if not settings.has_postgresql and ServedStore(store_path(settings)).problem:  # which `check_store` reports
        return
    try:
        with _reading(settings) as ledger:
            entries = read_entries(ledger)
            digests = {entry.digest for entry in entries if entry.digest}
            pruned = sum(read_content(ledger, digest) is None for digest in digests)
    except StoreUnavailable as error:
        yield Finding("problem", "revisions", str(error))
    except LedgerUnavailable as error:
        yield Finding("problem", "ledger", f"{error} Everything is served as before, but nothing can be published.")
    else:
        yield Finding(
            "ok",
            "revisions",
            f"The ledger has {number(len(entries), 'entry', 'entries')}. The content of"
            f" {number(len(digests) - pruned, 'revision')} has the recorded digest; {pruned} were pruned.",
        )


def check_following(settings: "Settings") -> Iterator[Finding]:
    """Check that the store of this host is kept up to date with a ledger in PostgreSQL."""
    from app.ledger.status import read_status
    from app.store.engines import store_path

    if not settings.has_postgresql:
        return
    status = read_status(store_path(settings))
    if status and not status.notice:
        yield Finding("ok", "ledger", f"It is followed; its last publication is number {status.sequence}.")
    elif status and status.is_followed and not status.problem:
        yield Finding(
            "warning", "ledger", "It is not followed. Run `treaty-guide serve`, or `treaty-guide follow` beside others."
        )
    elif status:
        yield Finding("problem", "ledger", status.notice)
    else:
        yield Finding("warning", "ledger", "It was never followed here. Run `treaty-guide serve`.")


@contextmanager
def _reading(settings: "Settings") -> "Iterator[Connection]":
    from app.ledger.postgresql import reading_ledger
    from app.store.engines import ReadingSessions, store_path
    from app.store.served import ServedStore

    if postgresql := postgresql_of(settings):
        with reading_ledger(postgresql) as ledger:
            yield ledger
    else:
        with ReadingSessions(ServedStore(store_path(settings))).open() as session:
            yield session.connection()
