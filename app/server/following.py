"""Run the process that follows a ledger in PostgreSQL, beside the workers."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from app.logs import configure_logging
from app.publishing.following import follow

RESTART_S = 1.0  # seconds until a process that has ended is replaced


@contextmanager
def following(store: Path, url: str) -> Iterator[None]:
    """Follow a ledger in a process of its own, which is replaced if it ends, as long as the context is open."""
    is_over = Event()
    thread = Thread(target=_supervise, args=(store, url, is_over), name="follow", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _supervise(store: Path, url: str, is_over: Event) -> None:
    while not is_over.is_set():
        process = multiprocessing.get_context("spawn").Process(target=_follow, args=(store, url), daemon=True)
        process.start()
        while not is_over.wait(RESTART_S) and process.is_alive():
            pass
        process.terminate()
        process.join()


def _follow(store: Path, url: str) -> None:
    configure_logging()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # removes an unfinished file
    Thread(target=_end_with_parent, daemon=True).start()
    follow(store, url)


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
