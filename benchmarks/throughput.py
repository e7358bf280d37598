"""Compare the service with a bare function, a naive service, Datasette and json-server.

It needs Linux, wrk and npm. All servers have the same sections and one worker on one CPU; wrk runs on another. They are
measured in turn, a second each, round after round. Figures are medians of the rounds, and ratios the medians of each
round's ratio. `--before PATH` adds another checkout of the service, after `make install` there.
"""

import argparse
import itertools
import math
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote_plus

from benchmarks import datasette, json_server
from benchmarks.scenarios import fetch, serving_all
from benchmarks.search import distinct_queries
from benchmarks.workloads import (
    BARES,
    CACHED,
    COLUMNS,
    MANY,
    NO_SLOWER,
    ONE,
    PROMISES,
    SECTION,
    UNCACHED,
    WORKLOADS,
    Target,
    Workload,
)
from benchmarks.wrk import Load, load

ROUNDS = 7
QUERIES = 3_000  # of a round: more than any server can respond to

Loads = dict[tuple[Workload, str], list[Load]]


def schedule(rounds: int) -> list[Workload]:
    """Return every workload in every round.

    Many connections come last, because they stop a server for longer than a round.
    """
    return [each for each in WORKLOADS if each is not MANY] * rounds + [MANY] * rounds


def measure(folder: Path, before: Path | None, rounds: int, cpu: int) -> tuple[Loads, dict[str, int]]:
    """Return the loads of each scenario, and the bytes of a section by server.

    wrk runs on the given CPU.
    """
    with serving_all(folder, before) as (scenarios, slugs, texts):
        lengths = {
            column: len(fetch(scenario.server, scenario.paths([SECTION])[0], {}).body)
            for (workload, column), scenario in scenarios.items()
            if workload is ONE
        }
        queries = map(quote_plus, distinct_queries(texts))
        values: dict[str, Callable[[], list[str]]] = {
            "one section": lambda: [SECTION],
            "all sections": lambda: slugs,
            "queries": lambda: list(itertools.islice(queries, QUERIES)),
        }
        loads: Loads = {name: [] for name in scenarios}
        for workload in schedule(rounds):
            chosen = values[workload.values]()
            for column in workload.columns:
                if scenario := scenarios.get((workload, column)):
                    paths = scenario.paths(chosen)
                    result = load(scenario.server, paths, scenario.headers, workload.connections, cpu)
                    if workload.values == "queries" and result.responses > QUERIES:
                        raise RuntimeError(f"{column} responds to more than {QUERIES} queries a second; raise it.")
                    loads[workload, column].append(result)
    return loads, lengths


def print_table(unit: str, loads: Loads, columns: Sequence[str], figure: Callable[[Load], float]) -> None:
    """Print a row for each workload and a column for each server, with dashes for no figure."""
    print(f"| {unit} | {' | '.join(columns)} |\n| --- |{' ---: |' * len(columns)}")
    for workload in WORKLOADS:
        figures = [[figure(each) for each in loads.get((workload, column), [])] for column in columns]
        numbers = [[value for value in values if not math.isnan(value)] for values in figures]
        medians = [f"{statistics.median(values):,.0f}" if values else "–" for values in numbers]
        print(f"| {workload.name} | {' | '.join(medians)} |")


def print_ratios(loads: Loads, targets: Sequence[Target]) -> bool:
    """Compare the targets with the measurements; return whether all are met."""
    all_met = True
    print("| ratio | of requests/s | of CPU time | at least |\n| --- | ---: | ---: | ---: |")
    for (workload, column), (other_workload, other_column), minimum in targets:
        pairs = list(zip(loads[workload, column], loads[other_workload, other_column], strict=True))
        rate = statistics.median(one.rate / other.rate if other.rate else math.inf for one, other in pairs)
        cpu = statistics.median(other.cpu_us / one.cpu_us for one, other in pairs)
        if column == other_column:
            name = f"{column}: {workload.name} / {other_workload.name}"
        else:
            name = f"{workload.name}: {column} / {other_column}"
        is_met = rate >= minimum
        print(f"| {name} | {rate:.2f} | {cpu:.2f} | {minimum:g}{'' if is_met else ', missed'} |")
        all_met = all_met and is_met
    return all_met


def print_errors(loads: Loads) -> bool:
    """Print the errors; return whether neither the service nor a bare function had any."""
    with_errors = set()
    for (workload, column), results in loads.items():
        if errors := sum(each.errors for each in results):
            silent = sum(not each.responses for each in results)
            print(
                f"{workload.name}, {column}: {errors} responses were errors, late or missing;"
                f" {silent} of {len(results)} rounds had none."
            )
            with_errors.add(column)
    return with_errors.isdisjoint((CACHED, UNCACHED, *BARES))


def environment() -> str:
    """Return the date, machine and versions."""
    node = subprocess.run(["node", "--version"], capture_output=True, check=True, text=True).stdout.strip()
    model = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    today = datetime.now(UTC)
    return (
        f"{today.day} {today:%B %Y}; {model[1] if model else platform.machine()}, {os.cpu_count()} processors;"
        f" Python {platform.python_version()}, uvicorn {version('uvicorn')}, FastAPI {version('fastapi')},"
        f" Datasette {datasette.VERSION}, json-server {json_server.VERSION}, Node {node[1:]}."
    )


def main() -> int:
    """Print the tables; the exit code is 1 if a target is missed or a response failed."""
    parser = argparse.ArgumentParser(prog="make bench", description="Compare the service with other servers.")
    parser.add_argument("--before", type=Path, metavar="PATH", help="another checkout, after `make install` there")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"seconds for each figure; {ROUNDS} by default")
    options = parser.parse_args()
    if not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2:
        print("This needs Linux and two CPUs: one for the servers, one for wrk.", file=sys.stderr)
        return 1
    if missing := [command for command in ("wrk", "npm", "taskset") if not shutil.which(command)]:
        print(f"{' and '.join(missing)} must be installed first; `make bench` does it.", file=sys.stderr)
        return 1
    datasette.install()
    json_server.install()
    server_cpu, client_cpu, *_ = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {server_cpu})  # the servers inherit it
    with tempfile.TemporaryDirectory() as name:
        before = options.before and options.before.resolve()
        loads, lengths = measure(Path(name), before, options.rounds, client_cpu)
    columns = [column for column in COLUMNS if (ONE, column) in loads]
    print_table("requests/s", loads, columns, lambda load: load.rate)
    print(f"| bytes of a section | {' | '.join(f'{lengths[column]:,}' for column in columns)} |\n")
    print_table("µs of CPU", loads, columns, lambda load: load.cpu_us)
    print()
    all_met = print_ratios(loads, [*PROMISES, *NO_SLOWER] if before else PROMISES)
    print(f"\n{environment()}")
    return 0 if print_errors(loads) and all_met else 1


if __name__ == "__main__":
    sys.exit(main())
