"""Follow a ledger in PostgreSQL: keep the store of a host up to date."""

import os
import random
import time
from datetime import UTC, datetime
from pathlib import Path

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.errors import LedgerUnavailable, StoreUnavailable
from app.ledger.entries import last_entry
from app.ledger.postgresql import ledger_engine, listen, reading_ledger, wait_for_notification
from app.ledger.status import LedgerStatus, read_status, write_status
from app.publishing.opening import last_publication, update

POLL_S = 0.5  # notifications are faster, but not every database has them, and they can be lost
MAX_DELAY_S = 3.0  # between attempts to reach the ledger

_log = structlog.get_logger("ledger")


def follow(store: Path, url: str) -> None:
    """Keep a store up to date for ever. Raises `LedgerUnavailable` without psycopg."""
    Follower(store, url).run()


class Follower:
    """The store of a host and the ledger that it is made from.

    It only reads the ledger. While that cannot be reached, the store stays as it is.
    """

    def __init__(self, store: Path, url: str) -> None:
        self.store = store
        self._engine = ledger_engine(url)
        previous = read_status(store)
        read_at = previous.read_at if previous else datetime.now(UTC)
        self._status = LedgerStatus(process=os.getpid(), read_at=read_at)
        self._problem = ""  # that was logged last

    def run(self) -> None:
        """Follow; after an error, try again after a while, at first soon."""
        delay = POLL_S
        while True:
            try:
                with reading_ledger(self._engine) as ledger:
                    listen(ledger)
                    while True:
                        self._update(ledger)
                        delay = POLL_S
                        wait_for_notification(ledger, POLL_S)
            except (LedgerUnavailable, StoreUnavailable, DBAPIError) as error:
                self._report(error)
                time.sleep(delay * random.uniform(0.5, 1))  # noqa: S311 - so that not all hosts come at once
                delay = min(2 * delay, MAX_DELAY_S)

    def _update(self, ledger: Connection) -> None:
        last = last_entry(ledger)
        self._write_status(sequence=last[0] if last else 0)
        if last != last_publication(self.store):
            start = time.perf_counter()
            update(self.store, ledger, on_entry=lambda _: self._write_status())
            _log.info("store updated", publication=last and last[0], seconds=round(time.perf_counter() - start, 3))
        if self._problem:
            _log.info("ledger followed")
            self._problem = ""
        if self._status.problem:
            self._write_status(problem="")

    def _report(self, error: Exception) -> None:
        problem = str(error.orig) if isinstance(error, DBAPIError) else str(error)
        if problem != self._problem:
            _log.error("ledger not followed", reason=problem)
        self._problem = problem
        if isinstance(error, LedgerUnavailable):  # its text names hosts and users, and the status is public
            self._status = self._status.model_copy(update={"is_followed": False})
            write_status(self.store, self._status)
        else:
            self._write_status(problem=problem)

    def _write_status(self, **changed: object) -> None:
        """Write that the ledger was read now."""
        read = {"read_at": datetime.now(UTC), "is_followed": True}
        self._status = self._status.model_copy(update=read | changed)
        write_status(self.store, self._status)
