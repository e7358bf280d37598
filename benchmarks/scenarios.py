"""The requests behind the throughput table: each server with the same sections."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from benchmarks import datasette, json_server
from benchmarks.large import ROOT
from benchmarks.serving import UVICORN, Server, publish, running, serving, serving_checkout
from benchmarks.workloads import (
    ADDRESSES,
    BARE_BRIEF,
    BARE_LIMITED,
    BARES,
    BEFORE,
    BEFORE_UNCACHED,
    CACHED,
    DATASETTE,
    JSON_SERVER,
    NAIVE,
    NAIVE_BRIEF,
    SECTION,
    UNCACHED,
    WORKLOADS,
    Workload,
)

BRIEF_HEADERS = {"content-type", "content-length"}  # uvicorn adds the date
# With the options of the service, but without its limits on connections.
BARE_SERVER = [*UVICORN, "benchmarks.bare:app", "--no-server-header", "--no-proxy-headers", "--ws", "none"]
LIMITED_SERVER = [sys.executable, "-m", "benchmarks.bare"]
NAIVE_SERVER = [*UVICORN, "benchmarks.naive.main:app"]


class Scenario(NamedTuple):
    """A server, a URL template and request headers."""

    server: Server
    address: str
    headers: dict[str, str]

    def paths(self, values: Sequence[str]) -> list[str]:
        """Return the URL for each value."""
        return [self.address.format(value) for value in values]


Scenarios = dict[tuple[Workload, str], Scenario]
Prepared = tuple[int, dict[str, str], str]  # status, headers and body, a character for each byte


class Response(NamedTuple):
    """A response as sent, without its `date` header."""

    status: int
    headers: dict[str, str]
    body: bytes


def fetch(server: Server, path: str, headers: Mapping[str, str]) -> Response:
    """Send one request."""
    connection = HTTPConnection(server.address.removeprefix("http://"), timeout=30)
    connection.putrequest("GET", path, skip_accept_encoding=True)
    for header in headers.items():
        connection.putheader(*header)
    connection.endheaders()
    response = connection.getresponse()
    sent = {name.lower(): value for name, value in response.getheaders() if name.lower() != "date"}
    body = response.read()
    connection.close()
    return Response(response.status, sent, body)


@contextmanager
def serving_all(folder: Path, before: Path | None) -> Iterator[tuple[Scenarios, list[str], list[str]]]:
    """Start all servers; yield the scenarios, the slugs of sections and the texts of passages.

    `before` is another checkout of the service.
    """
    with ExitStack() as servers:
        start = servers.enter_context
        store = publish(ROOT / "seeds", folder / "store.db")
        cached = start(serving(store))
        sections = json.loads(fetch(cached, ADDRESSES[CACHED].sections, {}).body)["items"]
        slugs = [section["slug"] for section in sections]

        sections_file, database = folder / "sections.json", folder / "guide.db"
        sections_file.write_text(json.dumps({"sections": sections}), encoding="utf-8")
        texts = datasette.write_passages(store, database)
        datasette.write_sections(sections, database)
        naive = start(running(*NAIVE_SERVER, DATABASE=str(folder / "naive.db"), SECTIONS=str(sections_file)))
        by_column = {
            CACHED: cached,
            UNCACHED: start(serving(store, TREATY_GUIDE_CACHE_BYTES="0")),
            NAIVE: naive,
            NAIVE_BRIEF: naive,
            DATASETTE: start(datasette.serving(database, *datasette.WITHOUT_FACETS)),
            JSON_SERVER: start(json_server.serving(sections_file)),
        }
        if before:
            store = publish(before / "seeds", folder / "before.db", before)
            by_column[BEFORE] = start(serving_checkout(before, store))
            by_column[BEFORE_UNCACHED] = start(serving_checkout(before, store, TREATY_GUIDE_CACHE_BYTES="0"))
        scenarios = _scenarios(by_column)

        responses, copies = _bare_responses(scenarios, slugs)
        responses_file = folder / "responses.json"
        responses_file.write_text(json.dumps(responses), encoding="utf-8")
        bare = start(running(*BARE_SERVER, RESPONSES=str(responses_file)))
        limited = start(running(*LIMITED_SERVER, RESPONSES=str(responses_file)))
        for (workload, column), copy in copies.items():
            scenarios[workload, column] = copy._replace(server=limited if column == BARE_LIMITED else bare)
        yield scenarios, slugs, texts


def _scenarios(servers: Mapping[str, Server]) -> Scenarios:
    scenarios = {}
    for workload in WORKLOADS:
        for column in servers.keys() & workload.columns:
            server, address = servers[column], getattr(ADDRESSES[column], workload.address)
            if (headers := _headers(server, address.format(SECTION), workload)) is not None:
                scenarios[workload, column] = Scenario(server, address, headers)
    return scenarios


def _headers(server: Server, path: str, workload: Workload) -> dict[str, str] | None:
    """Return the headers to send, or None if the server lacks the feature, such as gzip."""
    headers = {"Accept-Encoding": workload.coding} if workload.coding else {}
    if workload.accept:
        headers["Accept"] = workload.accept
    if workload.is_conditional:
        headers["If-None-Match"] = fetch(server, path, {}).headers.get("etag", "")
    response = fetch(server, path, headers)
    expected = (304 if workload.is_conditional else 200, workload.coding)
    return headers if (response.status, response.headers.get("content-encoding")) == expected else None


def _bare_responses(scenarios: Scenarios, slugs: Sequence[str]) -> tuple[dict[str, Prepared], Scenarios]:
    """Return the responses of the bare function, by path, and the scenarios that request them.

    They are copies of the service's.
    """
    responses: dict[str, Prepared] = {}
    copies: Scenarios = {}
    for number, workload in enumerate(WORKLOADS):
        for column in {*BARES} & {*workload.columns}:
            original = scenarios[workload, CACHED]
            prefix = f"/{number}/brief" if column == BARE_BRIEF else f"/{number}"
            copy = original._replace(address=prefix + original.address.partition("?")[0])
            for path, copied_path in zip(original.paths(slugs), copy.paths(slugs), strict=True):
                status, headers, body = fetch(original.server, path, original.headers)
                if column == BARE_BRIEF:
                    headers = {name: headers[name] for name in headers.keys() & BRIEF_HEADERS}
                responses[copied_path] = status, headers, body.decode("latin-1")
            copies[workload, column] = copy
    return responses, copies
