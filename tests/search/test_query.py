"""Spellings, phrases and prefixes in search queries, and words that no guide has any more."""

from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from app.search.parsing import parse_query
from tests.service import seed, serving


def total(client: httpx.Client, query: str) -> int:
    kind = "" if "kind=" in query else "kind=section&"
    counted: int = client.get(f"/v1/search?{kind}{query}").raise_for_status().json()["total"]
    return counted


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("U.S.-Japan", "US-Japan"),
        ('"U.S. Japan"', '"US Japan"'),
        ("co-operation", "cooperation"),
        ("nation's", "nations"),
        ("ｓｅｃｕｒｉｔｙ", "security"),
        ("se\N{SOFT HYPHEN}curity", "security"),
        ("defence*", "defense*"),
    ],
)
def test_spelling_and_punctuation_make_no_difference(client: httpx.Client, query: str, same: str) -> None:
    assert 0 < total(client, urlencode({"q": same})) <= total(client, urlencode({"q": query}))


@pytest.mark.parametrize("query", ['"exercises joint"', "1951-1960", "self-defense", "socio-economic", "Japan-U.S."])
def test_an_absent_phrase_falls_back_to_its_words(client: httpx.Client, query: str) -> None:
    page = client.get("/v1/search", params={"q": query, "kind": "section"}).json()
    assert page["match"] == "any"
    assert page["total"] > 0


def test_a_long_phrase_of_words_with_two_spellings_gives_a_short_query() -> None:
    for text in ("grey." * 39 + "s*", "grey." * 39 + "security*", "grey." * 39 + "s"):
        query = parse_query(text).to_fts5({"security": ["security"] * 2_000}, match_all=True)
        assert len(query) < 8 * 2_000 * len(text)


def test_a_short_prefix_matches_every_word(seeds: Path, store: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    letters = "abcdefghijklmnopqrstuvwxyz"
    more = "".join(f"\n## Part {n} {{#part-{n}}}\n\nBa{letters[n % 26]}{letters[n // 26]}x.\n" for n in range(26 * 26))
    path.write_text(path.read_text() + more)
    seed(store, seeds)
    with serving(store) as client:
        assert total(client, "q=ba*") == 26 * 26
        assert total(client, "q=nowhere+-ba*&guide=nowhere-and-the-sea") == 1


def test_a_removed_word_is_neither_found_nor_completed_nor_suggested(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    terms = seeds / "treaty-of-nowhere/terms.yaml"
    terms.write_text(terms.read_text().replace("Nowhere Treaty Organization", "Quasar Treaty Organization"))
    seed(store, seeds)
    with serving(store) as client:
        assert total(client, "q=quasar&kind=term") == 1
        assert client.get("/v1/suggestions?q=quas").json()["items"]
    terms.write_text(terms.read_text().replace("Quasar Treaty Organization", "Nowhere Treaty Organization"))
    seed(store, seeds)
    with serving(store) as client:
        assert total(client, "q=quasar&kind=term") == 0
        assert client.get("/v1/suggestions?q=quas").json()["items"] == []
        assert client.get("/v1/search?q=quasaar").json()["suggestion"] is None


def test_words_of_an_article_find_it(sample: httpx.Client) -> None:
    page = sample.get("/v1/search?q=pens+returned&kind=article").json()
    assert [item["title"] for item in page["items"]] == ["Treaty of Nowhere, III: Pens"]


def test_a_single_letter_is_a_word_and_not_a_prefix() -> None:
    assert parse_query("t* s*").to_fts5({}, match_all=True) == parse_query("t s").to_fts5({}, match_all=True)
    assert parse_query("tr*").to_fts5({}, match_all=True) != parse_query("tr").to_fts5({}, match_all=True)
