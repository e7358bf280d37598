"""A PostgreSQL server of its own on a loopback port, for tests and the campaign."""

import getpass
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.proxies.conftest import free_port

# Debian does not put the server's programs on the path. The server refuses to run as root.
PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/usr/bin"))
AS_USER: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
USER: str = AS_USER.get("user") or getpass.getuser()


class PostgreSQL:
    """A server that can be stopped, killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.port = free_port()
        run("initdb", "--pgdata", self.data, "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        self.start()

    def url(self, database: str = "postgres", user: str = USER, port: int | None = None) -> str:
        """Return a URL for SQLAlchemy."""
        return f"postgresql+psycopg://{user}@127.0.0.1:{port or self.port}/{database}"

    def start(self) -> None:
        """Start the server, and wait until it accepts connections."""
        settings = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.data}"]
        command = [str(PROGRAMS / "postgres"), "-D", str(self.data), "-p", str(self.port), *settings]
        with (self.data / "log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, **AS_USER)
        is_ready = [str(PROGRAMS / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.call(is_ready):
            if self._process.poll() is not None:
                raise RuntimeError((self.data / "log").read_text())

    def stop(self, number: int = signal.SIGINT) -> None:
        """Stop the server, by default as an administrator does, which ends the connections of all clients."""
        self._process.send_signal(number)
        self._process.wait()

    def is_running(self) -> bool:
        """Return whether the server runs; it ends by itself if it cannot write its log of transactions."""
        return self._process.poll() is None

    def kill(self) -> None:
        """Kill all processes of the server, as if the machine had failed."""
        self.pause()  # so that none is started meanwhile
        for process in self._processes():
            os.kill(process, signal.SIGKILL)
        self._process.wait()

    def pause(self) -> None:
        """Keep all processes of the server from running; connections stay open, and nobody responds."""
        for process in self._processes():
            os.kill(process, signal.SIGSTOP)

    def resume(self) -> None:
        """Let the server go on after `pause`."""
        for process in self._processes():
            os.kill(process, signal.SIGCONT)

    def execute(self, statement: str, database: str = "postgres") -> str:
        """Run SQL as the owner of the server; return the rows as text."""
        return run("psql", self.url(database).replace("+psycopg", ""), "-Atqc", statement)

    def _processes(self) -> list[int]:
        server = self._process.pid
        return [server, *map(int, Path(f"/proc/{server}/task/{server}/children").read_text().split())]


def run(program: str, *arguments: object) -> str:
    """Run a program of PostgreSQL; return its output."""
    command = [str(PROGRAMS / program), *map(str, arguments)]
    done = subprocess.run(command, cwd="/", capture_output=True, check=False, encoding="utf-8", **AS_USER)
    if done.returncode:
        raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")
    return str(done.stdout).strip()


@contextmanager
def postgresql(folder: Path | None = None) -> Iterator[PostgreSQL]:
    """Run a server in a folder, or in one of its own."""
    parent = folder or Path(tempfile.mkdtemp(prefix="postgresql-"))
    if AS_USER:
        shutil.chown(parent, USER, USER)
    try:
        server = PostgreSQL(parent)
        try:
            yield server
        finally:
            server.stop(signal.SIGQUIT)
    finally:
        if not folder:
            shutil.rmtree(parent)
