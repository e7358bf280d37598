from collections.abc import Iterator

import httpx
import pytest

from tests.proxies.conftest import NAME, Service

SECTION = "/v1/guides/us-japan-security-treaty/sections/history"
CITATION = f"{SECTION}/citation"


@pytest.fixture
def other_client(nginx: httpx.Client) -> Iterator[httpx.Client]:
    """A client with another address."""
    transport = httpx.HTTPTransport(verify=False, local_address="127.0.0.2")
    with httpx.Client(base_url=nginx.base_url, transport=transport, headers={"Host": NAME}) as client:
        yield client


def test_the_cache_keeps_the_formats_of_an_address_apart(nginx: httpx.Client, service: Service) -> None:
    accepted = ["application/x-bibtex", "application/x-research-info-systems", "text/plain", "*/*"]
    fetched = {accept: nginx.get(CITATION, headers={"Accept": accept}) for accept in accepted}
    assert len({response.headers["Content-Type"] for response in fetched.values()}) == 4
    service.stop()  # from here on, only the cache can respond
    for accept, response in fetched.items():
        cached = nginx.get(CITATION, headers={"Accept": accept})
        assert (cached.headers["Content-Type"], cached.text) == (response.headers["Content-Type"], response.text)
    assert nginx.get(CITATION, headers={"Accept": "application/json"}).status_code == 502
    service.start()
    assert nginx.get(CITATION, headers={"Accept": "image/png"}).status_code == 406


def test_the_cache_keeps_encodings_apart_and_shares_them(nginx: httpx.Client, service: Service) -> None:
    chosen = {"zstd": "zstd", "gzip, deflate, br": "br", "gzip": "gzip", "identity": None}
    for accept, encoding in chosen.items():
        assert nginx.get(SECTION, headers={"Accept-Encoding": accept}).headers.get("Content-Encoding") == encoding
    service.stop()
    for accept, encoding in (chosen | {"gzip, deflate, br, zstd": "zstd", "deflate, gzip": "gzip"}).items():
        cached = nginx.get(SECTION, headers={"Accept-Encoding": accept})
        assert (cached.status_code, cached.headers.get("Content-Encoding")) == (200, encoding)
        assert cached.json()["slug"] == "history"
    service.start()
    refused = nginx.get(SECTION, headers={"Accept-Encoding": "gzip;q=0, br;q=1"})
    assert refused.headers["Content-Encoding"] == "br"


def test_the_key_of_the_cache_has_what_vary_names(nginx: httpx.Client) -> None:
    for address in [SECTION, CITATION, "/docs", "/openapi.json", "/v1/nothing"]:
        named = nginx.get(address).headers["Vary"].split(", ")
        assert set(named) <= {"Accept", "Accept-Encoding"}


def test_a_cached_response_is_revalidated_and_has_an_id_of_its_own(nginx: httpx.Client) -> None:
    first, second = nginx.get(SECTION), nginx.get(SECTION)
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]
    assert nginx.get(SECTION, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_health_is_not_cached(nginx: httpx.Client, service: Service) -> None:
    assert nginx.get("/health/ready").status_code == 200
    service.stop()
    assert nginx.get("/health/ready").status_code == 502
    service.start()


def test_an_address_over_its_rate_gets_429_and_others_do_not(nginx: httpx.Client, other_client: httpx.Client) -> None:
    responses = [nginx.get(SECTION) for _ in range(300)]
    assert {response.status_code for response in responses} == {200, 429}
    refused = next(response for response in responses if response.status_code == 429)
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert refused.json()["status"] == 429
    assert other_client.get(SECTION).status_code == 200


def test_the_longest_quotation_passes_and_a_longer_url_does_not(nginx: httpx.Client) -> None:
    assert nginx.get("/v1/quotations", params={"text": "a " * 1_000}).status_code == 200
    assert nginx.get("/v1/quotations?text=" + "a" * 8_192).status_code == 414
