"""The introduction of the OpenAPI document."""

import re
from typing import Any

import httpx

from app.routers.introduction import ANYWHERE
from app.settings import DEFAULT_LOCAL_URL
from tests.routers.openapi_document import operations


def test_statuses_and_headers_of_any_address_are_described_in_the_introduction(document: dict[str, Any]) -> None:
    text = document["info"]["description"]
    assert all(re.search(f"^- {status} ", text, re.MULTILINE) for status in ANYWHERE)
    assert "`If-None-Match`" in text
    assert "`X-Request-ID`" in text
    for _, operation in operations(document):
        assert all(parameter["in"] != "header" for parameter in operation.get("parameters", []))


def test_the_example_and_the_links_of_the_introduction_work(client: httpx.Client, document: dict[str, Any]) -> None:
    text = document["info"]["description"]
    (example,) = re.findall(rf"^curl '{DEFAULT_LOCAL_URL}(.+)'$", text, re.MULTILINE)
    links = [url for url in re.findall(r"\]\((.*?)\)", text) if not url.startswith("https://spdx.org/")]
    assert len(links) > 10
    for url in (example, *links):
        if url.startswith("/"):
            assert client.get(url).status_code == 200, url


def test_the_introduction_states_the_licences(document: dict[str, Any]) -> None:
    text = document["info"]["description"].partition("### Licences")[2]
    assert all(licence in text for licence in ("MIT", "`licence`", "CC0-1.0"))
