"""What must hold under strain: a large publication, and many connections at once. Prints figures; fails on an error."""

import os
import re
import resource
import shutil
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


def many_connections(folder: Path) -> bool:
    """Whether 200 connections are all answered for 10 s, each with the section that it asked for."""
    store = folder / "shipped.db"
    environment = {**os.environ, "TREATY_GUIDE_DATABASE_URL": f"sqlite:///{store}"}
    subprocess.run([*COMMAND, "seed"], env=environment, cwd=ROOT, check=True)
    with serving(store) as address:
        section = f"{address}/v1/guides/us-japan-security-treaty/sections/history"
        wrk = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", section]
        said = subprocess.run(wrk, check=True, capture_output=True, encoding="utf-8").stdout
    rate = re.search(r"Requests/sec: *([\d.]+)", said)
    slowest = re.search(r"99% +(\S+)", said)
    assert rate is not None
    assert slowest is not None
    failed = re.findall(r".*(?:Socket errors|Non-2xx).*", said)
    print(f"{CONNECTIONS} connections for {SECONDS} s: {float(rate[1]):.0f} requests/s, 99 % within {slowest[1]}")
    print("\n".join(failed) or "no error, no time-out")
    return not failed and float(rate[1]) > 0


def main() -> int:
    """Run the campaign; the exit code is 1 if anything failed."""
    if shutil.which("wrk") is None:
        print("wrk is needed: apt-get install wrk", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        publish_large(Path(folder))
        return 0 if many_connections(Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
