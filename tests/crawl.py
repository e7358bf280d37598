"""The API crawled from its first address."""

import re
from collections.abc import Iterator
from typing import Any

import httpx


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


def crawl(client: httpx.Client, *more: str) -> dict[str, httpx.Response]:
    """The answer of each address that links in bodies and headers lead to from `/`, and from `more` beginnings."""
    answers: dict[str, httpx.Response] = {}
    waiting = ["/", *more]
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address in answers:
            continue
        answer = answers[address] = client.get(address)
        if answer.headers["content-type"] == "application/json" and address != "/openapi.json":
            waiting += links(answer.json())
        waiting += [link["url"] for link in answer.links.values()]
    return answers
