"""Send requests, and read responses."""

import re

import httpx

from app import schemas

CODINGS = ["zstd", "br", "gzip"]


def get(client: httpx.Client, address: str, coding: str = "identity", **headers: str) -> httpx.Response:
    """Send a GET that accepts one content coding; underscores in header names become hyphens."""
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(address, headers={"Accept-Encoding": coding, **more})


def stable_headers(response: httpx.Response) -> dict[str, str]:
    """Return the headers except those that differ for each request."""
    return {name: value for name, value in response.headers.items() if name not in {"date", "x-request-id"}}


def members(response: httpx.Response, name: str) -> set[str]:
    """Return the members of a header that is a comma-separated list, in lower case."""
    return {member.strip().lower() for member in response.headers.get(name, "").split(",")} - {""}


def links(response: httpx.Response) -> dict[str, str]:
    """Return the targets of the `Link` header by relation."""
    return {relation: target for target, relation in re.findall(r'<([^>]*)>; rel="([^"]*)"', response.headers["link"])}


def alternates(response: httpx.Response) -> list[tuple[str, str]]:
    """Return the target and the media type of each alternate in the `Link` header."""
    return re.findall(r'<([^>]*)>; rel="alternate"; type="([^"]*)"', response.headers.get("link", ""))


def problem(response: httpx.Response) -> schemas.Problem:
    """Parse a problem document, after checking what all problem responses have in common."""
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["x-request-id"]
    assert response.headers["content-security-policy"]
    parsed = schemas.Problem.model_validate_json(response.content)
    assert parsed.status == response.status_code
    assert parsed.type.startswith("/problems/")
    return parsed
