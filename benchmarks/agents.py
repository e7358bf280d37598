"""Measure the tools for agents: memory and start-up time, the largest results, and readers during 50 calls at once."""

import http.client
import itertools
import json
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.addresses import GUIDE
from benchmarks.large import ROOT
from benchmarks.memory import resident
from benchmarks.serving import Server, publish, serving

AGENTS, CALLS = 50, 10  # connections that call tools at the same time, and calls of each
READS = 1_000  # of cached sections, before and meanwhile
SECTION = f"{GUIDE}/sections/history"
CLOCK_TICKS = 100  # of /proc in a second
HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}

ARGUMENTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("search", {"query": "joint exercises"}),
    ("search", {"query": "the treaty of japan"}),
    ("fetch", {"id": SECTION}),
    ("fetch", {"id": f"{GUIDE}/corrections"}),
    ("verify_quotations", {"quotes": ["anchored in mutual defense", *(f"anchored in mutual {n}" for n in range(19))]}),
    ("contents", {"guide": GUIDE.rpartition("/")[2]}),
    ("facts", {"kind": "instrument"}),
    ("facts", {"kind": "event"}),
)


def connect(server: Server) -> http.client.HTTPConnection:
    """Return a connection to a server."""
    return http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=60)


def call(connection: http.client.HTTPConnection, tool: str, arguments: dict[str, Any]) -> tuple[int, Any]:
    """Call a tool; return the number of characters of its result, and the result."""
    params = {"name": tool, "arguments": arguments}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    connection.request("POST", "/mcp", json.dumps(message), HEADERS)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200 or (result := json.loads(body)["result"])["isError"]:
        raise RuntimeError(f"{tool}: {response.status} {body.decode()}")
    return len(result["content"][0]["text"]), result["structuredContent"]


def processor_seconds(server: Server) -> float:
    """Return the processor time that a server has taken."""
    fields = Path(f"/proc/{server.process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS


def read_sections(connection: http.client.HTTPConnection, until: threading.Event | None = None) -> list[float]:
    """Read a cached section many times, or until an event; return the milliseconds of each, sorted."""
    times = []
    for _ in range(READS) if until is None else itertools.takewhile(lambda _: not until.is_set(), itertools.count()):
        start = time.perf_counter()
        connection.request("GET", SECTION)
        connection.getresponse().read()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)


def describe(times: list[float]) -> str:
    """Return the median and the 99th percentile."""
    return f"median {statistics.median(times):.1f} ms, 99th percentile {times[len(times) * 99 // 100]:.1f} ms"


def compare_memory(store: Path) -> None:
    """Print processor time and memory of a process with and without the tools, unused and used."""
    for mcp in ("false", "true"):
        with serving(store, TREATY_GUIDE_MCP=mcp) as server:
            read_sections(connect(server))
            print(f"tools: {mcp}; {processor_seconds(server):.2f} s of processor time, {resident(server):.0f} MB")
            if mcp == "true":
                before = processor_seconds(server)
                call(connect(server), *ARGUMENTS[0])
                seconds = processor_seconds(server) - before
                print(f"after the first message: {seconds:.2f} s more, {resident(server):.0f} MB")


def largest_results(connection: http.client.HTTPConnection) -> dict[str, int]:
    """Return the characters of the largest result of each tool, for all that it can read of the shipped guide."""
    largest: dict[str, int] = defaultdict(int)
    for tool, arguments in every_call(connection):
        largest[tool] = max(largest[tool], *(size for size, _ in every_page(connection, tool, arguments)))
    return dict(largest)


def every_page(
    connection: http.client.HTTPConnection, tool: str, arguments: dict[str, Any]
) -> Iterator[tuple[int, Any]]:
    """Yield the number of characters of a result and of those that continue it, each with the result."""
    size, result = call(connection, tool, arguments)
    yield size, result
    while cursor := result["next_cursor"]:
        size, result = call(connection, tool, arguments | {"cursor": cursor})
        yield size, result


def every_call(connection: http.client.HTTPConnection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield calls that read every section, correction and fact."""
    yield from ARGUMENTS
    yield "facts", {"kind": "term"}
    yield "fetch", {"id": GUIDE}
    yield "verify_quotations", {"quotes": ["the United States and Japan " * 70] * 20}
    for kind in ("section", "correction", "instrument", "article", "event", "term"):
        for _, page in every_page(connection, "search", {"query": "treaty", "kind": kind}):
            yield from (("fetch", {"id": result["id"]}) for result in page["results"])


def call_together(server: Server) -> None:
    """Print how long cached sections take while 50 connections call tools."""
    reader = connect(server)
    print(f"cached sections alone: {describe(read_sections(reader))}")
    times: list[float] = []

    def work() -> None:
        connection = connect(server)
        for n in range(CALLS):
            start = time.perf_counter()
            call(connection, *ARGUMENTS[n % len(ARGUMENTS)])
            times.append((time.perf_counter() - start) * 1000)

    threads = [threading.Thread(target=work) for _ in range(AGENTS)]
    is_over = threading.Event()
    reading: list[list[float]] = []
    watcher = threading.Thread(target=lambda: reading.append(read_sections(reader, is_over)))
    start = time.perf_counter()
    for thread in [watcher, *threads]:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(times) / (time.perf_counter() - start)
    is_over.set()
    watcher.join()
    print(f"{AGENTS} connections: {rate:.0f} calls/s, {describe(sorted(times))}")
    print(f"cached sections meanwhile: {describe(reading[0])}")


def main() -> None:
    """Publish the shipped guide, serve it and measure."""
    with tempfile.TemporaryDirectory() as folder:
        store = publish(ROOT / "seeds", Path(folder) / "store.db")
        compare_memory(store)
        with serving(store) as server:
            print(f"characters of the largest results: {largest_results(connect(server))}")
            call_together(server)


if __name__ == "__main__":
    main()
