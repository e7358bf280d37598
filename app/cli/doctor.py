"""`treaty-guide doctor`: find out what keeps the service from working, and say how to fix it."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from app.cli.console import load_settings
from app.cli.findings import Finding, number
from app.cli.ledger_checks import check_following, check_revisions

if TYPE_CHECKING:
    from app.settings import Settings

SPARE_DISK = 1.2  # free disk space that the next publication needs, in sizes of the store
MAX_CACHE_SHARE = 0.5  # of the memory of the machine, for the caches of all workers


def doctor() -> None:
    """Check the settings, the store and the limits of the system, and say how to fix what is wrong.

    Run it as the user that serves, with the same environment. The exit code is 1 if there is a problem.
    """
    settings = load_settings()
    findings: list[Finding] = []
    for check in CHECKS:
        for finding in check(settings):
            findings.append(finding)
            typer.echo(f"{finding.level:<9}{finding.subject}: {finding.text}")
    problems, warnings = (sum(finding.level == level for finding in findings) for level in ("problem", "warning"))
    typer.echo(f"{number(problems, 'problem')}, {number(warnings, 'warning')}.")
    if problems:
        raise typer.Exit(1)


def check_settings(settings: "Settings") -> Iterator[Finding]:
    """Check settings that are valid, but may not fit together; invalid ones end the command before."""
    if not settings.public_url:
        yield Finding(
            "warning",
            "settings",
            f"There is no public URL, so citations have URLs that begin with {settings.local_url}, and links are paths."
            " Set TREATY_GUIDE_PUBLIC_URL to the URL that clients use.",
        )
    if settings.connections_per_address > settings.concurrency:
        yield Finding(
            "warning",
            "settings",
            "One client address may take all connections. Set TREATY_GUIDE_CONNECTIONS_PER_ADDRESS to less than"
            " TREATY_GUIDE_CONCURRENCY, or to 0 behind a proxy.",
        )
    if (processors := os.cpu_count() or 1) < settings.workers:
        yield Finding(
            "warning",
            "settings",
            f"{settings.workers} workers share {number(processors, 'processor')}. Set TREATY_GUIDE_WORKERS to"
            f" {processors}.",
        )
    changed = sorted(f"TREATY_GUIDE_{name.upper()}" for name in settings.model_fields_set)
    yield Finding("ok", "settings", f"Valid. Set: {', '.join(changed) or 'none, all have their defaults'}.")


def check_store(settings: "Settings") -> Iterator[Finding]:
    """Check that the store can be served and that there is space for the next publication."""
    from app.errors import StoreUnavailable
    from app.store.connections import StoreFile

    store = _store(settings)
    try:
        StoreFile(store)
    except StoreUnavailable as error:
        yield Finding("problem", "store", f"{store}: {error}")
        return
    size = store.stat().st_size
    yield Finding("ok", "store", f"{store} is intact and has the version of this software; {size:,} bytes.")
    if os.path.ismount(store):
        yield Finding(
            "problem", "store", "It is mounted by itself, so `seed` cannot replace it. Mount its folder instead."
        )
    if shutil.disk_usage(store.parent).free < size * SPARE_DISK:
        yield Finding(
            "problem",
            "store",
            f"The disk has less than {round(size * SPARE_DISK):,} bytes free, which the next publication needs. Make"
            " space.",
        )


def check_content(settings: "Settings") -> Iterator[Finding]:
    """Check that there are guides, and that all of them can be found by search."""
    from sqlalchemy import text

    from app.store.engines import ReadingSessions
    from app.store.served import ServedStore

    guides = text("SELECT count(*) FROM revision WHERE is_current")
    store = ServedStore(_store(settings))
    if store.problem:  # which `check_store` reports
        return
    with ReadingSessions(store).open() as session:
        count = session.scalar(guides) or 0
        missing, left = (session.scalar(text(sql)) or 0 for sql in (_NOT_INDEXED, _LEFT_IN_INDEX))
    if not count:
        yield Finding("problem", "content", "The store contains no guide. Run `treaty-guide seed`.")
        return
    yield Finding("ok", "content", f"{number(count, 'guide')}.")
    if missing or left:
        yield Finding(
            "problem",
            "search index",
            f"{missing} sections and facts cannot be found, and {left} that are not served can. Run `treaty-guide"
            " seed`.",
        )
    else:
        yield Finding("ok", "search index", "It has all sections and facts of these guides, and no others.")


_CURRENT = "IN (SELECT id FROM revision WHERE is_current)"
_NOT_INDEXED = f"""
    SELECT (SELECT count(*) FROM section WHERE revision_id {_CURRENT} AND id NOT IN
            (SELECT section_id FROM index_entry JOIN search_index_docsize USING (id) WHERE section_id IS NOT NULL))
         + (SELECT count(*) FROM statement WHERE revision_id {_CURRENT} AND id NOT IN
            (SELECT statement_id FROM index_entry JOIN search_index_docsize USING (id) WHERE statement_id IS NOT NULL))
