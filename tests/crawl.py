"""The API crawled from its first address."""

import re
from collections.abc import Iterator
from typing import Any

import httpx


def fields(body: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a body with the name of its field."""
    if isinstance(body, dict):
        for inner, value in body.items():
            yield from fields(value, inner)
    elif isinstance(body, list):
        for value in body:
            yield from fields(value, name)
    elif isinstance(body, str):
        yield name, body


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
            waiting += (text for _, text in fields(answer.json()) if re.match(r"/[a-z0-9]|/$", text))
        waiting += [link["url"] for link in answer.links.values()]
    return answers
