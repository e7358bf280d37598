"""The service in a process of its own, over a store of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.large import ROOT

COMMAND = [sys.executable, "-m", "app.cli"]


class Server(NamedTuple):
    """Where a server answers, and the id of its process."""

    address: str
    process: int


def publish(seeds: Path, store: Path) -> Path:
    """A store with the guides of a folder."""
    environment = {**os.environ, "TREATY_GUIDE_DATABASE_URL": f"sqlite:///{store}"}
    subprocess.run([*COMMAND, "seed", str(seeds)], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return store


@contextmanager
def serving(store: Path, *arguments: str) -> Iterator[Server]:
    """A server on a port that is free."""
    server = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--no-access-log", *arguments],
        env={**os.environ, "TREATY_GUIDE_DATABASE_URL": f"sqlite:///{store}"},
        cwd=ROOT,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert server.stderr is not None
    try:
        address = next(found[0] for line in server.stderr if (found := re.search(r"http://[\d.]+:\d+", line)))
        yield Server(address, server.pid)
    finally:
        server.terminate()
        server.communicate()
