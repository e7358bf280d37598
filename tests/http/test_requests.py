"""Methods, addresses and parameters: lines 1 to 7 of the contract."""

import httpx
import pytest

from app.limits import MAX_PARSED_BYTES, MAX_PARSED_ITEMS, MAX_URL_BYTES
from app.main import RESOURCES
from app.mcp.route import router as mcp_router
from app.routers.checked_route import CheckedRoute
from tests.http.addresses import CONTENT, HEALTH, OTHERS, PROBLEMS, SECTION
from tests.http.responses import get, problem, stable_headers
from tests.raw import connect, exchange, receive_all, statuses
from tests.service import GUIDE


@pytest.mark.parametrize("address", [*CONTENT, *OTHERS, *HEALTH, *PROBLEMS])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_line_1_head_returns_exactly_the_headers_of_get_without_a_body(
    client: httpx.Client, address: str, coding: str
) -> None:
    head, full = client.head(address, headers={"Accept-Encoding": coding}), get(client, address, coding)
    assert (head.status_code, head.content) == (full.status_code, b"")
    assert stable_headers(head) == stable_headers(full)


@pytest.mark.parametrize("rest", [b"/\xff", b"/" + b"a" * 100_000, b"/ HTTP/1.1\r\nX-A: " + b"a" * 100_000])
def test_line_1_head_has_no_body_where_the_server_rejects_the_request_unread(client: httpx.Client, rest: bytes) -> None:
    response = exchange(client, b"HEAD " + rest + b" HTTP/1.1\r\n\r\n")
    assert response.endswith(b"\r\n\r\n")
    assert b"application/problem+json" in response


