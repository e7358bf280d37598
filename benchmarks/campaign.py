"""What must hold under strain: a large publication, and many connections at once. Prints figures; fails on an error."""

import asyncio
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.large import ROOT, write_large_guide

COMMAND = [sys.executable, "-m", "app.cli"]
SECTIONS = 5_000
CONNECTIONS, SECONDS = 200, 10


def publish_large(folder: Path) -> None:
    """How long and how much memory it takes to publish a guide of 5,000 sections."""
    write_large_guide(folder / "large-seeds", SECTIONS)
    environment = {**os.environ, "TREATY_GUIDE_DATABASE_URL": f"sqlite:///{folder}/large.db"}
    start = time.perf_counter()
    subprocess.run([*COMMAND, "seed", str(folder / "large-seeds")], env=environment, cwd=ROOT, check=True)
    seconds = time.perf_counter() - start
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"publish {SECTIONS} sections: {seconds:.1f} s, {megabytes:.0f} MB at the most")


@contextmanager
def serving(store: Path, *arguments: str) -> Iterator[str]:
    """The address of a server in a process of its own."""
    server = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--no-access-log", *arguments],
        env={**os.environ, "TREATY_GUIDE_DATABASE_URL": f"sqlite:///{store}"},
        cwd=ROOT,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert server.stderr is not None
    try:
        yield next(found[0] for line in server.stderr if (found := re.search(r"http://[\d.]+:\d+", line)))
    finally:
        server.terminate()
        server.communicate()


async def ask_again_and_again(address: str, path: str, until: float) -> list[tuple[float, bytes]]:
    """Each answer's seconds and bytes, over one connection."""
    host, _, port = address.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    answers = []
    while (start := time.perf_counter()) < until:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head)
        assert length is not None
        body = await reader.readexactly(int(length[1]))
        answers.append((time.perf_counter() - start, head.partition(b"\r\n")[0] + body))
    writer.close()
    return answers


async def many_connections(address: str) -> bool:
    """Whether 200 connections are all answered for 10 s, each time with the section that they ask for."""
    path = "/v1/guides/us-japan-security-treaty/sections/history"
    until = time.perf_counter() + SECONDS
    connections = await asyncio.gather(*(ask_again_and_again(address, path, until) for _ in range(CONNECTIONS)))
    seconds = sorted(taken for answers in connections for taken, _ in answers)
    different = {answer for answers in connections for _, answer in answers}
    fewest = min(len(answers) for answers in connections)
    print(
        f"{CONNECTIONS} connections for {SECONDS} s: {len(seconds) / SECONDS:.0f} requests/s,"
        f" median {statistics.median(seconds):.2f} s, slowest {seconds[-1]:.2f} s;"
        f" {len(different)} different answers, {fewest} at the least on a connection"
    )
    return fewest > 1 and len(different) == 1 and next(iter(different)).startswith(b"HTTP/1.1 200")


def main() -> int:
    """Run the campaign; the exit code is 1 if anything failed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        publish_large(folder)
        store = folder / "shipped.db"
        environment = {**os.environ, "TREATY_GUIDE_DATABASE_URL": f"sqlite:///{store}"}
        subprocess.run([*COMMAND, "seed"], env=environment, cwd=ROOT, check=True)
        with serving(store) as address:
            return 0 if asyncio.run(many_connections(address)) else 1


if __name__ == "__main__":
    sys.exit(main())
