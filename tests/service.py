"""A real server over a real store."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import httpx
import uvicorn
from sqlalchemy import Pool, event
from starlette.types import ASGIApp

from app.content import Guide, read_guides
from app.main import create_app
from app.publishing import Publication, catch_up, publish, publishing, rebuilding
from app.server.options import server_options
from app.settings import Settings
from app.store.digest import add_digest, remove_digest

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
SAMPLE = Path(__file__).parent / "sample"
GUIDE = "us-japan-security-treaty"


def publish_into(store: Path, guides: list[Guide]) -> list[Publication]:
    """Publish guides into a store, which is created as `treaty-guide seed` does if it does not exist."""
    if not store.exists():
        store.write_bytes(_empty_store())
    return _publish(store, guides)


def seed(store: Path, seeds: Path) -> list[Publication]:
    """Publish a folder of seeds."""
    if seeds in (SAMPLE, SEEDS) and not store.exists():
        content, publications = _published_store(seeds)
        store.write_bytes(content)
        return publications
    return publish_into(store, read_guides(seeds))


@cache
def _empty_store() -> bytes:
    """Return the content of a store without guides, so that it is created once."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.db"
        _publish(store, [])
        return store.read_bytes()


@cache
def _published_store(seeds: Path) -> tuple[bytes, list[Publication]]:
    """Publish a folder that no test changes; return the content of the store, too."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.db"
        publications = publish_into(store, read_guides(seeds))
        return store.read_bytes(), publications


def _publish(store: Path, guides: list[Guide]) -> list[Publication]:
    with publishing(store) as (read_model, ledger):
        return publish(read_model, ledger, *guides, may_remove_all=True)


def rebuild(store: Path) -> None:
    """Make the read model again from the ledger."""
    with rebuilding(store) as (read_model, ledger):
        catch_up(read_model, ledger)


def url_of(store: Path) -> str:
    """Return the URL of a store for SQLAlchemy and for `TREATY_GUIDE_DATABASE_URL`."""
    return f"sqlite:///{store}"


@contextmanager
def serving(store: Path, **settings: object) -> Iterator[httpx.Client]:
    """Serve a store on a loopback port; yield a client, whose connections wait for the server."""
    chosen = Settings(**{"database_url": url_of(store), "access_log": False, **settings})  # type: ignore[arg-type]
    with serving_app(create_app(chosen), chosen.concurrency, chosen.connections_per_address) as client:
        yield client


@contextmanager
def serving_app(app: ASGIApp, concurrency: int = 1000, per_address: int = 0) -> Iterator[httpx.Client]:
    """Serve any application on a loopback port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", **server_options(concurrency, per_address)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def serving_process(
    store: Path, *arguments: str, **environment: str
) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    """Run `treaty-guide serve` in another process; yield a client and the process.

    The process logs to its standard error.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "serve", "--port", "0", *arguments],
        env={
            "TREATY_GUIDE_SHUTDOWN_DELAY": "0",
            **os.environ,
            "TREATY_GUIDE_DATABASE_URL": url_of(store),
            **environment,
        },
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr is not None
    try:
        address = next(match[0] for line in process.stderr if (match := re.search(r"http://127\.0\.0\.1:\d+", line)))
        with httpx.Client(base_url=address, transport=httpx.HTTPTransport(retries=10), timeout=30) as client:
            yield client, process
    finally:
        process.terminate()
        process.wait()
        process.stderr.close()


_connections = weakref.WeakSet[sqlite3.Connection]()
event.listen(Pool, "connect", lambda connection, _: _connections.add(connection))
event.listen(Pool, "close", lambda connection, _: _connections.discard(connection))


@contextmanager
def statements() -> Iterator[list[str]]:
    """Yield a list to which each SQL statement is added that runs on a connection of SQLAlchemy."""
    executed: list[str] = []

    def record(statement: str) -> None:
        # SQLite reports the inner queries of a full-text index as comments; pragmas prepare a new connection.
        if not statement.startswith(("--", "PRAGMA")):
            executed.append(statement)

    def start_trace(connection: sqlite3.Connection, *_: object) -> None:
        getattr(connection, "memory", {}).clear()  # what earlier requests have read
        connection.set_trace_callback(record)

    for connection in _connections:
        start_trace(connection)
    event.listen(Pool, "connect", start_trace)
    try:
        yield executed
    finally:
        event.remove(Pool, "connect", start_trace)
        for connection in _connections:
            connection.set_trace_callback(None)


@contextmanager
def changing(store: Path) -> Iterator[sqlite3.Connection]:
    """Change a store with SQL in a transaction, and give it the digest of the result."""
    remove_digest(store)
    with closing(sqlite3.connect(store)) as connection, connection:
        yield connection
    add_digest(store)


def copy_of(seeds: Path, target: Path) -> Path:
    """Copy seeds to a folder that a test may change."""
    return Path(shutil.copytree(seeds, target))


def replace_in(folder: Path, before: str, after: str) -> None:
    """Replace a text in all files of a folder of seeds."""
    for file in folder.iterdir():
        file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
