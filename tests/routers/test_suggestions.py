"""Completions of what is being typed into a search box."""

from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.service import seed, serving

BEGINNINGS = [
    "trea",
    "secu",
    "japan",
    "sofa",
    "1960",
    "地位",
    "status of f",
    "oki",
    "article",
    "us",
    "s",
    "the us-japan se",
]
KINDS = ("section", "term", "topic", "instrument", "article", "event", "word")


def suggested(client: httpx.Client, q: str, **parameters: str | int) -> list[dict[str, Any]]:
    response = client.get("/v1/suggestions", params={"q": q, **parameters}).raise_for_status().json()
    items: list[dict[str, Any]] = response["items"]
    return items


@pytest.mark.parametrize(
    ("q", "kind", "title"),
    [
        ("joint tr", "section", "Joint Training Exercises"),
        ("exer", "section", "Joint Training Exercises"),
        ("anp", "term", "Anpo protests"),
        ("安保", "term", "Anpo"),
        ("sdf", "term", "Self-Defense Forces"),
        ("höshö", "term", "Anpo"),
        ("ECONOMY a", "topic", "Economy and trade"),
        ("trea", "instrument", "1960 treaty (US-Japan Security Treaty)"),
        ("status of f", "term", "Status of Forces Agreement"),
        ("article 5", "article", "1960 treaty (US-Japan Security Treaty), V: Response to armed attack"),
        ("1960 treaty v", "article", "1960 treaty (US-Japan Security Treaty), V: Response to armed attack"),
        ("1972", "event", "Okinawa returns to Japanese administration and comes under the treaty."),
        ("interop", "word", "interoperability"),
        ("joint exer", "word", "joint exercises"),
    ],
)
def test_a_word_or_a_title_is_completed_while_it_is_typed(client: httpx.Client, q: str, kind: str, title: str) -> None:
    assert (kind, title) in [(item["kind"], item["title"]) for item in suggested(client, q)]


@pytest.mark.parametrize("q", BEGINNINGS)
def test_by_default_there_are_at_most_ten_different_ones_that_lead_somewhere(client: httpx.Client, q: str) -> None:
    items = suggested(client, q)
    assert 0 < len(items) <= 10
    assert len({item["url"] for item in items}) == len(items)
    for item in items:
        resource = client.get(item["url"]).raise_for_status().json()
        if item["kind"] == "word":
            assert item["slug"] is None
            assert resource["match"] == "all"
            assert resource["total"] > 0
        else:
            assert item["slug"] == resource["slug"]


@pytest.mark.parametrize("q", BEGINNINGS)
def test_every_kind_gets_a_share(client: httpx.Client, q: str) -> None:
    with_results = {kind for kind in KINDS if suggested(client, q, kind=kind)}
    assert {item["kind"] for item in suggested(client, q, limit=len(KINDS))} == with_results
    assert {item["kind"] for item in suggested(client, q)} == with_results


def test_places_are_shared_equally(client: httpx.Client) -> None:
    share = Counter(item["kind"] for item in suggested(client, "secu", limit=6))
    assert share == {"term": 1, "instrument": 1, "topic": 1, "section": 1, "event": 1, "word": 1}
    share = Counter(item["kind"] for item in suggested(client, "secu", limit=12))
    assert share == dict.fromkeys(["term", "instrument", "topic", "section", "event", "word"], 2)


@pytest.mark.parametrize("q", BEGINNINGS)
def test_a_smaller_limit_keeps_the_best(client: httpx.Client, q: str) -> None:
    most = suggested(client, q, limit=20)
    for limit in (1, 4, 10):
        items = suggested(client, q, limit=limit)
        assert len(items) == min(limit, len(most))
        assert items == [item for item in most if item in items]
        assert items[0] == most[0]


def test_one_kind_may_take_all_places(client: httpx.Client) -> None:
    items = suggested(client, "trea", kind="section")
    assert [item["kind"] for item in items] == ["section"] * 10
    assert suggested(client, "trea", kind="section", limit=3) == items[:3]


def test_titles_that_begin_with_the_text_come_first_events_and_words_last(client: httpx.Client) -> None:
    items = suggested(client, "tr", limit=20)
    kinds = [item["kind"] for item in items]
    assert kinds == sorted(kinds, key=lambda kind: {"event": 1, "word": 2}.get(kind, 0))
    assert {"event", "word"} < set(kinds)
    titles = [item["title"] for item in items if item["kind"] not in {"event", "word"}]
    begins = [title.lower().startswith("tr") for title in titles]
    assert begins == sorted(begins, reverse=True)
    assert begins[0]
    assert not begins[-1]


