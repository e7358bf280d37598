"""Search queries: operators, misspellings, and text that is syntax elsewhere."""

import random

import httpx
import pytest

from tests.random_searches import search_at_random
from tests.routers.searches import counted, found, search
from tests.service import GUIDE


@pytest.mark.parametrize(
    ("q", "sections"),
    [
        ("signed treaty", ["signing"]),
        ('"signed on wednesday"', ["signing"]),
        ('"wednesday on signed"', []),
        ("tuesday", []),
        ('"minded the first"', []),
        ("delegate -paper", []),
        ("lie* -tea", ["deposit"]),
        ('signed -"on wednesday"', []),
        ("draw*", ["deposit"]),
        ("pay nothing!", ["fish"]),
        ("(pay) {nothing}^: fish", ["fish"]),
        ("条約", ["entry-into-force"]),
        ("1960年 発効", ["entry-into-force"]),
        ("約条", []),
        ("発", ["entry-into-force"]),
    ],
)
def test_quotes_minus_and_star_are_operators(sample: httpx.Client, q: str, sections: list[str]) -> None:
    results = search(sample, q, kind="section")
    assert [item["section"] for item in results["items"] if results["match"] == "all"] == sections


@pytest.mark.parametrize("q", ["-treaty", '-"the treaty" -day', "!!!", "*", '""', "- * ¿?", "💥"])
def test_a_query_without_words_gets_a_notice(sample: httpx.Client, q: str) -> None:
    results = search(sample, q)
    assert (results["items"], results["total"]) == ([], 0)
    assert "word to look for" in results["notice"]


def test_a_search_without_full_matches_returns_partial_ones(client: httpx.Client) -> None:
    results = search(client, "exercises xyzzy", kind="section", limit="100")
    assert results["match"] == "any"
    assert results["notice"].startswith("No section has all of these words")
    assert [item["section"] for item in results["items"]] == found(client, "exercises")
    assert results["suggestion"] is None


@pytest.mark.parametrize(
    ("q", "prefixes"),
    [
        ("t*", "“t*”"),
        ("fish p* -d*", "“p*” and “d*”"),
        ("dr*", None),
        ('"t*"', None),
        ("条*", None),
        ("zzz t*", "“t*”"),
    ],
)
def test_a_notice_names_prefixes_that_are_too_short(sample: httpx.Client, q: str, prefixes: str | None) -> None:
    notice = search(sample, q)["notice"] or ""
    assert ("A prefix has at least 2 letters" in notice) == bool(prefixes)
    assert (prefixes or "") in notice


@pytest.mark.parametrize(
    ("q", "suggestion"),
    [
        ("interoperabilty", "interoperability"),
        ('"joint traning" exercises', '"joint training" exercises'),
        ("Okinava -bases", "Okinawa -bases"),
        ("interoperability", None),
        ("qqqqqqqq", None),
        ("1961", None),
    ],
)
def test_a_misspelled_word_gets_a_suggestion_from_the_guide(
    client: httpx.Client, q: str, suggestion: str | None
) -> None:
    results = search(client, q)
    assert results["suggestion"] == suggestion
    if suggestion:
        facets = search(client, suggestion)["facets"]["kind"]
        assert sum(counted(facets).values()) > 0


@pytest.mark.parametrize(
    ("query", "parameter", "near"),
    [
        ("q=treaty&topic=histroy-and-origins", "topic", ["history-and-origins"]),
        ("q=xyzzy&guide=us-japan", "guide", [GUIDE]),
        ("q=-xyzzy&guide=us-japan", "guide", [GUIDE]),
        ("q=treaty&kind=chapter", "kind", None),
        ("q=", "q", None),
        ("q=+", "q", None),
        ("kind=term", "q", None),
        (f"q={'x' * 201}", "q", None),
        ("q=treaty&cursor=OTk5", "cursor", None),
        ("q=treaty&sort=date", "sort", None),
    ],
)
def test_an_invalid_query_is_a_problem_that_names_the_parameter(
    client: httpx.Client, query: str, parameter: str, near: list[str] | None
) -> None:
    response = client.get(f"/v1/search?{query}")
    assert response.status_code == 422
    assert response.json()["errors"][0]["parameter"] == parameter
    assert near is None or response.json()["did_you_mean"][: len(near)] == near


@pytest.mark.parametrize(
    ("q", "words"),
    [
        ("fish OR tea", "fish or tea"),
        ("pay AND fish", "pay and fish"),
        ("pay NOT fish", "pay not fish"),
        ("NEAR(fish pay, 9)", "near fish pay 9"),
        ("title:signing", "title signing"),
        ("{title text} : fish", "title text fish"),
        ("^fish + pay", "fish pay"),
        ("(fish", "fish"),
        ('"fish pay', "fish pay"),
        ("pens\\' -- tea", "pens tea"),
        ("fish' OR '1'='1", "fish or 1 1"),
        ("fish; DROP TABLE passage; --", "fish drop table passage"),
        ("fish%_\\0", "fish 0"),
        ("C++ fish", "c fish"),
    ],
)
def test_line_30_syntax_of_other_search_engines_is_plain_text(sample: httpx.Client, q: str, words: str) -> None:
    results, same = search(sample, q), search(sample, words)
    assert [item["url"] for item in results["items"]] == [item["url"] for item in same["items"]] != []
    assert results["match"] == same["match"]


@pytest.mark.parametrize("address", ["/v1/search?q=", "/v1/suggestions?q=", "/v1/quotations?text="])
@pytest.mark.parametrize("text", ["%ed%a0%80", "fish%ff", "%00fish", "%", "%zz", "%f0%9f"])
def test_line_30_malformed_text_is_never_a_server_error(sample: httpx.Client, address: str, text: str) -> None:
    assert sample.get(address + text).status_code in {200, 422}


@pytest.mark.parametrize("seed", range(4))
def test_line_30_random_queries_never_fail(client: httpx.Client, seed: int) -> None:
    statuses, _ = search_at_random(str(client.base_url), random.Random(seed), count=250)
    assert statuses[200] > 100
