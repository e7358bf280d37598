"""A real server over a real store: what the tests talk to."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from sqlalchemy import Pool, event
from starlette.types import ASGIApp

from app.content import Guide, read_guides
from app.main import create_app
from app.publishing import Publication, publish
from app.server.options import server_options
from app.settings import Settings
from app.store.engines import TAKE_READ_LOCK, transaction, writing_engine
from app.store.migrations import migrate

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
SAMPLE = Path(__file__).parent / "sample"
GUIDE = "us-japan-security-treaty"


def publish_into(store: Path, guides: list[Guide]) -> list[Publication]:
    """Publish guides into a store that the migrations made."""
    engine = writing_engine(url_of(store))
    try:
        migrate(engine)
        with transaction(engine) as session:
            return publish(session, *guides)
    finally:
        engine.dispose()


def seed(store: Path, seeds: Path) -> list[Publication]:
    """Publish a folder of seeds."""
    return publish_into(store, read_guides(seeds))


def url_of(store: Path) -> str:
    return f"sqlite:///{store}"


@contextmanager
def serving(store: Path, **settings: object) -> Iterator[httpx.Client]:
    """A client of a server on a loopback port; connections wait in the socket until the server takes them."""
    chosen = Settings(**{"database_url": url_of(store), "access_log": False, **settings})  # type: ignore[arg-type]
    with serving_app(create_app(chosen), chosen.concurrency) as client:
        yield client


@contextmanager
def serving_app(app: ASGIApp, concurrency: int = 1000, send_buffer: int | None = None) -> Iterator[httpx.Client]:
    """A client of any application on a loopback port; the system sends so many bytes ahead, or as it thinks fit."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        if send_buffer:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", **server_options(concurrency)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def serving_process(store: Path, *arguments: str) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    """A client of `treaty-guide serve` in a process of its own, and that process, whose log is its standard error."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "serve", "--port", "0", *arguments],
        env={**os.environ, "TREATY_GUIDE_DATABASE_URL": url_of(store)},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr is not None
    try:
        address = next(found[0] for line in process.stderr if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        with httpx.Client(base_url=address, transport=httpx.HTTPTransport(retries=10), timeout=30) as client:
            yield client, process
    finally:
        process.terminate()
        process.wait()
        process.stderr.close()


@contextmanager
def statements() -> Iterator[list[str]]:
    """What connections that are taken from an engine's pool meanwhile ask of the store."""
    said: list[str] = []

    def note(statement: str) -> None:
        # After `--` SQLite says what a full-text index asks.
        if not statement.startswith(("BEGIN", TAKE_READ_LOCK, "ROLLBACK", "--")):
            said.append(statement)

    def listen(connection: sqlite3.Connection, *_: object) -> None:
        connection.set_trace_callback(note)

    def listen_no_more(connection: sqlite3.Connection | None, *_: object) -> None:
        if connection:
            connection.set_trace_callback(None)

    event.listen(Pool, "checkout", listen)
    event.listen(Pool, "checkin", listen_no_more)
    try:
        yield said
    finally:
        event.remove(Pool, "checkout", listen)
        event.remove(Pool, "checkin", listen_no_more)


def copy_of(seeds: Path, target: Path) -> Path:
    """Seeds that a test may change."""
    return Path(shutil.copytree(seeds, target))
