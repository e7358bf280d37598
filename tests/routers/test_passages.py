"""Passages: their list, and the corrections and mentions in them."""

from collections import Counter

import httpx
import pytest

from tests.http.responses import problem
from tests.routers.lists import all_items
from tests.service import GUIDE

GUIDE_URL = f"/v1/guides/{GUIDE}"
NOWHERE = "/v1/guides/treaty-of-nowhere"
EDITIONS = ("corrected", "original")

# The mentions in the corrected edition, reviewed on 26 November 2026: each names the fact that it links to. The guide
# uses the name `US-Japan Security Treaty` for the treaty of 1960, also where it means the alliance.
TREATY = "US-Japan Security Treaty"
MENTIONS = {
    "introduction": [TREATY],
    "history": [TREATY, TREATY],
    "significance": [TREATY, TREATY, "interoperability", TREATY, "collective security"],
    "key-provisions": [TREATY, "collective security", "interoperability"],
    "evolution-of-military-cooperation": [TREATY, "interoperability", TREATY],
    "joint-training-exercises": ["interoperability", TREATY, TREATY],
    "technology-sharing-and-defense-modernization": [TREATY, "interoperability", TREATY],
    "challenges-and-criticisms": [TREATY, TREATY],
    "domestic-opposition": [TREATY, TREATY],
    "external-pressures-and-negotiations": [TREATY, TREATY],
    "future-prospects": [TREATY, TREATY],
    "economic-and-trade-dimensions": [TREATY, TREATY, TREATY],
    "interconnected-interests": [TREATY, TREATY],
    "trade-implications": [TREATY, TREATY],
    "geopolitical-role": [TREATY, TREATY],
    "cultural-and-social-impacts": [TREATY, "collective security"],
    "longevity-and-efficacy": [TREATY, "interoperability", TREATY],
    "conclusion": [TREATY, TREATY],
}
LINKED = {
    TREATY: "/v1/instruments/treaty-1960",
    "interoperability": "/v1/terms/interoperability",
    "collective security": "/v1/terms/collective-security",
}


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_list_has_the_passages_of_all_sections_in_reading_order(client: httpx.Client, edition: str) -> None:
    listed = all_items(client, f"{GUIDE_URL}/passages?edition={edition}&limit=9")
    sections = all_items(client, f"{GUIDE_URL}/sections?edition={edition}")
    assert len(listed) == 62
    assert listed == [passage for section in sections for passage in section["passages"]]
    for passage in listed:
        assert client.get(passage["url"]).json() == passage


def test_the_list_can_be_filtered_by_section_and_topic(client: httpx.Client) -> None:
    of_section = all_items(client, f"{GUIDE_URL}/passages?section=history")
    assert [passage["id"] for passage in of_section] == ["history.1", "history.2", "history.3"]
    of_topic = all_items(client, f"{GUIDE_URL}/passages?topic=economy-and-trade")
    sections = all_items(client, f"{GUIDE_URL}/sections?topic=economy-and-trade")
    assert of_topic == [passage for section in sections for passage in section["passages"]]
    for query, suggestion in (("section=histroy", "history"), ("topic=economy", "economy-and-trade")):
        assert suggestion in (problem(client.get(f"{GUIDE_URL}/passages?{query}")).did_you_mean or [])


def test_a_section_without_passages_gives_an_empty_page(sample: httpx.Client) -> None:
    assert sample.get(f"{NOWHERE}/passages?section=tariffs").json()["items"] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_correction_is_at_its_place_in_either_edition(client: httpx.Client, edition: str) -> None:
    corrections = {each["slug"]: each for each in all_items(client, f"{GUIDE_URL}/corrections")}
    found: Counter[str] = Counter()
    for passage in all_items(client, f"{GUIDE_URL}/passages?edition={edition}"):
        starts = [place["start"] for place in passage["corrections"]]
        assert starts == sorted(starts)
        for place in passage["corrections"]:
            correction = corrections[place["slug"]]
            quotes = [correction["quote"], *(further["quote"] for further in correction["also"])]
            if edition == "corrected" and correction["status"] == "applied" and place["primary"]:
                quotes = [correction["replacement"]]
            assert passage["text"][place["start"] : place["end"]] in quotes
            assert place["status"] == correction["status"]
            assert place["severity"] == correction["severity"]
            found[place["slug"]] += 1
    assert found == {slug: 1 + len(each["also"]) for slug, each in corrections.items()}


def test_one_place_of_each_correction_is_primary(client: httpx.Client) -> None:
    passages = all_items(client, f"{GUIDE_URL}/passages")
    primary = [place["slug"] for passage in passages for place in passage["corrections"] if place["primary"]]
    assert len(primary) == len(set(primary)) == 51


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_mentions_of_the_shipped_guide_are_those_that_were_reviewed(client: httpx.Client, edition: str) -> None:
    mentions = {}
    for section in all_items(client, f"{GUIDE_URL}/sections?edition={edition}"):
        words = [
            passage["text"][mention["start"] : mention["end"]]
            for passage in section["passages"]
            for mention in passage["mentions"]
        ]
        urls = [mention["url"] for passage in section["passages"] for mention in passage["mentions"]]
        assert urls == [LINKED[word] for word in words]
        mentions[section["slug"]] = words
    assert mentions == MENTIONS


def test_a_mention_shows_what_it_links_to(client: httpx.Client) -> None:
    passages = all_items(client, f"{GUIDE_URL}/passages")
    mentions = {mention["url"]: mention for passage in passages for mention in passage["mentions"]}
    for url, mention in mentions.items():
        linked = client.get(url).json()
        assert (mention["slug"], mention["title"]) == (linked["slug"], linked["title"])
        for shown in ("abbreviation", "definition", "date_signed"):
            assert mention[shown] == linked.get(shown)
