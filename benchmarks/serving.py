"""Start servers, each in its own process."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

from benchmarks.large import ROOT

COMMAND = [sys.executable, "-m", "app.cli"]
UVICORN = [sys.executable, "-m", "uvicorn", "--no-access-log", "--log-level", "warning"]
STARTING_S, STOPPING_S = 30, 5

# Root may read and write everywhere, unless it gives up these capabilities.
_CAPABILITIES = "-dac_override,-dac_read_search"
WITHOUT_PRIVILEGES = ["setpriv", "--bounding-set", _CAPABILITIES] if os.getuid() == 0 else []


class Server(NamedTuple):
    """The address of a server and its process id."""

    address: str
    process: int


def command_of(checkout: Path) -> list[str]:
    """Return the `treaty-guide` command of a checkout, in its own virtual environment."""
    return COMMAND if checkout == ROOT else [str(checkout / ".venv/bin/python"), "-m", "app.cli"]


def publish(seeds: Path, store: Path, checkout: Path = ROOT) -> Path:
    """Publish the guides of a folder into a store."""
    environment = {**os.environ, "TREATY_GUIDE_DATABASE_URL": f"sqlite:///{store}"}
    command = [*command_of(checkout), "seed", str(seeds)]
    subprocess.run(command, env=environment, cwd=checkout, check=True, stdout=subprocess.DEVNULL)
    return store


@contextmanager
def serving(
    store: Path, *arguments: str, log: IO[bytes] | None = None, prefix: Sequence[str] = (), **environment: str
) -> Iterator[Server]:
    """Serve a store; if there is a log, requests are logged, too. `prefix` is a command that runs the server."""
    environment["TREATY_GUIDE_DATABASE_URL"] = f"sqlite:///{store}"
    options = arguments if log else ("--no-access-log", *arguments)
    with running(*prefix, *COMMAND, "serve", *options, folder=ROOT, log=log, **environment) as server:
        yield server


@contextmanager
def serving_checkout(checkout: Path, store: Path, **environment: str) -> Iterator[Server]:
    """Serve a store with another checkout of the service."""
    environment["TREATY_GUIDE_DATABASE_URL"] = f"sqlite:///{store}"
    with running(*command_of(checkout), "serve", "--no-access-log", folder=checkout, log=None, **environment) as server:
        yield server


@contextmanager
def running(*command: str, folder: Path = ROOT, log: IO[bytes] | None = None, **environment: str) -> Iterator[Server]:
    """Run a server that takes its port as `--port`; raise RuntimeError if it does not listen."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with tempfile.TemporaryFile() as own_log:
        output = log or own_log
        server = subprocess.Popen(
            [*command, "--port", str(port)],
            env={**os.environ, **environment},
            cwd=folder,
            stdout=output,
            stderr=output,
        )
        try:
            if not _listens(server, port):
                own_log.seek(0)
                raise RuntimeError(f"{' '.join(command)} does not serve:\n{own_log.read().decode()}")
            yield Server(f"http://127.0.0.1:{port}", server.pid)
        finally:
            server.terminate()
            try:
                server.wait(STOPPING_S)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _listens(server: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + STARTING_S
    while server.poll() is None and time.monotonic() < until:
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return True
        time.sleep(0.05)
    return False
