"""Instruments and their articles, events, terms and sources: the treaty behind the guide."""

from typing import Any

import httpx
import pytest

from tests.routers.lists import all_items
from tests.service import GUIDE

COUNTS = {"/v1/instruments": 39, "/v1/events": 54, "/v1/terms": 32, "/v1/sources": 157}


@pytest.mark.parametrize(("address", "count"), list(COUNTS.items()))
def test_a_fact_is_the_same_alone_and_in_its_list(client: httpx.Client, address: str, count: int) -> None:
    items = all_items(client, f"{address}?limit=9")
    assert len(items) == count
    for item in items:
        assert item["url"] == f"{address}/{item['slug']}"
        assert client.get(item["url"]).json() == item


def test_an_article_is_the_same_alone_and_in_its_instrument(client: httpx.Client) -> None:
    treaty = client.get("/v1/instruments/treaty-1960").json()
    assert [article["number"] for article in treaty["articles"]] == [
        *["Preamble", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
    ]
    for article in treaty["articles"]:
        assert article["instrument"]["url"] == treaty["url"]
        assert client.get(article["url"]).json() == article
    assert treaty["articles"][5]["url"] == "/v1/instruments/treaty-1960/articles/5"


def test_an_instrument_and_an_article_have_all_their_fields(sample: httpx.Client) -> None:
    notes = sample.get("/v1/instruments/pen-notes").json()
    memoir = {
        "slug": "memoir",
        "title": "My Life with Pens",
        "pinpoint": None,
        "url": "/v1/sources/memoir",
        "link": None,
    }
    assert notes == {
        "slug": "pen-notes",
        "guide": "treaty-of-nowhere",
        "title": "Notes on pens",
        "url": "/v1/instruments/pen-notes",
        "official_title": "Exchange of Notes on Pens",
        "title_ja": None,
        "popular_name_ja": None,
        "legal_character": "exchange_of_notes",
        "legal_note": "Never ratified.",
        "parties": ["Nowhere", "The Pen Guild"],
        "date_signed": None,
        "place_signed": None,
        "date_in_force": None,
        "date_ended": None,
        "status": "never in force",
        "identifiers": [],
        "description": "A series of notes.",
        "link": None,
        "members": [
            {
                "date_signed": "1959-08",
                "date_in_force": None,
                "date": None,
                "event": None,
                "sources": [memoir],
                "confidence": "unchecked",
            },
            {
                "date_signed": None,
                "date_in_force": None,
                "date": "1960",
                "event": "The pens were counted.",
                "sources": [memoir],
                "confidence": "checked",
            },
        ],
        "articles": [],
        "sections": [
            {"slug": "signing", "title": "The Signing", "url": "/v1/guides/treaty-of-nowhere/sections/signing"}
        ],
        "sources": [memoir],
        "confidence": "unchecked",
        "as_of": "2020-01-01",
        "review_by": "2999-12-31",
        "revision": notes["revision"],
    }
    tea = sample.get("/v1/instruments/treaty-of-nowhere/articles/2").json()
    assert (tea["number"], tea["note"], tea["sources"], tea["confidence"]) == (
        "II",
        "Not in the first draft.",
        [memoir],
        "partly_checked",
    )


def test_the_timeline_is_oldest_first(client: httpx.Client) -> None:
    dates = [event["date"] for event in all_items(client, "/v1/events")]
    assert dates == sorted(dates)
    assert (dates[0], dates[-1][:2]) == ("1951-09-08", "20")


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("instruments/treaty-of-nowere", "treaty-of-nowhere"),
        ("instruments/treaty-of-nowere/articles/2", "treaty-of-nowhere"),
        ("instruments/treaty-of-nowhere/articles/pramble", "preamble"),
        ("events/sining", "signing"),
        ("terms/pens", "pen"),
        ("sources/gazete", "gazette"),
    ],
)
def test_an_unknown_fact_gives_404_with_the_nearest_slugs(sample: httpx.Client, address: str, near: str) -> None:
    response = sample.get(f"/v1/{address}")
    assert response.status_code == 404
    assert response.json()["did_you_mean"][0] == near


