"""Every link in every body works: the API is crawled from its first address."""

import re

import httpx
import pytest

pytestmark = pytest.mark.xdist_group("crawl")


@pytest.mark.parametrize("crawled", ["shipped_responses", "sample_responses"])
def test_every_link_in_every_body_works(request: pytest.FixtureRequest, crawled: str) -> None:
    responses: dict[str, httpx.Response] = request.getfixturevalue(crawled)
    assert {address: each.status_code for address, each in responses.items() if each.status_code != 200} == {}


def test_every_fact_of_the_shipped_guide_is_linked(shipped_responses: dict[str, httpx.Response]) -> None:
    assert len(shipped_responses) > 300
    for pattern, count in {
        "/corrections/[^/?]*$": 44,
        "/instruments/[^/]*$": 33,
        "/articles/": 17,
        "/events/": 40,
        "/terms/": 30,
        "/sources/": 86,
    }.items():
        assert sum(bool(re.search(pattern, address)) for address in shipped_responses) == count
