"""Every answer from 400 up, and the headers that all answers share."""

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app import schemas
from app.http.problem_types import PROBLEM_TYPES
from app.main import create_app
from app.settings import Settings
from tests.service import GUIDE, SAMPLE, publish_into, seed, serving, serving_app, url_of

STANDING = {
    "x-content-type-options": "nosniff",
    "access-control-allow-origin": "*",
}


def problem(answer: httpx.Response) -> schemas.Problem:
    """The problem document of an answer that keeps to the contract of all problems."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert STANDING.items() <= dict(answer.headers).items()
    assert answer.headers["x-request-id"]
    assert answer.headers["content-security-policy"]
    said = schemas.Problem.model_validate_json(answer.content)
    assert said.status == answer.status_code
    assert said.type.startswith("/problems/")
    return said


def test_an_unknown_section_names_its_nearest_neighbours(client: httpx.Client) -> None:
    said = problem(client.get(f"/v1/guides/{GUIDE}/sections/histroy"))
    assert (said.status, said.did_you_mean) == (404, ["history", "introduction"])


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/v1/guides/us-japan-treaty", GUIDE),
        (f"/v1/guides/{GUIDE}/passages/history.9", "history.1"),
        ("/v1/topics/economy", "economy-and-trade"),
        ("/v1/topics/economy/sections", "economy-and-trade"),
        ("/problems/not-fund", "not-found"),
    ],
)
def test_an_unknown_name_is_a_404_with_the_nearest_ones(client: httpx.Client, address: str, near: str) -> None:
    said = problem(client.get(address))
    assert said.status == 404
    assert near in (said.did_you_mean or [])


def test_an_unknown_revision_is_a_422_with_the_nearest_ones(client: httpx.Client) -> None:
    revision = client.get(f"/v1/guides/{GUIDE}").json()["revision"]
    changed = revision[:-1] + ("0" if revision[-1] != "0" else "1")
    said = problem(client.get(f"/v1/guides/{GUIDE}/sections/history", params={"revision": changed}))
    assert (said.status, said.did_you_mean) == (422, [revision])


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
def test_what_is_not_there_is_a_404(client: httpx.Client, address: str) -> None:
    assert problem(client.get(address)).status == 404


@pytest.mark.parametrize("address", ["/v1/guides/", f"/v1/guides/{GUIDE}/sections/history/", "/v1/topics//"])
def test_line_3_a_trailing_slash_is_a_404_that_names_the_right_address(client: httpx.Client, address: str) -> None:
    said = problem(client.get(address, headers={"Host": "evil.example"}))
    assert (said.status, said.did_you_mean) == (404, [address.rstrip("/")])


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
def test_line_5_a_parameter_that_cannot_be_used_is_a_422_that_names_it(
    client: httpx.Client, query: str, parameter: str
) -> None:
    said = problem(client.get(f"/v1/guides/{GUIDE}/sections?{query}"))
    assert said.status == 422
    assert said.errors is not None
    assert said.errors[0].parameter == parameter


def test_line_5_a_bound_is_named_when_it_is_crossed(client: httpx.Client) -> None:
    assert "100" in problem(client.get("/v1/topics?limit=101")).detail


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_line_2_another_method_is_a_405(client: httpx.Client, method: str) -> None:
    answer = client.request(method, "/v1/guides")
    assert problem(answer).status == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_line_20_what_a_client_sent_is_not_said_back_at_length(client: httpx.Client) -> None:
    for address in (f"/v1/topics/{'a' * 4000}", f"/{'a' * 4000}", f"/v1/topics?{'a' * 4000}=1"):
        assert len(client.get(address).content) < 1000


def test_line_19_and_20_an_unexpected_fault_is_a_problem_without_its_cause(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store.db"
    seed(store, SAMPLE)
    app = create_app(Settings(database_url=url_of(store), access_log=False))
    api = app
    while not isinstance(api, FastAPI):  # the routes are inside all the layers
        api = api.app  # type: ignore[attr-defined]

    @api.get("/broken")
    def broken() -> None:
        raise ZeroDivisionError("a secret")

    with serving_app(app) as client:
        answer = client.get("/broken", headers={"X-Request-ID": "find-me", "Authorization": "Bearer private"})
    said = problem(answer)
    assert said.status == 500
    assert "ZeroDivisionError" not in answer.text
    assert "secret" not in answer.text
    assert answer.headers["x-request-id"] == "find-me"
    logged = capfd.readouterr().err
    assert "find-me" in logged
    assert "ZeroDivisionError" in logged
    assert "private" not in logged


def test_every_type_of_problem_has_a_page_that_explains_it(client: httpx.Client) -> None:
    for name, kind in PROBLEM_TYPES.items():
        answer = client.get(f"/problems/{name}")
        assert answer.status_code == 200
        assert kind.title in answer.text


def test_a_missing_store_is_a_503_with_the_reason(store: Path) -> None:
    with serving(store) as client:
        assert client.get("/health/live").status_code == 200
        ready = client.get("/health/ready")
        assert "missing" in problem(ready).detail
        assert ready.headers["retry-after"] == "5"
        assert problem(client.get("/v1/guides")).status == 503
        seed(store, SAMPLE)
        assert client.get("/health/ready").status_code == 200


def test_an_empty_store_is_a_503_with_the_reason(store: Path) -> None:
    publish_into(store, [])
    with serving(store) as client:
        assert "holds no guide" in problem(client.get("/health/ready")).detail
        assert client.get("/v1/guides").json() == {"items": [], "total": 0, "next": None, "previous": None}


def test_a_store_at_another_migration_is_a_503_with_the_reason(store: Path) -> None:
    seed(store, SAMPLE)
    connection = sqlite3.connect(store)
    connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.commit()
    connection.close()
    with serving(store) as client:
        assert "migration 0000" in problem(client.get("/health/ready")).detail


def test_a_file_that_is_no_store_is_a_503(store: Path) -> None:
    store.write_text("This is a letter to the editor, and not a database at all." * 100)
    with serving(store) as client:
        assert problem(client.get("/v1/guides")).status == 503
        assert problem(client.get("/health/ready")).status == 503


def test_a_store_in_what_is_no_folder_is_a_503(store: Path) -> None:
    store.write_text("This is a file.")
    with serving(store / "store.db") as client:
        assert problem(client.get("/v1/guides")).status == 503
        assert problem(client.get("/health/ready")).status == 503


def test_a_store_that_lacks_a_table_is_a_503(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store) as client, closing(sqlite3.connect(store)) as connection:
        connection.execute("DROP TABLE see_also")
        assert problem(client.get("/v1/guides/treaty-of-nowhere/sections/signing")).status == 503


def test_line_28_a_request_id_is_taken_over_when_well_formed_and_made_otherwise(client: httpx.Client) -> None:
    assert client.get("/", headers={"X-Request-ID": "abc-1.2_3"}).headers["x-request-id"] == "abc-1.2_3"
    for odd in ("", "a b", "a" * 65, "a;b", "ä"):
        made = client.get("/", headers=[(b"X-Request-ID", odd.encode())]).headers["x-request-id"]
        assert made != odd
        assert len(made) == 32


def test_head_has_the_headers_of_get_and_no_body(client: httpx.Client) -> None:
    for address in ("/", "/v1/topics", f"/v1/guides/{GUIDE}/sections/history", "/docs", "/nope"):
        get, head = client.get(address), client.head(address)
        assert head.status_code == get.status_code
        assert head.content == b""
        varying = {"x-request-id", "date"}
        assert {k: v for k, v in head.headers.items() if k not in varying} == {
            k: v for k, v in get.headers.items() if k not in varying
        }


def test_options_and_the_preflight_say_what_is_allowed(client: httpx.Client) -> None:
    plain = client.options("/v1/guides")
    assert (plain.status_code, plain.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    asked = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    preflight = client.options("/v1/guides", headers=asked)
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert preflight.headers["access-control-allow-headers"] == "if-none-match"
    assert int(preflight.headers["access-control-max-age"]) > 0