def test_sections_topics_and_sources_link_back_to_the_facts(client: httpx.Client) -> None:
    back: dict[str, set[str]] = {}
    for kind in ("instruments", "events", "terms"):
        for fact in all_items(client, f"/v1/{kind}"):
            for section in fact["sections"]:
                back.setdefault(f"{kind} {section['url']}", set()).add(fact["url"])
            for article in fact.get("articles", []):
                for section in article["sections"]:
                    back.setdefault(f"articles {section['url']}", set()).add(article["url"])
    for section in all_items(client, f"/v1/guides/{GUIDE}/sections"):
        for kind in ("instruments", "articles", "events", "terms"):
            assert {link["url"] for link in section[kind]} == back.get(f"{kind} {section['url']}", set())
    for topic in all_items(client, "/v1/topics"):
        for kind in ("instruments", "events", "terms"):
            assert len(all_items(client, topic[f"{kind}_url"])) == topic["counts"][kind]
    for source in all_items(client, "/v1/sources"):
        for citing in source["cited_by"]:
            assert source["slug"] in {cited["slug"] for cited in client.get(citing["url"]).json()["sources"]}


def test_a_section_links_the_articles_that_it_is_about(client: httpx.Client) -> None:
    section = client.get(f"/v1/guides/{GUIDE}/sections/key-provisions").json()
    (link,) = [link for link in section["articles"] if link["slug"] == "5"]
    assert client.get(link["url"]).json()["title"] == "Response to armed attack"
    assert [event["date"] for event in section["events"]] == sorted(event["date"] for event in section["events"])


def test_every_fact_has_a_confidence(client: httpx.Client) -> None:
    def facts() -> list[dict[str, Any]]:
        instruments = all_items(client, "/v1/instruments")
        parts = [part for each in instruments for part in (*each["articles"], *each["members"])]
        return [*instruments, *parts, *all_items(client, "/v1/events"), *all_items(client, "/v1/terms")]

    assert {fact["confidence"] for fact in facts()} == {"checked", "partly_checked", "unchecked"}
    assert {source["checked"] for source in all_items(client, "/v1/sources")} == {True, False}


def test_lists_within_a_fact_have_the_order_of_their_file(sample: httpx.Client) -> None:
    treaty = sample.get("/v1/instruments/treaty-of-nowhere").json()
    assert [section["slug"] for section in treaty["sections"]] == ["signing", "ratification"]
    assert [article["slug"] for article in treaty["articles"]] == ["preamble", "2", "3"]
    signing = sample.get("/v1/guides/treaty-of-nowhere/sections/signing").json()
    assert [event["slug"] for event in signing["events"]] == ["pens-bought", "signing", "counting"]
    assert [link["slug"] for link in signing["instruments"]] == ["treaty-of-nowhere", "pen-notes"]


def test_a_source_lists_the_statements_that_cite_it(sample: httpx.Client) -> None:
    assert sample.get("/v1/sources/gazette").json()["cited_by"][0] == {
        "kind": "correction",
        "slug": "tuesday",
        "title": "on a Tuesday",
        "pinpoint": "p. 3",
        "url": "/v1/guides/treaty-of-nowhere/corrections/tuesday",
    }
    memoir = sample.get("/v1/sources/memoir").json()["cited_by"]
    assert [(citing["kind"], citing["slug"]) for citing in memoir] == [
        ("correction", "tuesday"),
        ("correction", "nobody"),
        ("correction", "tea"),
        ("instrument", "pen-notes"),
        ("article", "2"),
        ("article", "3"),
        ("event", "pens-bought"),
        ("event", "counting"),
        ("term", "pen"),
        ("term", "nowhere-treaty-organization"),
    ]


def test_a_source_has_its_type_and_authors(sample: httpx.Client) -> None:
    gazette, memoir = all_items(sample, "/v1/sources")
    assert (gazette["type"], memoir["type"]) == ("article-newspaper", "book")
    assert gazette["authors"] == [{"family": None, "given": None, "literal": "The Nowhere News Agency"}]
    assert memoir["authors"] == [{"family": "Nib", "given": "Nora", "literal": None}]


def test_a_fact_that_may_change_says_as_of_when(sample: httpx.Client) -> None:
    treaty = sample.get("/v1/instruments/treaty-of-nowhere").json()
    assert treaty["popular_name_ja"] == "無条約"
    for fact in (treaty, *treaty["articles"], *all_items(sample, "/v1/events"), *all_items(sample, "/v1/terms")):
        assert (fact["as_of"], fact["review_by"]) == (None, None)
