"""Compare the service with other servers. Needs Linux, wrk and npm.

The servers are a bare ASGI function, a naive service, Datasette and json-server. All have the same sections and one
worker on one processor; wrk runs on another. Each is loaded for a second in turn, round after round. Figures are
medians of the rounds, ratios the medians of each round's ratio.
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
from benchmarks.cells import ask, serving_all
from benchmarks.load import Load, load
from benchmarks.search import questions
from benchmarks.workloads import BARES, COLUMNS, HELD, MADE, MANY, ONE, PROMISES, SECTION, WORKLOADS, Workload

ROUNDS = 7
QUESTIONS = 3_000  # in a round: more than any server can answer

Loads = dict[tuple[Workload, str], list[Load]]


def in_turn() -> list[Workload]:
    """Run every workload in every round; many connections last, as they can stop a server."""
    return [each for each in WORKLOADS if each is not MANY] * ROUNDS + [MANY] * ROUNDS


def measure(folder: Path, processor: int) -> tuple[Loads, dict[str, int]]:
    """Return the rounds of each cell and the size of a section, with wrk on this processor."""
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
    """Return a table of workloads and servers, with a dash if there is no figure."""
    print(f"| {unit} | {' | '.join(COLUMNS)} |\n| --- |{' ---: |' * len(COLUMNS)}")
    for workload in WORKLOADS:
        rounds = [map(figure, loads.get((workload, column), [])) for column in COLUMNS]
        known = [[value for value in values if not math.isnan(value)] for values in rounds]
        medians = [f"{statistics.median(values):,.0f}" if values else "–" for values in known]
        print(f"| {workload.name} | {' | '.join(medians)} |")


def ratios(loads: Loads) -> bool:
    """Print promised and measured ratios; return whether all promises are kept."""
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
    """Print failures; return whether the service or a bare function failed."""
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
    """Describe the date, the machine and the versions."""
    node = subprocess.run(["node", "--version"], capture_output=True, check=True, text=True).stdout.strip()
    model = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    today = datetime.now(UTC)
    return (
        f"{today.day} {today:%B %Y}; {model[1] if model else platform.machine()}, {os.cpu_count()} processors;"
        f" Python {platform.python_version()}, uvicorn {version('uvicorn')}, FastAPI {version('fastapi')},"
        f" Datasette {datasette.VERSION}, json-server {json_server.VERSION}, Node {node[1:]}."
    )


def main() -> int:
    """Print the tables; exit with 1 for an unfit machine, a broken promise or a failed request."""
    if not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2:
        print("This needs Linux and two processors: one for the servers, one for what asks them.", file=sys.stderr)
        return 1
    if missing := [command for command in ("wrk", "npm", "taskset") if not shutil.which(command)]:
        print(f"{' and '.join(missing)} must be installed first; `make bench` does it.", file=sys.stderr)
        return 1
    datasette.install()
    json_server.install()
    servers, clients, *_ = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {servers})  # inherited by all processes started from now on
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
