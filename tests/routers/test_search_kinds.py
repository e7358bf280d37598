"""Results of all kinds: ranked together, counted exactly, and honest about the author's words."""

from typing import Any

import httpx
import pytest

from app.schemas.search import RESULT_KINDS
from tests.routers.lists import all_items
from tests.routers.searches import counted, search
from tests.service import GUIDE

QUERIES = [
    "地位協定",
    "Article V",
    "status of forces",
    "security",
    "exercises xyzzy",
    "Senkaku",
    "xyzzy",
    "joint training",
    '"joint training" 1951',
    "条約",
]


def kind_counts(results: dict[str, Any]) -> dict[str, int]:
    return counted(results["facets"]["kind"])


def every_result(client: httpx.Client, **query: str) -> list[dict[str, Any]]:
    return all_items(client, str(httpx.URL("/v1/search", params={**query, "limit": "100"})))


@pytest.mark.parametrize("q", QUERIES)
def test_all_kinds_are_ranked_together_by_default(client: httpx.Client, q: str) -> None:
    results = search(client, q, limit="100")
    assert results == search(client, q, limit="100", kind="all") | {"next": results["next"]}
    assert kind_counts(results).keys() == RESULT_KINDS.keys()
    assert sum(kind_counts(results).values()) == results["total"]
    scores = [item["score"] for item in results["items"]]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("kind", ["all", *RESULT_KINDS])
@pytest.mark.parametrize("q", QUERIES)
def test_facets_count_what_match_and_the_filters_describe(client: httpx.Client, q: str, kind: str) -> None:
    results = search(client, q, kind=kind)
    everything = every_result(client, q=q, kind=kind)
    assert results["total"] == len(everything)
    if kind != "all":
        assert kind_counts(results)[kind] == results["total"]
        assert {item["kind"] for item in everything} <= {kind}
    assert counted(results["facets"]["guide"]).get(GUIDE, 0) == results["total"]
    for topic, count in counted(results["facets"]["topic"]).items():
        narrower = search(client, q, kind=kind, topic=topic)
        if narrower["match"] == results["match"]:
            assert narrower["total"] == count


def test_every_kind_is_found_and_leads_to_its_resource(client: httpx.Client) -> None:
    for kind in RESULT_KINDS:
        results = search(client, "security treaty", kind=kind)
        assert results["total"] > 0
        for item in results["items"]:
            resource = client.get(item["url"]).raise_for_status().json()
            assert resource["title"] == item["title"] if kind not in {"correction", "article"} else resource["slug"]


def test_a_passage_lists_the_corrections_to_its_excerpt(client: httpx.Client) -> None:
    listed = 0
    for q in ("signed 1951", "asia-pacific region", "market access", "exercises"):
        for item in search(client, q, kind="section", limit="100")["items"]:
            for found in item["passages"]:
                passage = client.get(found["url"]).json()
                shown = found["excerpt"].strip("…")
                start = passage["text"].index(shown)
                expected = [
                    {name: each[name] for name in ("slug", "status", "severity")}
                    for each in passage["corrections"]
                    if each["start"] < start + len(shown) and start < each["end"]
                ]
                assert found["corrections"] == list({each["slug"]: each for each in expected}.values())
                listed += len(expected)
    assert listed > 10


def test_a_correction_lists_the_corrections_to_the_words_that_it_quotes(client: httpx.Client) -> None:
    items = every_result(client, q="security", kind="correction")
    assert len(items) > 10
    for item in items:
        correction = client.get(item["url"]).json()
        assert item["title"] == correction["quote"]
        assert item["section"] == correction["section"]
        assert correction["slug"] in [each["slug"] for each in item["corrections"]]
        text = client.get(f"/v1/guides/{GUIDE}/passages/{correction['passage']}?edition=original").json()
        span = correction["original_span"]
        overlapping = {
            each["slug"] for each in text["corrections"] if each["start"] < span["end"] and span["start"] < each["end"]
        }
        assert {each["slug"] for each in item["corrections"]} == overlapping


def test_other_kinds_have_no_corrections_of_their_own(client: httpx.Client) -> None:
    for item in search(client, "security treaty", limit="100")["items"]:
        assert (item["corrections"] != []) == (item["kind"] == "correction")


@pytest.mark.parametrize(
    ("q", "kind", "notice"),
    [
        ("地位協定", "section", "No section has this word, but 4 instruments and 1 term have."),
        ("Senkaku", "article", "No article has this word, but 1 correction, 1 instrument, 2 events and 1 term have."),
        ("xyzzy", "section", "No section has this word."),
        ("xyzzy", "all", "Nothing has this word."),
        ("xyzzy plugh", "all", "Nothing has any of these words."),
        ("exercises xyzzy", "section", "No section has all of these words; these have some of them."),
    ],
)
def test_a_notice_names_the_kinds_that_have_results(client: httpx.Client, q: str, kind: str, notice: str) -> None:
    assert search(client, q, kind=kind)["notice"] == notice