"""  # noqa: S608 - of constants
_LEFT_IN_INDEX = f"""
    SELECT count(*) FROM search_index_docsize
    WHERE id NOT IN (SELECT id FROM index_entry WHERE revision_id {_CURRENT})
"""  # noqa: S608 - of constants


def check_leftovers(settings: "Settings") -> Iterator[Finding]:
    """Look for files next to the store that a killed publisher, or another program, has left."""
    store = Path(os.path.realpath(_store(settings)))
    if _is_locked(store.with_name(f"{store.name}.lock")):
        yield Finding("ok", "leftover files", "A publication is running.")
        return
    unfinished = store.with_name(f"{store.name}.new")
    journals = [path for suffix in ("-journal", "-wal") if (path := store.with_name(store.name + suffix)).exists()]
    if unfinished.exists():
        yield Finding(
            "warning",
            "leftover files",
            f"{unfinished} is what a killed publisher has left. Remove it, or run `treaty-guide seed`, which does.",
        )
    for path in journals:
        yield Finding(
            "problem",
            "leftover files",
            f"{path} shows that another program writes into the store. Stop it, and publish with `treaty-guide seed`.",
        )
    if not unfinished.exists() and not journals:
        yield Finding("ok", "leftover files", "None.")


def check_limits(settings: "Settings") -> Iterator[Finding]:
    """Compare the limits of the system with what the settings need."""
    from app.server.options import FILES_PER_CONNECTION, RESERVED_FILES, raise_open_file_limit

    allowed = raise_open_file_limit(settings.concurrency)
    if allowed < settings.concurrency:
        needed = FILES_PER_CONNECTION * settings.concurrency + RESERVED_FILES
        yield Finding(
            "problem",
            "limits",
            f"The system allows files for {allowed} connections, not for {settings.concurrency}. Raise the hard limit"
            f" of open files to {needed} (`ulimit -Hn`, LimitNOFILE, --ulimit), or set TREATY_GUIDE_CONCURRENCY to"
            f" {allowed}.",
        )
    else:
        yield Finding("ok", "limits", f"Enough open files for {settings.concurrency} connections of each worker.")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    caches = settings.cache_bytes * settings.workers
    if caches > MAX_CACHE_SHARE * memory:
        yield Finding(
            "warning",
            "limits",
            f"The caches of all workers may take {caches:,} of {memory:,} bytes of memory. Set TREATY_GUIDE_CACHE_BYTES"
            f" to at most {round(MAX_CACHE_SHARE * memory / settings.workers):,}.",
        )


CHECKS: tuple[Callable[["Settings"], Iterator[Finding]], ...] = (
    check_settings,
    check_store,
    check_content,
    check_revisions,
    check_following,
    check_leftovers,
    check_limits,
)


def _store(settings: "Settings") -> Path:
    from app.store.engines import store_path

    return store_path(settings)


def _is_locked(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
