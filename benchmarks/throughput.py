"""The service beside a bare ASGI function, a naive service, Datasette and json-server. Needs Linux, wrk and npm.

All have the same sections and one worker each, on one processor, while wrk is on another. They are asked in turn, a
second each, round after round. Figures are medians of the rounds, and ratios the medians of each round's ratio.
"""

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
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote_plus

from benchmarks import datasette, json_server
from benchmarks.scenarios import ask, serving_all
from benchmarks.search import questions
from benchmarks.workloads import BARES, COLUMNS, HELD, MADE, MANY, ONE, PROMISES, SECTION, WORKLOADS, Workload
from benchmarks.wrk import Load, load

ROUNDS = 7
QUESTIONS = 3_000  # of a round: more than any server answers in it

Loads = dict[tuple[Workload, str], list[Load]]


def in_turn() -> list[Workload]:
    """Every workload in every round; many connections come last, since they stop a server for longer than a round."""
    return [each for each in WORKLOADS if each is not MANY] * ROUNDS + [MANY] * ROUNDS


def measure(folder: Path, processor: int) -> tuple[Loads, dict[str, int]]:
    """The rounds of each cell, and how many bytes a section takes from each server; wrk is on the given processor."""
    with serving_all(folder) as (cells, slugs, texts):
        of_one = {column: cell for (workload, column), cell in cells.items() if workload is ONE}
        lengths = {column: len(ask(cell.server, cell.paths([SECTION])[0], {}).body) for column, cell in of_one.items()}
        asking = map(quote_plus, questions(texts))
        words: dict[str, Callable[[], list[str]]] = {
            "a section": lambda: [SECTION],
            "each section": lambda: slugs,
            "questions": lambda: list(itertools.islice(asking, QUESTIONS)),
        }
        loads: Loads = {name: [] for name in cells}
        for workload in in_turn():
            asked = words[workload.of]()
            for column in workload.columns:
                if cell := cells.get((workload, column)):
                    came = load(cell.server, cell.paths(asked), cell.fields, workload.connections, processor)
                    if workload.of == "questions" and came.answers > QUESTIONS:
                        raise RuntimeError(f"{column} has answered {QUESTIONS} questions in a second; make it more.")
                    loads[workload, column].append(came)
    return loads, lengths


def table(unit: str, loads: Loads, figure: Callable[[Load], float]) -> None:
    """A row for each workload and a column for each server, with a dash where there is no figure."""
    print(f"| {unit} | {' | '.join(COLUMNS)} |\n| --- |{' ---: |' * len(COLUMNS)}")
    for workload in WORKLOADS:
        rounds = [map(figure, loads.get((workload, column), [])) for column in COLUMNS]
        known = [[value for value in values if not math.isnan(value)] for values in rounds]
        medians = [f"{statistics.median(values):,.0f}" if values else "–" for values in known]
        print(f"| {workload.name} | {' | '.join(medians)} |")


def ratios(loads: Loads) -> bool:
    """Compare the targets with the measurements; return whether all are met."""
    kept = True
    print("| ratio | of requests/s | of processor time | at least |\n| --- | ---: | ---: | ---: |")
    for (workload, one), (other_workload, other), least in PROMISES:
        pairs = list(zip(loads[workload, one], loads[other_workload, other], strict=True))
        rate = statistics.median(mine.rate / theirs.rate for mine, theirs in pairs)
        spent = statistics.median(theirs.processor / mine.processor for mine, theirs in pairs)
        name = (
            f"{workload.name}: {one} / {other}" if one != other else f"{one}: {workload.name} / {other_workload.name}"
        )
        print(f"| {name} | {rate:.2f} | {spent:.2f} | {least:g}{'' if rate >= least else ', which it is not'} |")
        kept = kept and rate >= least
    return kept


def tell_faults(loads: Loads) -> bool:
    """Say which servers did not answer as they should; whether one of them is the service or a bare function."""
    at_fault = set()
    for (workload, column), rounds in loads.items():
        if issues := sum(each.issues for each in rounds):
            silent = sum(not each.answers for each in rounds)
            print(
                f"{workload.name}, {column}: {issues} answers were errors, late or missing;"
                f" in {silent} of {ROUNDS} rounds there was none."
            )
            at_fault.add(column)
    return not at_fault.isdisjoint((HELD, MADE, *BARES))


def circumstances() -> str:
    """Print the date, machine and versions."""
    node = subprocess.run(["node", "--version"], capture_output=True, check=True, text=True).stdout.strip()
    model = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    today = datetime.now(UTC)
    return (
        f"{today.day} {today:%B %Y}; {model[1] if model else platform.machine()}, {os.cpu_count()} processors;"
        f" Python {platform.python_version()}, uvicorn {version('uvicorn')}, FastAPI {version('fastapi')},"
        f" Datasette {datasette.VERSION}, json-server {json_server.VERSION}, Node {node[1:]}."
    )


def main() -> int:
    """Print the tables; the exit code is 1 if this machine will not do, a promise is broken, or an answer failed."""
    if not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2:
        print("This needs Linux and two processors: one for the servers, one for what asks them.", file=sys.stderr)
        return 1
    if missing := [command for command in ("wrk", "npm", "taskset") if not shutil.which(command)]:
        print(f"{' and '.join(missing)} must be installed first; `make bench` does it.", file=sys.stderr)
        return 1
    datasette.install()
    json_server.install()
    servers, clients, *_ = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {servers})  # which all that is started from now on inherits
    with tempfile.TemporaryDirectory() as name:
        loads, lengths = measure(Path(name), clients)
    table("requests/s", loads, lambda load: load.rate)
    print(f"| bytes of a section | {' | '.join(f'{lengths[column]:,}' for column in COLUMNS)} |\n")
    table("µs of processor", loads, lambda load: load.processor)
    print()
    kept = ratios(loads)
    print(f"\n{circumstances()}")
    return 1 if tell_faults(loads) or not kept else 0


if __name__ == "__main__":
    sys.exit(main())
