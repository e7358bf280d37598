"""A guide as JSON Lines."""

import json
from collections import Counter, defaultdict

import httpx
import pytest

from tests.service import GUIDE

GUIDE_URL = f"/v1/guides/{GUIDE}"


@pytest.fixture(scope="module", params=["corrected", "original"])
def lines(client: httpx.Client, request: pytest.FixtureRequest) -> list[bytes]:
    response = client.get(f"{GUIDE_URL}/downloads/jsonl", params={"edition": request.param})
    assert response.content.endswith(b"}\n")
    return response.content.splitlines()


def test_there_is_a_line_for_every_resource_of_the_guide(client: httpx.Client, lines: list[bytes]) -> None:
    counts = client.get(GUIDE_URL).json()["counts"]
    kinds = ("section", "passage", "correction", "instrument", "event", "term", "source")
    articles = sum(len(each["articles"]) for each in client.get("/v1/instruments?limit=100").json()["items"])
    assert Counter(json.loads(line)["kind"] for line in lines) == {
        "guide": 1,
        "article": articles,
        **{kind: counts[f"{kind}s"] for kind in kinds},
    }


def test_an_item_is_byte_for_byte_what_the_api_returns_at_its_url(client: httpx.Client, lines: list[bytes]) -> None:
    first_of_kind = {json.loads(line)["kind"]: line for line in reversed(lines)}
    for line in first_of_kind.values():
        assert set(json.loads(line)) == {"kind", "item"}
        item = line[line.index(b'"item":') + len(b'"item":') : -1]
        assert item == client.get(json.loads(item)["url"]).content


def test_the_items_of_a_kind_are_those_of_the_list_in_its_order(client: httpx.Client, lines: list[bytes]) -> None:
    items: dict[str, list[object]] = defaultdict(list)
    for line in map(json.loads, lines):
        items[line["kind"]].append(line["item"])
    (guide,) = items["guide"]
    for kind, address in guide["links"].items():  # type: ignore[index]
        if kind[:-1] in items:
            listed = []
            while address:
                page = client.get(httpx.URL(address).copy_merge_params({"limit": 100})).json()
                listed += page["items"]
                address = page["next"]
            assert listed == items[kind[:-1]], kind
