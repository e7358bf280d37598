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
from benchmarks.serving import UVICORN, Server, publish, running, serving
from benchmarks.workloads import (
    ADDRESSES,
    BARE_BOUNDED,
    BARE_THREE,
    BARES,
    DATASETTE,
    HELD,
    JSON_SERVER,
    MADE,
    NAIVE,
    NAIVE_BRIEF,
    SECTION,
    WORKLOADS,
    Workload,
)

THREE_FIELDS = {"content-type", "content-length"}  # and the date
# The service's own options, but for the class of its connections, which bounds what a client may do.
BARE_SERVER = [*UVICORN, "benchmarks.bare:app", "--no-server-header", "--no-proxy-headers", "--ws", "none"]
BOUNDED_SERVER = [sys.executable, "-m", "benchmarks.bare"]
NAIVE_SERVER = [*UVICORN, "benchmarks.naive.main:app"]


class Scenario(NamedTuple):
    """A server, an address whose braces stand for a word, and request headers."""

    server: Server
    address: str
    fields: dict[str, str]

    def paths(self, words: Sequence[str]) -> list[str]:
        """Return the address with each word."""
        return [self.address.format(word) for word in words]


Scenarios = dict[tuple[Workload, str], Scenario]


class Response(NamedTuple):
    """A response as sent, without its `date` header."""

    status: int
    fields: dict[str, str]
    body: bytes


def ask(server: Server, path: str, fields: Mapping[str, str]) -> Response:
    """Send one request."""
    connection = HTTPConnection(server.address.removeprefix("http://"), timeout=30)
    connection.putrequest("GET", path, skip_accept_encoding=True)
    for field in fields.items():
        connection.putheader(*field)
    connection.endheaders()
    answer = connection.getresponse()
    sent = {name.lower(): value for name, value in answer.getheaders() if name.lower() != "date"}
    body = answer.read()
    connection.close()
    return Response(answer.status, sent, body)


@contextmanager
def serving_all(folder: Path) -> Iterator[tuple[Scenarios, list[str], list[str]]]:
    """Start all servers; yield the scenarios, section slugs and passage texts."""
    with ExitStack() as servers:
        start = servers.enter_context
        store = publish(ROOT / "seeds", folder / "store.db")
        held = start(serving(store))
        sections = json.loads(ask(held, ADDRESSES[HELD].sections, {}).body)["items"]
        slugs = [section["slug"] for section in sections]

        file, tables = folder / "sections.json", folder / "guide.db"
        file.write_text(json.dumps({"sections": sections}), encoding="utf-8")
        texts = datasette.write_passages(store, tables)
        datasette.write_sections(sections, tables)
        naive = start(running(*NAIVE_SERVER, DATABASE=str(folder / "naive.db"), SECTIONS=str(file)))
        cells = _cells(
            {
                HELD: held,
                MADE: start(serving(store, TREATY_GUIDE_CACHE_BYTES="0")),
                NAIVE: naive,
                NAIVE_BRIEF: naive,
                DATASETTE: start(datasette.serving(tables, *datasette.WITHOUT_FACETS)),
                JSON_SERVER: start(json_server.serving(file)),
            }
        )

        answers, copies = _bare_responses(cells, slugs)
        (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
        file_of_answers = str(folder / "answers.json")
        bare = start(running(*BARE_SERVER, ANSWERS=file_of_answers))
        bounded = start(running(*BOUNDED_SERVER, ANSWERS=file_of_answers))
        cells |= {
            name: cell._replace(server=bounded if name[1] == BARE_BOUNDED else bare) for name, cell in copies.items()
        }
        yield cells, slugs, texts


def _cells(servers: Mapping[str, Server]) -> Scenarios:
    cells = {}
    for workload in WORKLOADS:
        for column in servers.keys() & workload.columns:
            server, address = servers[column], getattr(ADDRESSES[column], workload.address)
            if (fields := _fields(server, address.format(SECTION), workload)) is not None:
                cells[workload, column] = Scenario(server, address, fields)
    return cells


def _fields(server: Server, path: str, workload: Workload) -> dict[str, str] | None:
    """Return the headers to send, or None if the server lacks the feature, such as gzip."""
    fields = {"Accept-Encoding": workload.coding} if workload.coding else {}
    if workload.is_held:
        fields["If-None-Match"] = ask(server, path, {}).fields.get("etag", "")
    answer = ask(server, path, fields)
    asked_for = (304 if workload.is_held else 200, workload.coding)
    return fields if (answer.status, answer.fields.get("content-encoding")) == asked_for else None


def _bare_responses(
    cells: Scenarios, slugs: Sequence[str]
) -> tuple[dict[str, tuple[int, dict[str, str], str]], Scenarios]:
    """Return the service's responses by path, for the bare function, and their scenarios."""
    answers: dict[str, tuple[int, dict[str, str], str]] = {}
    copies: Scenarios = {}
    for number, workload in enumerate(WORKLOADS):
        for column in {*BARES} & {*workload.columns}:
            cell = cells[workload, HELD]
            copy = cell._replace(
                address=f"/{number}{'/3' if column == BARE_THREE else ''}{cell.address.partition('?')[0]}"
            )
            for own, path in zip(cell.paths(slugs), copy.paths(slugs), strict=True):
                status, fields, body = ask(cell.server, own, cell.fields)
                kept = {name: fields[name] for name in fields if column != BARE_THREE or name in THREE_FIELDS}
                answers[path] = status, kept, body.decode("latin-1")
            copies[workload, column] = copy
    return answers, copies
