"""Crawl the API from its first address."""

import re
from collections.abc import Iterator
from typing import Any

import httpx


def strings(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield every string in a JSON value with the name of its field."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, name)
    elif isinstance(value, str):
        yield name, value


def crawl(client: httpx.Client, *more: str) -> dict[str, httpx.Response]:
    """Follow every link in bodies and headers; return the responses by address.

    The crawl begins at `/` and at `more` addresses. It does not expand URI templates, and does not follow links to
    other formats.
    """
    responses: dict[str, httpx.Response] = {}
    queue = ["/", *more]
    while queue:
        address = queue.pop().partition("#")[0]
        if address in responses:
            continue
        response = responses[address] = client.get(address)
        if response.headers["content-type"] == "application/json" and address != "/openapi.json":
            queue += (text for _, text in strings(response.json()) if re.match(r"/[a-z0-9][^{]*$|/$", text))
        elif response.headers["content-type"].startswith("application/ld+json"):  # whose other links name a revision
            queue += (text for name, text in strings(response.json()) if name == "id")
        queue += [link["url"] for link in response.links.values() if link["rel"] != "alternate"]
    return responses
