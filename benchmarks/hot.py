"""A cached section beside a bare ASGI function that sends the same bytes on the same server. Needs wrk.

The two are measured in turn, for a second each, and medians are compared: by requests per second, and by the
processor time of the server per request, which other work on the machine disturbs less.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from benchmarks.large import ROOT
from benchmarks.serving import COMMAND

SECTION = "/v1/guides/us-japan-security-treaty/sections/history"
ROUNDS, CONNECTIONS = 15, 50
OPTIONS = "access_log=False, server_header=False, proxy_headers=False, ws='none', log_level='info', port=0"
BARE = [sys.executable, "-c", f"import uvicorn; uvicorn.run('benchmarks.bare:app', lifespan='off', {OPTIONS})"]
SERVICE = [*COMMAND, "serve", "--port", "0", "--no-access-log"]


@contextmanager
def serving(command: list[str], environment: dict[str, str]) -> Iterator[tuple[int, str]]:
    """The process id and the address of a server on the first processor; the clients are on the second."""
    pinned = ["taskset", "--cpu-list", "0", *command]
    server = subprocess.Popen(pinned, env=environment, cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8")
    assert server.stderr is not None
    try:
        yield server.pid, next(found[0] for line in server.stderr if (found := re.search(r"http://[\d.]+:\d+", line)))
    finally:
        server.terminate()
        server.communicate()


def processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(server: tuple[int, str], *headers: str) -> tuple[float, float]:
    """Requests per second, and microseconds of the server's processor per request."""
    command = ["taskset", "--cpu-list", "1", "wrk", "-t1", f"-c{CONNECTIONS}", "-d1s"]
    process, address = server
    before = processor_seconds(process)
    said = subprocess.run(
        [*command, *(part for header in headers for part in ("-H", header)), address + SECTION],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    spent = processor_seconds(process) - before
    if "Socket errors" in said:
        print(said)
    found = re.search(r"(\d+) requests in[\s\S]*Requests/sec:\s+([\d.]+)", said)
    assert found
    return float(found[2]), spent / int(found[1]) * 1_000_000


def main() -> int:
    """Print a table; the exit code is 1 if wrk is missing."""
    if not shutil.which("wrk"):
        print("wrk is needed, as the command wrk; on Debian: sudo apt-get install wrk", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name, ExitStack() as servers:
        folder = Path(name)
        environment = {
            **os.environ,
            "TREATY_GUIDE_DATABASE_URL": f"sqlite:///{folder}/store.db",
            "ANSWER": str(folder / "answer.json"),
        }
        subprocess.run([*COMMAND, "seed"], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        service = servers.enter_context(serving(SERVICE, environment))
        answer = httpx.get(service[1] + SECTION, headers={"Accept-Encoding": "identity"})
        headers = [(name, value) for name, value in answer.headers.items() if name != "date"]
        (folder / "answer.json").write_text(json.dumps({"headers": headers, "body": answer.text}), encoding="utf-8")
        bare = servers.enter_context(serving(BARE, environment))
        known = f"If-None-Match: {answer.headers['etag']}"
        workloads: dict[str, tuple[tuple[int, str], list[str]]] = {
            "bare function": (bare, []),
            "section": (service, []),
            "section, 304": (service, [known]),
            "section, br": (service, ["Accept-Encoding: gzip, deflate, br"]),
        }
        figures: dict[str, list[tuple[float, float]]] = {workload: [] for workload in workloads}
        for _ in range(ROUNDS):
            for workload, (server, sent) in workloads.items():
                figures[workload].append(measure(server, *sent))
    print(f"{len(headers) + 1} headers, a body of {len(answer.content)} bytes, {CONNECTIONS} connections")
    print(f"{'':16}{'requests/s':>12}{'of bare':>9}{'µs of processor':>18}{'of bare':>9}")
    base = figures["bare function"]
    for workload, measured in figures.items():
        rate, spent = (statistics.median(column) for column in zip(*measured, strict=True))
        rates = statistics.median(mine / theirs for (mine, _), (theirs, _) in zip(measured, base, strict=True))
        spents = statistics.median(theirs / mine for (_, mine), (_, theirs) in zip(measured, base, strict=True))
        print(f"{workload:16}{rate:12.0f}{rates:9.2f}{spent:18.1f}{spents:9.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
