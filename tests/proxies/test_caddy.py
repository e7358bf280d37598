from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.proxies.conftest import Service

SECTION = "/v1/guides/us-japan-security-treaty/sections/history"


def test_formats_and_encodings_pass(caddy: httpx.Client) -> None:
    bibtex = caddy.get(f"{SECTION}/citation", headers={"Accept": "application/x-bibtex"})
    assert bibtex.headers["Content-Type"].startswith("application/x-bibtex")
    for encoding in ["zstd", "br", "gzip"]:
        assert caddy.get(SECTION, headers={"Accept-Encoding": encoding}).headers["Content-Encoding"] == encoding
    assert "Content-Encoding" not in caddy.get(SECTION, headers={"Accept-Encoding": "identity"}).headers


def test_a_request_waits_while_the_service_restarts(caddy: httpx.Client, service: Service) -> None:
    service.stop()
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(caddy.get, SECTION)
        service.start()
        assert waiting.result().status_code == 200


def test_headers_over_the_limit_do_not_reach_the_service(caddy: httpx.Client) -> None:
    refused = caddy.get(SECTION, headers={"X-Long": "a" * 100_000})
    assert refused.status_code == 431
    assert "X-Request-ID" not in refused.headers
