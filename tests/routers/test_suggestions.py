"""Completions of what is being typed into a search box."""

from typing import Any

import httpx
import pytest


def suggested(client: httpx.Client, q: str) -> list[dict[str, Any]]:
    response = client.get("/v1/suggestions", params={"q": q}).raise_for_status().json()
    items: list[dict[str, Any]] = response["items"]
    return items


@pytest.mark.parametrize(
    ("q", "kind", "text"),
    [
        ("joint tr", "section", "Joint Training Exercises"),
        ("exer", "section", "Joint Training Exercises"),
        ("anp", "term", "Anpo protests"),
        ("安保", "term", "Anpo"),
        ("sdf", "term", "Self-Defense Forces"),
        ("höshö", "term", "Anpo"),
        ("ECONOMY a", "topic", "Economy and trade"),
        ("1960 tr", "instrument", "1960 treaty (US-Japan Security Treaty)"),
        ("interop", "word", "interoperability"),
        ("joint exer", "word", "joint exercises"),
    ],
)
def test_a_word_or_a_title_is_completed_while_it_is_typed(client: httpx.Client, q: str, kind: str, text: str) -> None:
    assert (kind, text) in [(item["kind"], item["text"]) for item in suggested(client, q)]


@pytest.mark.parametrize("q", ["s", "se", "th", "the us-japan se", "a", "1", "treaty of"])
def test_there_are_at_most_ten_and_each_leads_somewhere(client: httpx.Client, q: str) -> None:
    items = suggested(client, q)
    assert 0 < len(items) <= 10
    assert len({item["url"] for item in items}) == len(items)
    for item in items:
        response = client.get(item["url"])
        assert response.status_code == 200
        if item["kind"] == "word":
            assert response.json()["match"] == "all"
            assert response.json()["total"] > 0


def test_titles_that_begin_with_what_is_typed_come_first(client: httpx.Client) -> None:
    items = suggested(client, "tr")
    assert [item["kind"] for item in items[-3:]] == ["word"] * 3
    texts = [item["text"] for item in items if item["kind"] != "word"]
    begins = [text.lower().startswith("tr") for text in texts]
    assert begins == sorted(begins, reverse=True)
    assert begins[0]
    assert not begins[-1]


def test_a_stem_in_common_is_not_enough(client: httpx.Client) -> None:
    assert "section" in {item["kind"] for item in suggested(client, "exercis")}
    assert "section" not in {item["kind"] for item in suggested(client, "exercised")}


@pytest.mark.parametrize("q", ["!!", "*", "-", "qqqq"])
def test_where_nothing_begins_like_it_there_is_nothing_to_suggest(client: httpx.Client, q: str) -> None:
    assert suggested(client, q) == []


@pytest.mark.parametrize("query", ["", "q=", "q=+", f"q={'x' * 201}", "q=a&limit=3"])
def test_what_cannot_be_completed_is_a_problem(client: httpx.Client, query: str) -> None:
    assert client.get(f"/v1/suggestions?{query}").status_code == 422
