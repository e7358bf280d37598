"""Every link in every body answers: the API is crawled from its first address."""

import re

import pytest

from tests.crawl import crawl


@pytest.mark.parametrize("fixture", ["client", "sample"])
def test_every_link_in_every_body_answers(request: pytest.FixtureRequest, fixture: str) -> None:
    answers = crawl(request.getfixturevalue(fixture))
    statuses = {address: answer.status_code for address, answer in answers.items()}
    assert {address: status for address, status in statuses.items() if status != 200} == {}
    if fixture == "client":
        assert len(statuses) > 300
        for kind, count in {
            "corrections/[^/?]*$": 44,
            "instruments/[^/]*$": 33,
            "articles/": 17,
            "events/": 40,
            "terms/": 30,
        }.items():
            assert sum(bool(re.search(f"/{kind}", address)) for address in statuses) == count
        assert sum(bool(re.search("/sources/", address)) for address in statuses) == 86
