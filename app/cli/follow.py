"""`treaty-guide follow`."""

import signal
import sys

from app.cli.console import load_settings


def follow() -> None:
    """Keep what is served up to date with a ledger in PostgreSQL, until interrupted.

    `serve` does this by itself. Use it to make the file before the first start, or for other servers than `serve`.
    """
    from app.errors import LedgerUnavailable
    from app.logs import configure_logging
    from app.publishing.following import follow
    from app.store.engines import store_path

    settings = load_settings()
    if not settings.has_postgresql:
        raise LedgerUnavailable("There is nothing to follow: TREATY_GUIDE_DATABASE_URL names an SQLite file.")
    configure_logging()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # removes an unfinished file
    follow(store_path(settings), settings.database_url)
