"""Fetch whole lists."""

from typing import Any

import httpx


def all_items(client: httpx.Client, address: str | None) -> list[Any]:
    """Fetch all items of a list, page by page."""
    items = []
    while address:
        page = client.get(address).raise_for_status().json()
        items += page["items"]
        address = page["next"]
    return items


def slugs(client: httpx.Client, address: str) -> list[str]:
    """Fetch the slugs of all items of a list."""
    return [item["slug"] for item in all_items(client, address)]
