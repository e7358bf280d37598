"""The tool that checks quotations."""

import random
from typing import Any

import httpx

from tests.mcp.json_rpc import call
from tests.service import GUIDE

PLACES = 20


def test_a_quotation_with_one_changed_word_is_never_reported_as_exact(client: httpx.Client) -> None:
    chosen = random.Random(19)
    passages = [
        item["text"]
        for item in client.get(f"/v1/guides/{GUIDE}/passages?limit=100&edition=original").json()["items"]
        if len(item["text"]) < 2_000
    ]
    true, changed = [], []
    for text in chosen.sample(passages, PLACES):
        words = text.split(" ")
        place = chosen.randrange(len(words))
        true.append(text)
        changed.append(" ".join([*words[:place], "Liechtenstein", *words[place + 1 :]]))
    assert [result["match"] for result in check(client, true)] == ["exact"] * PLACES
    results = check(client, changed)
    assert [result["match"] for result in results] == ["absent"] * PLACES
    assert all(result["nearest"] and result["nearest"]["similarity"] < 1 for result in results)


def check(client: httpx.Client, quotes: list[str]) -> list[dict[str, Any]]:
    """Check quotations, again with those for which there was no room."""
    results: list[dict[str, Any]] = []
    while len(results) < len(quotes):
        page = call(client, "verify_quotations", quotes=quotes[len(results) :])
        assert page["results"]
        done = len(page["results"])
        is_all = len(results) + done == len(quotes)
        assert is_all or page["notice"].startswith(
            f"Only the first {done} of {len(quotes) - len(results)} were checked"
        )
        assert [result["number"] for result in page["results"]] == list(range(1, done + 1))
        results += page["results"]
    return results


def test_a_quotation_comes_with_its_place_and_corrections(client: httpx.Client) -> None:
    exact, normalized, absent = check(
        client, ["anchored in mutual defense", "Anchored in Mutual  Defense", "anchored in mutual defence"]
    )
    assert (exact["match"], normalized["match"], absent["match"]) == ("exact", "normalized", "absent")
    place = exact["places"][0]
    assert place["id"] == f"guides/{GUIDE}/passages/significance.1"
    (correction,) = place["corrections"]
    assert correction["status"] == "suggested"
    document = call(client, "fetch", id=correction["id"])
    assert "anchored in mutual defense" in document["text"]
    assert absent["nearest"]["text"] == "anchored in mutual defense"


def test_twenty_long_quotations_are_checked_in_several_calls(client: httpx.Client) -> None:
    items = client.get(f"/v1/guides/{GUIDE}/passages?limit=100").json()["items"]
    text = " ".join(item["text"] for item in items)
    quotes = [text[start : start + 2_000] for start in range(0, 20_000, 1_000)]
    assert {result["match"] for result in check(client, quotes)} == {"absent"}
