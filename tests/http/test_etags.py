"""Entity tags and conditional requests: lines 14 and 15 of the contract."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import httpx
import pytest

from tests.conftest import UNLINKED
from tests.crawl import crawl
from tests.http.addresses import CONTENT, HEALTH, OTHERS, PROBLEMS, SEA, SECTION
from tests.http.responses import CODINGS, get
from tests.service import SAMPLE, seed, serving, serving_process

Etags = dict[str, str | None]  # by address


def etags(client: httpx.Client, addresses: Iterable[str], coding: str = "identity") -> Etags:
    """Return the entity tag of each address in one content coding."""
    return {address: get(client, address, coding).headers.get("etag") for address in addresses}


def test_line_14_every_address_has_the_same_etags_from_two_workers_and_after_a_restart(
    store: Path, sample_responses: dict[str, httpx.Response]
) -> None:
    seed(store, SAMPLE)
    # A process of its own, because the order of a set is the same throughout one process.
    with serving_process(store, "--no-access-log") as (another, _):
        local_url = str(another.base_url)  # without a public URL, citations contain the address of the service
        plain = etags(another, sample_responses)
        assert len(plain) > 90
        assert {address for address, etag in plain.items() if not etag} == {"/health/ready"}
        with serving(store, local_url=local_url) as first:
            assert etags(first, plain) == plain
            for coding in CODINGS:
                coded = etags(first, plain, coding)
                assert etags(another, plain, coding) == coded
                for address, etag in plain.items():
                    assert coded[address] in {etag, etag and f'{etag[:-1]}-{coding}"'}
    with serving(store, local_url=local_url) as restarted:
        assert etags(restarted, plain) == plain


def test_line_14_an_etag_is_a_hash_of_the_body_and_names_the_coding(client: httpx.Client) -> None:
    for address in (*CONTENT, *OTHERS):
        plain = get(client, address)
        assert plain.headers["etag"] == f'"{hashlib.sha256(plain.content).hexdigest()[:32]}"'
        for coding in CODINGS:
            coded = get(client, address, coding)
            suffix = f"-{coding}" if "content-encoding" in coded.headers else ""
            assert coded.headers["etag"] == plain.headers["etag"][:-1] + f'{suffix}"'
    for address in HEALTH:
        assert "etag" not in get(client, address).headers


def test_line_14_an_etag_changes_exactly_when_the_content_of_its_address_does(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    path = seeds / "nowhere-and-the-sea/guide.md"
    with serving(store) as client:
        revision = client.get(SEA).json()["revision"]
        addresses = crawl(client, *UNLINKED, f"{SEA}/sections/harbours?revision={revision}")
        # The last publication makes the first revision current again.
        for old, new in (("no harbour", "one harbour"), ("one harbour", "no harbour")):
            before = {address: get(client, address) for address in addresses}
            path.write_text(path.read_text().replace(old, new))
            assert etags(client, addresses) == {each: before[each].headers.get("etag") for each in addresses}
            seed(store, seeds)
            after = {address: get(client, address) for address in addresses}
            changed = {each for each in addresses if after[each].content != before[each].content}
            assert changed == {
                each for each in addresses if after[each].headers.get("etag") != before[each].headers.get("etag")
            }
            assert {SEA, f"{SEA}/sections", f"{SEA}/sections/harbours", "/v1/guides", "/v1/search?q=harbour"} <= changed
            assert not {"/", "/v1/guides/treaty-of-nowhere", "/v1/topics/origins", "/openapi.json"} & changed
            assert not {address for address in changed if "revision=" in address}


@pytest.mark.parametrize("condition", ["{}", "W/{}", '"a", {}', '"a", W/{} , "b"', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_line_15_if_none_match_returns_a_304_without_a_body(client: httpx.Client, method: str, condition: str) -> None:
    for coding in ("identity", "br"):
        full = get(client, SECTION, coding)
        headers = {"Accept-Encoding": coding, "If-None-Match": condition.format(full.headers["etag"])}
        response = client.request(method, SECTION, headers=headers)
        assert (response.status_code, response.content) == (304, b"")
        for name in ("etag", "cache-control", "vary", "link", "access-control-allow-origin"):
            assert response.headers[name] == full.headers[name]
        assert not {"content-type", "content-length", "content-encoding"} & response.headers.keys()


@pytest.mark.parametrize("condition", ['"a"', 'W/"a", "b"', "", "a", '"{}'])
def test_line_15_another_etag_returns_the_whole_response(client: httpx.Client, condition: str) -> None:
    etag = get(client, SECTION).headers["etag"]
    assert get(client, SECTION, if_none_match=condition.replace("{}", etag[1:-3])).status_code == 200
    assert get(client, SECTION, "gzip", if_none_match=etag).status_code == 200


def test_line_15_no_condition_makes_a_problem_a_304(client: httpx.Client) -> None:
    for address, status in PROBLEMS.items():
        assert get(client, address, if_none_match="*").status_code == status


def test_line_15_neither_a_date_nor_a_range_is_a_condition(client: httpx.Client) -> None:
    conditions = {"range": "bytes=0-9", "if_modified_since": "Fri, 31 Dec 2100 23:59:59 GMT"}
    for address in (SECTION, "/docs/assets/NOTICE", "/docs/assets/LICENSE"):
        for name, value in conditions.items():
            conditional = get(client, address, **{name: value})
            assert (conditional.status_code, conditional.content) == (200, get(client, address).content)
        assert not {"last-modified", "accept-ranges"} & conditional.headers.keys()
