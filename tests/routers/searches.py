"""Search the service."""

from typing import Any

import httpx


def search(client: httpx.Client, q: str, **filters: str) -> dict[str, Any]:
    results: dict[str, Any] = client.get("/v1/search", params={"q": q, **filters}).raise_for_status().json()
    return results


def found(client: httpx.Client, q: str, kind: str = "section", **filters: str) -> list[str]:
    """The sections that have all the words, or the names of what has them, best first."""
    results = search(client, q, limit="100", kind=kind, **filters)
    assert results["match"] == "all"
    return [item["section"] or item["title"] for item in results["items"]]


def counted(facets: list[dict[str, Any]]) -> dict[str, int]:
    return {facet["slug"]: facet["count"] for facet in facets}
