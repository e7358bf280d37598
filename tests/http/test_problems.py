"""Problem responses, as in lines 19 and 20 of the contract."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app.errors import QueryTooExpensive
from app.http.pipeline import ResponsePipeline
from app.http.problem_types import ProblemType
from app.main import create_app
from app.settings import Settings
from tests.http.addresses import PROBLEMS
from tests.http.responses import problem
from tests.raw import connect, exchange, receive_all, receive_response, statuses
from tests.service import GUIDE, SAMPLE, seed, serving, serving_app, url_of

PUBLIC_URL = "https://treaties.example/api"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server with the sample guides and a public URL."""
    store = tmp_path_factory.mktemp("public") / "store.db"
    seed(store, SAMPLE)
    with serving(store, public_url=PUBLIC_URL) as client:
        yield client


@contextmanager
def serving_route_that_raises(error: Exception, store: Path) -> Iterator[httpx.Client]:
    """Serve the sample guides and, at `/raises`, a route that raises an error."""
    seed(store, SAMPLE)
    app = create_app(Settings(database_url=url_of(store), access_log=False))
    assert isinstance(app, ResponsePipeline)
    assert isinstance(app.app, FastAPI)

    @app.app.get("/raises")
    def raise_error() -> None:
        raise error

    with serving_app(app) as client:
        yield client


def test_an_unknown_section_names_its_nearest_neighbours(client: httpx.Client) -> None:
    found = problem(client.get(f"/v1/guides/{GUIDE}/sections/histroy"))
    assert (found.status, found.did_you_mean) == (404, ["history", "introduction"])


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("/v1/guides/us-japan-treaty", GUIDE),
        (f"/v1/guides/{GUIDE}/passages/history.9", "history.1"),
        ("/v1/topics/economy", "economy-and-trade"),
        ("/v1/topics/economy/sections", "economy-and-trade"),
        ("/problems/not-fund", "not-found"),
    ],
)
def test_an_unknown_name_is_a_404_with_the_nearest_ones(client: httpx.Client, address: str, nearest: str) -> None:
    found = problem(client.get(address))
    assert found.status == 404
    assert nearest in (found.did_you_mean or [])


def test_an_unknown_revision_is_a_422_with_the_nearest_ones(client: httpx.Client) -> None:
    revision = client.get(f"/v1/guides/{GUIDE}").json()["revision"]
    other = revision[:-1] + ("0" if revision[-1] != "0" else "1")
    found = problem(client.get(f"/v1/guides/{GUIDE}/sections/history", params={"revision": other}))
    assert (found.status, found.did_you_mean) == (422, [revision])


@pytest.mark.parametrize(
    "address",
    [
        "/nope",
        "/v1",
        "/v1/guides/US-JAPAN-SECURITY-TREATY",
        f"/v1/guides/{GUIDE}/sections/History",
        f"/v1/guides/{GUIDE}/sections/--",
        f"/v1/guides/{GUIDE}/sections/{'a' * 101}",
        f"/v1/guides/{GUIDE}/passages/history.0",
        f"/v1/guides/{GUIDE}/passages/history.01",
        f"/v1/guides/{GUIDE}/passages/history.99999999999999999999",
        f"/v1/guides/{GUIDE}/sections/%00",
        f"/v1/guides/{GUIDE}/sections/%ff",
        f"/v1/guides/{GUIDE}/sections/histor%79%CC%81",
        f"/v1/guides/{GUIDE}/sections/..%2f..%2fetc",
        "/docs/assets/nope.js",
        "/docs/assets/../../main.py",
        "/redoc",
    ],
)
def test_an_unknown_address_is_a_404(client: httpx.Client, address: str) -> None:
    assert problem(client.get(address)).status == 404


