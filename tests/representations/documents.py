"""Fetch the documents of a service as Markdown and plain text."""

from collections.abc import Mapping
from typing import Any

import httpx


def documents(
    client: httpx.Client, responses: Mapping[str, httpx.Response], format_: str
) -> dict[str, tuple[Any, str]]:
    """Return the JSON and the document of every crawled address that has the format."""
    return {
        address: (response.json(), in_format(client, address, format_))
        for address, response in responses.items()
        if response.headers["content-type"] == "application/json" and 'type="text/markdown"' in response.headers["link"]
    }


def in_format(client: httpx.Client, address: str, format_: str) -> str:
    """Return the document of an address."""
    response = client.get(httpx.URL(address).copy_set_param("format", format_))
    assert response.status_code == 200, address
    assert response.text.strip(), address
    return response.text