def test_facts_of_more_sections_come_before_others(client: httpx.Client) -> None:
    assert [item["slug"] for item in suggested(client, "1960", kind="instrument")][:2] == ["treaty-1960", "sofa-1960"]


def test_a_stem_in_common_is_not_enough(client: httpx.Client) -> None:
    assert "section" in {item["kind"] for item in suggested(client, "exercis")}
    assert "section" not in {item["kind"] for item in suggested(client, "exercised")}


@pytest.mark.parametrize("q", ["!!", "*", "-", "qqqq", "-qqqq", "-“qqqq"])
def test_a_text_that_nothing_begins_with_gets_no_suggestions(client: httpx.Client, q: str) -> None:
    assert suggested(client, q) == []


@pytest.mark.parametrize(
    ("q", "kinds"),
    [("no", {"word"}), ("h", {"section", "word"}), ("tr", {"topic"}), ("or", set()), ("op", set()), ("pen", set())],
)
def test_a_guide_without_facts_is_suggested_alone(sample: httpx.Client, q: str, kinds: set[str]) -> None:
    items = suggested(sample, q, guide="nowhere-and-the-sea")
    assert {item["kind"] for item in items} == kinds
    assert {item["guide"] for item in items} <= {"nowhere-and-the-sea", None}
    for item in items:
        if item["kind"] == "word":
            results = sample.get(item["url"]).json()["items"]
            assert {result["guide"] for result in results} == {"nowhere-and-the-sea"}


def test_all_guides_are_suggested_together(sample: httpx.Client) -> None:
    assert {item["guide"] for item in suggested(sample, "th")} == {"treaty-of-nowhere", None}
    everything = [item for q in "ht" for item in suggested(sample, q, limit=20)]
    assert {item["guide"] for item in everything} == {"nowhere-and-the-sea", "treaty-of-nowhere", None}


def test_words_of_other_guides_complete_nothing_in_this_one(store: Path, seeds: Path) -> None:
    guide = seeds / "nowhere-and-the-sea/guide.md"
    guide.write_text(guide.read_text() + "\nThe harbour has tea.\n")
    seed(store, seeds)
    with serving(store) as client:
        assert [item["title"] for item in suggested(client, "harbour te")] == ["harbour tea"]
        assert suggested(client, "harbour te", guide="treaty-of-nowhere") == []


def test_a_complete_title_comes_before_a_longer_one_with_more_sections(store: Path, seeds: Path) -> None:
    terms = seeds / "treaty-of-nowhere/terms.yaml"
    fields = "definition: It., sections: [opening, signing], sources: [memoir], confidence: checked"
    terms.write_text(f"{terms.read_text()}- {{slug: penknife, term: Penknife, {fields}}}\n")
    seed(store, seeds)
    with serving(store) as client:
        assert [item["slug"] for item in suggested(client, "pe", kind="term")] == ["penknife", "pen"]
        assert [item["slug"] for item in suggested(client, "pen", kind="term")] == ["pen", "penknife"]


def test_filters_can_be_combined(sample: httpx.Client) -> None:
    items = suggested(sample, "p", guide="treaty-of-nowhere", kind="article", limit=1)
    assert [(item["slug"], item["guide"]) for item in items] == [("preamble", "treaty-of-nowhere")]
    assert suggested(sample, "p", guide="nowhere-and-the-sea", kind="article") == []


@pytest.mark.parametrize("q", ["no", "qqqq", "!!"])
def test_an_unknown_guide_names_the_closest(sample: httpx.Client, q: str) -> None:
    response = sample.get("/v1/suggestions", params={"q": q, "guide": "treaty-of-nowere"})
    assert response.status_code == 422
    assert response.json()["did_you_mean"][0] == "treaty-of-nowhere"
    assert response.json()["errors"][0]["parameter"] == "guide"


@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=+", f"q={'x' * 201}", "q=a&limit=0", "q=a&limit=21", "q=a&limit=05", "q=a&kind=all", "q=a&cursor=MQ"],
)
def test_invalid_parameters_are_a_problem(client: httpx.Client, query: str) -> None:
    assert client.get(f"/v1/suggestions?{query}").status_code == 422


@pytest.mark.parametrize(
    ("query", "canonical"), [("q=tr&limit=10", "q=tr"), ("limit=20&kind=section&q=tr", "kind=section&limit=20&q=tr")]
)
def test_the_canonical_url_omits_defaults_only(client: httpx.Client, query: str, canonical: str) -> None:
    assert f'</v1/suggestions?{canonical}>; rel="canonical"' in client.get(f"/v1/suggestions?{query}").headers["link"]


def test_what_is_left_out_is_not_completed(client: httpx.Client) -> None:
    assert suggested(client, "-trea", kind="word") == []
    assert "joint training" in [item["title"] for item in suggested(client, "joint trai", kind="word")]