@pytest.mark.parametrize("address", ["/v1/guides/", f"/v1/guides/{GUIDE}/sections/history/", "/v1/topics//"])
def test_line_3_a_trailing_slash_is_a_404_that_names_the_right_address(client: httpx.Client, address: str) -> None:
    found = problem(client.get(address, headers={"Host": "evil.example"}))
    assert (found.status, found.did_you_mean) == (404, [address.rstrip("/")])


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("limit=x", "limit"),
        ("limit=", "limit"),
        ("limit=1&limit=2", "limit"),
        ("lmit=1", "lmit"),
        ("topic=A", "topic"),
        ("revision=0123", "revision"),
        ("revision=0123456789AB", "revision"),
        ("cursor=%00", "cursor"),
        ("%00=1", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_line_5_an_invalid_parameter_is_a_422_that_names_it(client: httpx.Client, query: str, parameter: str) -> None:
    found = problem(client.get(f"/v1/guides/{GUIDE}/sections?{query}"))
    assert found.status == 422
    assert found.errors is not None
    assert found.errors[0].parameter == parameter


def test_line_5_a_value_out_of_range_names_the_limit(client: httpx.Client) -> None:
    assert "100" in problem(client.get("/v1/topics?limit=101")).detail


@pytest.mark.parametrize(
    ("head", "path"),
    [
        (b"GET /v1/nope?a=b HTTP/1.1\r\nHost: a", "/v1/nope"),
        (b"GET /v1/terms/%e6%9d%a1%ZZ%20 HTTP/1.1\r\nHost: a", "/v1/terms/%e6%9d%a1%25ZZ%20"),
        (b'GET /v1/"<{nope}> HTTP/1.1\r\nHost: a', "/v1/%22%3C%7Bnope%7D%3E"),
        (b"GET //evil.example/nope HTTP/1.1\r\nHost: a", "/evil.example/nope"),
        (b"GET http://evil.example/nope HTTP/1.1\r\nHost: a", "/nope"),
        (b"POST /v1/guides HTTP/1.1\r\nHost: a", "/v1/guides"),
        (b"BREW /v1/guides HTTP/1.1\r\nHost: a", "/v1/guides"),
        (b"GET /v1/guides HTTP/1.1", "/v1/guides"),
        (b"GET /v1/guides?a=b HTTP/3.0\r\nHost: a", "/v1/guides"),
        (b"GET /v1/guides HTTP/1.1\r\nHost: a\r\nBad Header: a", "/v1/guides"),
        (b"GET /v1/guides HTTP/1.1\r\nHost: a" + b"\r\nX-A: 1" * 100, "/v1/guides"),
        (b"GET /v1/guides HTTP/1.1\r\nHost: a\r\nX-A: " + b"a" * 70_000, "/v1/guides"),
        (b"GET /v1/guides/" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: a", f"/v1/guides/{'a' * 109}%E2%80%A6"),
        (b"nonsense", "/"),
    ],
)
def test_instance_is_the_percent_encoded_url_of_the_request(public: httpx.Client, head: bytes, path: str) -> None:
    response = exchange(public, head + b"\r\nConnection: close\r\n\r\n")
    body = json.loads(response.partition(b"\r\n\r\n")[2])
    assert body["instance"] == PUBLIC_URL + path


def test_instance_never_names_the_request_before(public: httpx.Client) -> None:
    with connect(public) as connection:
        connection.sendall(b"GET /v1/guides HTTP/1.1\r\nHost: a\r\n\r\n")
        assert statuses(receive_response(connection)) == [200]
        connection.sendall(b"\r\n" * 40)
        assert f'"instance":"{PUBLIC_URL}/"'.encode() in receive_all(connection)


def test_every_type_of_problem_has_a_page_that_explains_it(client: httpx.Client) -> None:
    for kind in ProblemType:
        response = client.get(f"/problems/{kind.slug}")
        assert response.status_code == 200
        assert kind.title in response.text


@pytest.mark.parametrize("address", [*PROBLEMS, "/v1/guides?%00=1"])
def test_line_19_a_problem_has_the_headers_of_any_other_response(client: httpx.Client, address: str) -> None:
    response, found = client.get(address), client.get("/v1/guides")
    assert response.headers["content-type"] == "application/problem+json"
    shared = {name for name in found.headers if name.startswith(("x-", "access-", "content-security", "ref", "perm"))}
    assert len(shared) == 5
    assert shared <= response.headers.keys()


@pytest.mark.parametrize(
    "request_line",
    [
        b"\x00\x01\x02",
        b"GET /\x7f HTTP/1.1",
        b"nonsense",
        b"GET / HTTP/1.1\r\nBad Header: a",
        b"GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
        b"POST http://a HTTP/1.1",
    ],
)
def test_line_19_a_request_that_is_not_http_is_a_problem_too(client: httpx.Client, request_line: bytes) -> None:
    response = exchange(client, request_line + b"\r\nX-Request-ID: find-me\r\n\r\n")
    assert statuses(response) == [400]
    for expected in (b"application/problem+json", b"no-store", b"x-request-id", b"content-security-policy", b"nosniff"):
        assert expected in response


def test_line_19_headers_that_are_too_large_are_a_problem_too(client: httpx.Client) -> None:
    for headers in (b"X-A: " + b"a" * 40_000, b"\r\n".join(b"X-%d: %d" % (n, n) for n in range(5_000))):
        response = exchange(client, b"GET / HTTP/1.1\r\nHost: a\r\n" + headers + b"\r\n\r\n")
        assert statuses(response) == [431]
        assert b"application/problem+json" in response


def test_line_19_and_20_an_unexpected_fault_is_a_problem_without_its_cause(
    store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with serving_route_that_raises(ZeroDivisionError("a secret"), store) as client:
        response = client.get("/raises", headers={"X-Request-ID": "find-me", "Authorization": "Bearer private"})
    assert problem(response).status == 500
    assert "ZeroDivisionError" not in response.text
    assert "secret" not in response.text
    assert response.headers["x-request-id"] == "find-me"
    log = capfd.readouterr().err
    assert "find-me" in log
    assert "ZeroDivisionError" in log
    assert "private" not in log


def test_a_query_that_is_too_expensive_is_a_503_that_says_how_to_narrow_it(store: Path) -> None:
    with serving_route_that_raises(QueryTooExpensive("Use longer prefixes."), store) as client:
        response = client.get("/raises")
    found = problem(response)
    assert (found.status, found.type, found.detail) == (503, "/problems/query-too-expensive", "Use longer prefixes.")
    assert "retry-after" not in response.headers  # the same query would take as long again


@pytest.mark.parametrize(
    ("address", "limit"),
    [
        (f"/v1/topics/{'a' * 4000}", 1_000),
        (f"/{'a' * 4000}", 1_000),
        (f"/v1/topics?{'a' * 4000}=1", 1_000),
        (
            f"/v1/guides?{'&'.join(f'{a}{b}' for a in 'abcdefghijklmnopqrstuvwxyz' for b in 'abcdefghijklmnopqrst')}",
            3_000,
        ),
        (f"/v1/events?{'&'.join(letter * 115 for letter in 'abcdefghijklmnopqrstuvwxyz')}", 3_000),
        (f"/v1/guides/{'a' * 8_000}/", 3_000),
    ],
)
def test_line_20_no_problem_echoes_the_input_at_length(client: httpx.Client, address: str, limit: int) -> None:
    response = client.get(address)
    assert response.status_code in {404, 422}
    assert len(response.content) < limit


def test_line_20_no_problem_shows_the_inside_of_the_service(client: httpx.Client) -> None:
    for address in (*PROBLEMS, "/v1/topics/'; DROP TABLE revision; --", "/docs/assets/nope.js"):
        text = client.get(address).text
        assert not re.search(r"Traceback|SELECT|sqlite|\.py|/tmp/|site-packages", text)
        assert len(text) < 1_500