@pytest.mark.parametrize("address", [*CONTENT, *OTHERS, *HEALTH])
def test_line_1_options_returns_the_allowed_methods(client: httpx.Client, address: str) -> None:
    response = client.options(address)
    assert (response.status_code, response.headers["allow"], response.content) == (204, "GET, HEAD, OPTIONS", b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_line_2_another_method_is_a_405_with_the_allowed_ones(client: httpx.Client, method: str) -> None:
    for address in (SECTION, "/", "/v1/guides", "/nope"):
        response = client.request(method, address, content=b"x" * 100_000 if method == "POST" else None)
        assert response.status_code == (404 if address == "/nope" else 405)
        assert response.headers["content-type"] == "application/problem+json"
        assert address == "/nope" or response.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", [b"BREW", b"get", b"X-1"])
def test_line_2_an_unknown_method_is_a_405_too(client: httpx.Client, method: bytes) -> None:
    response = exchange(client, method + b" /v1/guides HTTP/1.1\r\nHost: a\r\n\r\n")
    assert statuses(response) == [405]
    assert b"allow: GET, HEAD, OPTIONS" in response
    with connect(client) as connection:
        connection.sendall(b"HEAD /v1/guides HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.recv(65_536)
        connection.sendall(method + b" /v1/guides HTTP/1.1\r\nHost: a\r\n\r\n")
        assert receive_all(connection).endswith(b"}")


def test_line_3_nothing_in_a_response_comes_from_the_host_header(client: httpx.Client) -> None:
    for address in (*CONTENT, "/v1/guides/", "/docs/"):
        response = client.get(address, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert response.status_code in {200, 404}
        assert "evil" not in response.text + str(response.headers)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_line_3_a_trailing_slash_is_a_404_whatever_the_method(client: httpx.Client, method: str) -> None:
    response = client.request(method, f"{SECTION}/")
    assert response.status_code == 404
    assert method == "HEAD" or response.json()["did_you_mean"] == [SECTION]


def test_line_3_and_5_apply_to_the_files_of_the_docs(client: httpx.Client) -> None:
    asset = "/docs/assets/initializer.js"
    assert client.get(asset).headers["content-type"] == "text/javascript; charset=utf-8"
    for address, status in {f"{asset}?x=1": 422, f"{asset}/": 404, "/docs/assets//initializer.js": 404}.items():
        assert client.get(address).status_code == status
    request = b"GET /docs/assets/x/../initializer.js HTTP/1.1\r\nHost: a\r\n\r\n"
    assert statuses(exchange(client, request, close=True)) == [404]


@pytest.mark.parametrize("spelling", ["History", "HISTORY", "history%20", "history-", "hist%C3%B6ry", "history."])
def test_line_4_another_spelling_of_a_slug_is_a_404(client: httpx.Client, spelling: str) -> None:
    assert client.get(f"/v1/guides/{GUIDE}/sections/{spelling}").status_code == 404


@pytest.mark.parametrize(
    "address", ["/v1%2Fguides", f"/v1/guides%2f{GUIDE}", "/v1/%67uides", "/v1/guides/us%2Djapan-security-treaty"]
)
def test_line_4_a_percent_encoded_spelling_is_a_404(client: httpx.Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_line_5_an_unknown_parameter_or_a_value_out_of_range_is_named(client: httpx.Client) -> None:
    for query, name in (("lmit=1", "lmit"), ("limit=101", "100")):
        response = client.get(f"/v1/topics?{query}")
        assert (response.status_code, name in response.json()["detail"]) == (422, True)


def test_line_5_every_route_rejects_unknown_parameters() -> None:
    routers = [*(resource.router for resource in RESOURCES), mcp_router]
    assert all(isinstance(route, CheckedRoute) for router in routers for route in router.routes)


def test_line_5_the_openapi_document_has_no_parameters_and_is_never_immutable(client: httpx.Client) -> None:
    assert client.get("/openapi.json?revision=0123456789ab").status_code == 422
    assert "immutable" not in client.get("/openapi.json").headers["cache-control"]


@pytest.mark.parametrize("number", ["05", "+5", "5.0", "1_0", "%205", "5%0a", "%D9%A5", "0x5", "9" * 5_000])
def test_line_5_a_number_has_ascii_digits_only(client: httpx.Client, number: str) -> None:
    for path, maximum in (("/v1/topics?", "100"), ("/v1/suggestions?q=tr&", "20")):
        response = client.get(f"{path}limit={number}")
        assert (response.status_code, f"1 to {maximum} " in response.json()["detail"]) == (422, True)


@pytest.mark.parametrize("address", ["/" + "a" * MAX_URL_BYTES, "/v1/topics?limit=" + "1" * MAX_URL_BYTES])
def test_line_6_a_url_over_8_kib_is_a_414(client: httpx.Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.json()["type"]) == (414, "/problems/uri-too-long")
    assert len(response.content) < 1_000
    assert client.get(address[: MAX_URL_BYTES - 20]).status_code in {404, 422}


@pytest.mark.parametrize(
    ("address", "limit"), [("/v1/search?q=", 200), ("/v1/suggestions?q=", 200), ("/v1/quotations?text=", 2000)]
)
def test_line_6_a_text_over_its_limit_is_a_422_that_names_the_limit(
    client: httpx.Client, address: str, limit: int
) -> None:
    assert client.get(address + "a" * limit).status_code == 200
    response = client.get(address + "a" * (limit + 1))
    assert (response.status_code, str(limit) in response.json()["detail"]) == (422, True)


@pytest.mark.parametrize(
    "target",
    [
        b"/v1/guides/%00",
        b"/v1/guides/%",
        b"/v1/guides/%zz",
        b"/v1/guides/%ff%fe",
        b"/v1/guides/%ed%a0%80",
        b"/v1/guides/e%CC%81",
        b"/v1/guides/\xff\xfe",
        b"/v1/guides?limit=18446744073709551616",
        b"/v1/guides?limit=%00",
        b"/v1/guides?limit=%",
        b"/v1/guides?%ed%a0%80=1",
        b"/v1/guides?limit=\xe9",
        b"/v1/guides/a\x00b",
        b"//",
        b"//evil.example/v1",
        b"/../../etc/passwd",
        b"http://evil.example/v1/guides",
        b"*",
        b"nope",
    ],
)
@pytest.mark.parametrize("method", [b"GET", b"OPTIONS", b"CONNECT"])
def test_line_7_a_malformed_address_is_never_a_5xx(client: httpx.Client, method: bytes, target: bytes) -> None:
    (status,) = statuses(exchange(client, method + b" " + target + b" HTTP/1.1\r\nHost: a\r\n\r\n", close=True))
    assert 200 <= status < 500


@pytest.mark.parametrize(
    ("header", "item"),
    [
        ("Accept", "*/*"),
        ("Accept-Encoding", "gzip"),
        ("If-None-Match", '"a"'),
        ("Access-Control-Request-Headers", "x-a"),
    ],
)
def test_line_6_a_header_that_is_parsed_has_a_limited_length_and_number_of_items(
    client: httpx.Client, header: str, item: str
) -> None:
    for address in (
        "/v1/topics",
        "/v1/topics",
        "/nope",
        "/" + "a" * MAX_URL_BYTES,
    ):  # rendered, cached, unknown, too long
        found = client.get(address).status_code
        many = [item] * MAX_PARSED_ITEMS
        longest = item + "," + " " * (MAX_PARSED_BYTES - 2 * len(item) - 1) + item
        assert client.get(address, headers={header: ",".join(many)}).status_code == found
        assert client.get(address, headers={header: longest}).status_code == found
        for value in (",".join([*many, item]), longest + "x", ",".join(many * 50), "," * MAX_PARSED_ITEMS):
            response = client.get(address, headers={header: value})
            assert problem(response).status == (414 if found == 414 else 431)
            assert found == 414 or header in problem(response).detail


def test_line_6_a_host_has_a_limited_length(client: httpx.Client) -> None:
    assert client.get("/", headers={"Host": "a" * MAX_PARSED_BYTES}).status_code == 200
    assert problem(client.get("/", headers={"Host": "a" * (MAX_PARSED_BYTES + 1)})).status == 431
