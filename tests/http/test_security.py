"""Untrusted content, security headers and CORS: lines 13, 26, 27 and 29 of the contract."""

import hashlib
import re
from pathlib import Path

import httpx
import pytest

from tests.crawl import crawl, strings
from tests.http.addresses import CONTENT, HEALTH, OTHERS, PROBLEMS, SECTION
from tests.http.responses import get, members
from tests.service import SAMPLE, seed, serving

SEARCHES = [
    *(f"/v1/search?q={word}" for word in ("alert", "link", "signing", "nowhere")),
    "/v1/suggestions?q=sig",
    "/v1/quotations?text=%3Cscript%3Ealert(2)",
]


def test_line_13_markup_in_a_guide_is_shown_as_text(store: Path, seeds: Path) -> None:
    for name, mark in (("guide.md", "\\<"), ("source.txt", "<")):  # they contain a script and a link to one already
        path = seeds / "treaty-of-nowhere" / name
        path.write_text(path.read_text().replace("The Signing", f"The {mark}img src=x onerror=alert(1)> Signing"))
    seed(store, seeds)
    with serving(store) as client:
        responses = crawl(client, *SEARCHES)
    assert "<script>" in responses["/v1/guides/treaty-of-nowhere/passages/signing.1"].json()["text"]
    texts = [
        each
        for response in responses.values()
        if re.match(r"application/(ld\+)?json(;|$)", response.headers["content-type"])
        for each in strings(response.json())
    ]
    html = {text for name, text in texts if name.endswith("_html")}
    assert {tag for text in html for tag in re.findall("<[^>]*>?", text)} == {"<mark>", "</mark>"}
    for escaped in ("&lt;img ", "&lt;script&gt;", "](javascript:"):
        assert any(escaped in re.sub("</?mark>", "", text) for text in html), escaped
    assert not [text for name, text in texts if name in {"url", "link"} and not re.match("/|https?://", text)]
    # Only what was asked for as HTML can be taken for it, and scripts come from files only.
    for address, response in responses.items():
        is_html = response.headers["content-type"].partition(";")[0] == "text/html"
        assert is_html == (address == "/docs" or "format=html" in address)
        assert response.headers["x-content-type-options"] == "nosniff"
        policy = response.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert "script-src" not in policy or is_html


@pytest.mark.parametrize("address", [*CONTENT, *OTHERS, *HEALTH, *PROBLEMS])
def test_line_26_and_27_every_response_has_the_security_and_cors_headers(client: httpx.Client, address: str) -> None:
    etag = client.get(address).headers.get("etag", '"none"')
    for response in (client.get(address), client.options(address), get(client, address, "*", if_none_match=etag)):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in response.headers["content-security-policy"]
        is_html = response.status_code == 200 and response.headers["content-type"].startswith("text/html")
        if response.status_code != 304:
            assert ("referrer-policy" in response.headers) == ("permissions-policy" in response.headers) == is_html
        assert response.headers["access-control-allow-origin"] == "*"
        assert members(response, "access-control-expose-headers") == {
            "accept-ranges",
            "content-disposition",
            "content-range",
            "content-revision",
            "etag",
            "link",
            "memento-datetime",
            "retry-after",
            "x-request-id",
        }
        assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize("names", ["if-none-match", "authorization, x-anything"])
def test_line_27_a_preflight_allows_the_requested_headers_and_is_cached(client: httpx.Client, names: str) -> None:
    preflight = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}
    response = client.options(SECTION, headers={**preflight, "Access-Control-Request-Headers": names})
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-allow-headers"] == names
    assert response.headers["vary"] == "Access-Control-Request-Headers"
    assert int(response.headers["access-control-max-age"]) > 0


def test_line_29_serving_does_not_write_the_store(store: Path) -> None:
    seed(store, SAMPLE)
    before = hashlib.sha256(store.read_bytes()).digest()
    with serving(store) as client:
        for address in ("/v1/guides", "/v1/topics", "/v1/guides/nope"):
            client.get(address)
    assert hashlib.sha256(store.read_bytes()).digest() == before
