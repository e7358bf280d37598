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
IDLE_CHECK_S = 0.05  # several of the ticks in which Linux counts the time of a processor


class Load(NamedTuple):
    """The result of a second of load."""

    answers: int
    rate: float  # answers below 400 per second
    processor: float  # microseconds of the server's processor for an answer
    issues: int  # answers from 400 up, late ones, and connections that broke


def load(server: Server, paths: Sequence[str], fields: Mapping[str, str], connections: int, processor: int) -> Load:
    """Request paths in turn over many connections; wrk runs on the given processor."""
    wrk = f"taskset --cpu-list {processor} wrk -t1 -c{connections} -d{SECONDS}s -s".split()
    wrk.append(str(Path(__file__).with_name("addresses.lua")))
    for field in fields.items():
        wrk += ["-H", ": ".join(field)]
    with tempfile.NamedTemporaryFile("w") as addresses:
        addresses.write("\n".join(paths))
        addresses.flush()
        before = _cpu_seconds(server)
        said = subprocess.run(
            [*wrk, server.address, "--", addresses.name], capture_output=True, check=True, text=True
        ).stdout
        spent = _cpu_seconds(server) - before
    _wait_until_idle(server)
    answers, rate = _number(r"(\d+) requests in", said), _number(r"Requests/sec:\s+([\d.]+)", said)
    if not answers:
        return Load(0, 0, math.nan, connections)
    errors = _number(r"Non-2xx or 3xx responses: (\d+)", said)
    broken = sum(map(int, re.findall(r"\d+", "".join(re.findall("Socket errors:.*", said)))))
    return Load(int(answers), rate * (1 - errors / answers), spent / answers * 1_000_000, int(errors) + broken)


def _wait_until_idle(server: Server) -> None:
    """Wait until the server has finished, so that it does not slow the next one."""
    spent = -1.0
    while (now := _cpu_seconds(server)) > spent:
        spent = now
        time.sleep(IDLE_CHECK_S)


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    return float(found[1]) if found else 0


def _cpu_seconds(server: Server) -> float:
    fields = Path(f"/proc/{server.process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
