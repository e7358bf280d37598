"""Request ids: line 28 of the contract."""

import json
from pathlib import Path

import httpx

from tests.http.addresses import SECTION
from tests.http.responses import get
from tests.service import SAMPLE, seed, serving_process


def test_line_28_a_well_formed_request_id_is_reused_and_otherwise_one_is_generated(client: httpx.Client) -> None:
    assert client.get("/", headers={"X-Request-ID": "abc-1.2_3"}).headers["x-request-id"] == "abc-1.2_3"
    for malformed in ("", "a b", "a" * 65, "a;b", "ä"):
        generated = client.get("/", headers=[(b"X-Request-ID", malformed.encode())]).headers["x-request-id"]
        assert generated != malformed
        assert len(generated) == 32


def test_line_28_each_response_has_its_own_request_id(client: httpx.Client) -> None:
    responses = [client.get(SECTION) for _ in range(3)] + [get(client, SECTION, if_none_match="*") for _ in range(3)]
    assert len({response.headers["x-request-id"] for response in responses}) == 6
    assert get(client, SECTION, x_request_id="mine").headers["x-request-id"] == "mine"


def test_line_28_the_request_id_is_in_the_log_line_of_a_cached_response(store: Path) -> None:
    seed(store, SAMPLE)
    with serving_process(store) as (client, process):
        for name in ("first", "second", "third"):
            client.get("/v1/guides", headers={"X-Request-ID": name, "If-None-Match": "*" if name == "third" else ""})
        process.terminate()
        log = process.communicate()[1]
    for name, status in (("first", 200), ("second", 200), ("third", 304)):
        (line,) = (json.loads(line) for line in log.splitlines() if f'"{name}"' in line)
        assert (line["status"], line["path"], line["event"]) == (status, "/v1/guides", "GET")
