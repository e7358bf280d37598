"""Links: line 11 of the contract, and a crawl from the first address."""

import re

import httpx
import pytest

from tests.http.addresses import CONTENT, LIST, SECTION
from tests.http.responses import links
from tests.service import GUIDE


@pytest.mark.parametrize("crawled", ["shipped_responses", "sample_responses"])
def test_every_link_in_every_body_works(request: pytest.FixtureRequest, crawled: str) -> None:
    responses: dict[str, httpx.Response] = request.getfixturevalue(crawled)
    assert {address: each.status_code for address, each in responses.items() if each.status_code != 200} == {}


def test_every_fact_of_the_shipped_guide_is_linked(shipped_responses: dict[str, httpx.Response]) -> None:
    assert len(shipped_responses) > 300
    for pattern, count in {
        "/corrections/[^/?]*$": 51,
        "/instruments/[^/?]*$": 39,
        "/articles/[^?]*$": 17,
        "/events/[^?]*$": 54,
        "/terms/[^?]*$": 32,
        "/sources/[^?]*$": 157,
    }.items():
        assert sum(bool(re.search(pattern, address)) for address in shipped_responses) == count


@pytest.mark.parametrize("address", CONTENT)
def test_line_11_content_links_its_canonical_address(client: httpx.Client, address: str) -> None:
    assert links(client.get(address))["canonical"] == address


def test_line_11_a_resource_has_one_canonical_address_whatever_the_query(client: httpx.Client) -> None:
    response = client.get(f"/v1/guides/{GUIDE}/sections?parent=none&limit=5")
    assert links(response)["canonical"] == f"/v1/guides/{GUIDE}/sections?limit=5&parent=none"
    for address in (f"{SECTION}?edition=corrected", f"{SECTION}/citation?format=bibtex"):
        assert "?" not in links(client.get(address))["canonical"]
    assert links(client.get("/v1/topics?limit=20"))["canonical"] == "/v1/topics"


def test_line_11_a_list_links_its_pages(client: httpx.Client) -> None:
    first = client.get(LIST)
    second = client.get(first.json()["next"])
    assert links(first).keys() == {"canonical", "alternate", "first", "next"}
    assert links(second).keys() == {"canonical", "alternate", "first", "prev", "next"}
    assert links(second)["prev"] == LIST


@pytest.mark.parametrize(
    "query", ["topic=culture-and-society&limit=1", "parent=none&limit=3&edition=original", "limit=3&edition=corrected"]
)
def test_line_11_the_next_page_is_linked_by_its_canonical_address(client: httpx.Client, query: str) -> None:
    next_page = client.get(f"/v1/guides/{GUIDE}/sections?{query}").json()["next"]
    assert links(client.get(next_page))["canonical"] == next_page
