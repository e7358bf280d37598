import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from sqlalchemy import Engine

from app.content import read_guides
from app.ledger.postgresql import ledger_engine
from app.publishing import publish, publishing
from tests.postgresql.server import PostgreSQL, postgresql
from tests.service import serving

MAX_WAIT_S = 180
COMMAND = [sys.executable, "-m", "app.cli"]


class Ledger(NamedTuple):
    """A database for one test, on a server that the test may stop."""

    server: PostgreSQL
    database: str

    @property
    def url(self) -> str:
        return self.server.url(self.database)

    @property
    def engine(self) -> Engine:
        return ledger_engine(self.url, appends=True)

    def seed(self, seeds: Path, store: Path) -> None:
        """Publish in this process, as `treaty-guide seed` does; `store` is the read model of the publisher."""
        with publishing(store, postgresql=self.engine) as (read_model, ledger):
            publish(read_model, ledger, *read_guides(seeds), may_remove_all=True)

    def run(self, store: Path, *arguments: str, url: str = "") -> subprocess.CompletedProcess[str]:
        """Run `treaty-guide` on a host with this read model."""
        environment = {"TREATY_GUIDE_DATABASE_URL": url or self.url, "TREATY_GUIDE_READ_MODEL": str(store)}
        return subprocess.run(
            [*COMMAND, *arguments],
            env={**os.environ, "TERM": "dumb", **environment},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )

    def execute(self, statement: str) -> str:
        return self.server.execute(statement, self.database)


@pytest.fixture(scope="session")
def server() -> Iterator[PostgreSQL]:
    with postgresql() as server:
        yield server


_numbers = count(1)


@pytest.fixture
def ledger(server: PostgreSQL) -> Ledger:
    """An empty database."""
    database = f"test_{next(_numbers)}"
    server.execute(f"CREATE DATABASE {database}")
    return Ledger(server, database)


Host = Callable[..., httpx.Client]


@pytest.fixture
def host(ledger: Ledger) -> Iterator[Host]:
    """Return a function that starts a host: it serves a read model, and a process follows the ledger."""
    with ExitStack() as stack:

        def start(store: Path, url: str = "") -> httpx.Client:
            settings = {"database_url": url or ledger.url, "read_model": store}
            environment = {f"TREATY_GUIDE_{name.upper()}": str(value) for name, value in settings.items()}
            follower = subprocess.Popen([*COMMAND, "follow"], env={**os.environ, **environment})
            stack.callback(follower.wait)
            stack.callback(follower.terminate)
            return stack.enter_context(serving(store, **settings))

        yield start


def wait_until(condition: Callable[..., object], *arguments: object) -> None:
    """Wait until something is true that a request or a file shows; fail instead of waiting for ever."""
    until = time.monotonic() + MAX_WAIT_S
    while not condition(*arguments):
        assert time.monotonic() < until, condition
        time.sleep(0.02)  # leave the processor to those who are waited for