@pytest.mark.parametrize(
    ("filters", "beginning"),
    [
        ({"topic": "economy-and-trade"}, "Nothing in this topic has this word."),
        ({"topic": "economy-and-trade", "kind": "event"}, "No event in this topic has this word."),
        ({"guide": "us-japan-security-treaty", "kind": "section"}, "No section in this guide has this word, but "),
        (
            {"guide": "us-japan-security-treaty", "topic": "economy-and-trade"},
            "Nothing in this guide and topic has this word.",
        ),
    ],
)
def test_a_notice_says_nothing_about_what_the_filters_leave_out(
    client: httpx.Client, filters: dict[str, str], beginning: str
) -> None:
    assert search(client, "okinawa")["total"] > 0
    assert search(client, "okinawa", **filters)["notice"].startswith(beginning)


def test_a_partial_match_of_a_kind_says_which_kinds_have_all_words(client: httpx.Client) -> None:
    results = search(client, "Senkaku Islands", kind="section")
    assert (results["match"], results["total"]) == ("all", 0)
    assert "1 term" in results["notice"]
    results = search(client, "host nation support", kind="section")
    assert results["match"] == "any"
    assert results["notice"].startswith("No section has all of these words; these have some of them. All of them: ")
    assert kind_counts(results)["section"] == results["total"] > 0


@pytest.mark.parametrize("q", ["status of forces", '"status of forces"', "the forces of xyzzy", "status or forces"])
def test_common_words_do_not_count_in_a_fallback(client: httpx.Client, q: str) -> None:
    results = search(client, q, kind="section", limit="100")
    assert results["match"] == "any"
    assert 0 < results["total"] < 18
    for item in results["items"]:
        text = " ".join(passage["excerpt"] for passage in item["passages"]).lower() + item["title"].lower()
        assert "forc" in text or "status" in text


def test_common_words_count_if_there_are_no_others(client: httpx.Client) -> None:
    assert search(client, "of the", kind="section")["total"] == 18
    assert search(client, "of xyzzy", kind="section")["total"] == 0


def test_common_words_need_not_occur_in_a_question(client: httpx.Client) -> None:
    assert search(client, "What are the Senkaku Islands?")["match"] == "all"
    assert search(client, "What are the Senkaku Islands?")["total"] == search(client, "Senkaku Islands")["total"]


@pytest.mark.parametrize(
    "group",
    [
        [
            "Article V",
            "Article 5",
            "Art. V",
            "art 5",
            "第五条",
            "第5条",
            "ARTICLE v",
            "article five",
            "第５条",
            "第 五 条",
        ],
        [
            "September 8, 1951",
            "8 September 1951",
            "1951-09-08",
            "1951年9月8日",
            "8 Sept. 1951",
            "昭和26年9月8日",
            "1951/09/08",
        ],
        ["TIAS 2491", "T.I.A.S. 2491", "TIAS No. 2491", "tias-2491"],
        ["136 UNTS 211", "136 U.N.T.S. 211", "UNTS vol. 136, p. 211"],
    ],
    ids=["article", "date", "TIAS", "UNTS"],
)
def test_ways_to_write_a_reference_are_the_same_query(client: httpx.Client, group: list[str]) -> None:
    first, *others = ([item["url"] for item in search(client, q, limit="100")["items"]] for q in group)
    assert first
    for q, urls in zip(group[1:], others, strict=True):
        assert sorted(urls) == sorted(first), q
        assert urls[0] == first[0], q


@pytest.mark.parametrize(
    ("q", "url"),
    [
        ("Article V", "/v1/instruments/treaty-1960/articles/5"),
        ("第6条", "/v1/instruments/treaty-1960/articles/6"),
        ("1960 treaty article VI", "/v1/instruments/treaty-1960/articles/6"),
        ("1951 Security Treaty Art. 2", "/v1/instruments/security-treaty-1951/articles/2"),
        ("SOFA Article 17", "/v1/instruments/sofa-1960"),
        ("TIAS 2491", "/v1/instruments/security-treaty-1951"),
        ("136 UNTS 211", "/v1/instruments/security-treaty-1951"),
        ("3 UST 3329", "/v1/instruments/security-treaty-1951"),
        ("September 8, 1951", "/v1/events/1951-09-08"),
        ("1960年1月19日", "/v1/events/1960-01-19"),
        ("May 15th, 1972", "/v1/events/1972-05-15"),
        ("1972-05-15", "/v1/events/1972-05-15"),
    ],
)
def test_a_reference_finds_its_resource_first(client: httpx.Client, q: str, url: str) -> None:
    assert search(client, q)["items"][0]["url"] == url


def test_the_month_of_a_date_is_found_if_the_day_is_not(client: httpx.Client) -> None:
    results = search(client, "30 September 1951")
    assert results["match"] == "any"
    assert "/v1/events/1951-09-08" in [item["url"] for item in results["items"]]


@pytest.mark.parametrize(
    "q",
    [
        "pact",
        "interoperability",
        "the the",
        "status of forces",
        "anpo",
        "SOFA",
        "Kishi",
        "安保",
        "第五条",
        "colour",
        "zzzz",
    ],
)
def test_a_suggestion_is_never_the_query_nor_replaces_a_correct_word(client: httpx.Client, q: str) -> None:
    assert search(client, q)["suggestion"] is None
