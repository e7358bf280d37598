"""Every link in every body answers: the API is crawled from its first address."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest


def links(body: Any) -> Iterator[str]:
    """The addresses of this service in a JSON body: strings that begin as a path, other than paths of a problem."""
    if isinstance(body, dict):
        body = body.values()
    elif isinstance(body, str):
        if re.match(r"/[a-z0-9]|/$", body):
            yield body
        return
    elif not isinstance(body, list):
        return
    for value in body:
        yield from links(value)


def crawl(client: httpx.Client) -> dict[str, int]:
    """Each address that can be reached from `/`, with its status; one page of each list is as good as another."""
    statuses: dict[str, int] = {}
    waiting = ["/"]
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address in statuses:
            continue
        answer = client.get(address)
        statuses[address] = answer.status_code
        if answer.headers["content-type"] == "application/json" and address != "/openapi.json":
            waiting += links(answer.json())
        waiting += [link["url"] for link in answer.links.values()]
    return statuses


@pytest.mark.parametrize("fixture", ["client", "sample"])
def test_every_link_in_every_body_answers(request: pytest.FixtureRequest, fixture: str) -> None:
    statuses = crawl(request.getfixturevalue(fixture))
    assert {address: status for address, status in statuses.items() if status != 200} == {}
    if fixture == "client":
        assert len(statuses) > 300
        for kind, count in {
            "corrections/": 44,
            "instruments/[^/]*$": 33,
            "articles/": 17,
            "events/": 40,
            "terms/": 30,
        }.items():
            assert sum(bool(re.search(f"/{kind}", address)) for address in statuses) == count
        assert sum(bool(re.search("/sources/", address)) for address in statuses) == 86
