"""Run wrk against a server and measure its rate and CPU time."""

import math
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.serving import Server

SECONDS = 1
IDLE_CHECK_S = 0.05  # several of the ticks in which Linux counts CPU time


class Load(NamedTuple):
    """The result of a second of load."""

    responses: int
    rate: float  # successful responses per second
    cpu_us: float  # microseconds of the server's CPU time per response
    errors: int  # error responses, timeouts and broken connections


def load(server: Server, paths: Sequence[str], headers: Mapping[str, str], connections: int, cpu: int) -> Load:
    """Request paths in turn over many connections; wrk runs on the given CPU."""
    wrk = f"taskset --cpu-list {cpu} wrk -t1 -c{connections} -d{SECONDS}s -s".split()
    wrk.append(str(Path(__file__).with_name("addresses.lua")))
    for header in headers.items():
        wrk += ["-H", ": ".join(header)]
    with tempfile.NamedTemporaryFile("w") as addresses:
        addresses.write("\n".join(paths))
        addresses.flush()
        start = _cpu_seconds(server)
        command = [*wrk, server.address, "--", addresses.name]
        output = subprocess.run(command, capture_output=True, check=True, text=True).stdout
        cpu_seconds = _cpu_seconds(server) - start
    _wait_until_idle(server)
    responses, rate = _number(r"(\d+) requests in", output), _number(r"Requests/sec:\s+([\d.]+)", output)
    if not responses:
        return Load(0, 0, math.nan, connections)
    errors = _number(r"Non-2xx or 3xx responses: (\d+)", output)
    broken = sum(map(int, re.findall(r"\d+", "".join(re.findall("Socket errors:.*", output)))))
    success_rate = rate * (1 - errors / responses)
    return Load(int(responses), success_rate, cpu_seconds / responses * 1_000_000, int(errors) + broken)


def _wait_until_idle(server: Server) -> None:
    """Wait until the server is idle, so that it does not slow down the next one."""
    previous = -1.0
    while (current := _cpu_seconds(server)) > previous:
        previous = current
        time.sleep(IDLE_CHECK_S)


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    return float(found[1]) if found else 0


def _cpu_seconds(server: Server) -> float:
    fields = Path(f"/proc/{server.process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
