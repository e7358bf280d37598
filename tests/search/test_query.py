"""How a word may be written and still be found, and what is no longer there."""

from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from app.search.query import parse_query
from tests.service import seed, serving


def total(client: httpx.Client, query: str) -> int:
    counted: int = client.get(f"/v1/search?{query}").raise_for_status().json()["total"]
    return counted


@pytest.mark.parametrize(
    ("asked", "same"),
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
def test_one_thing_is_found_however_it_is_written(client: httpx.Client, asked: str, same: str) -> None:
    assert 0 < total(client, urlencode({"q": same})) <= total(client, urlencode({"q": asked}))


@pytest.mark.parametrize("asked", ['"exercises joint"', "1951-1960", "self-defense", "socio-economic", "Japan-U.S."])
def test_where_a_phrase_stands_nowhere_its_words_are_looked_for(client: httpx.Client, asked: str) -> None:
    page = client.get("/v1/search", params={"q": asked}).json()
    assert page["match"] == "any"
    assert page["total"] > 0


def test_a_phrase_of_words_with_two_spellings_is_a_short_query_still() -> None:
    for typed in ("grey." * 39 + "s*", "grey." * 39 + "security*", "grey." * 39 + "s"):
        query = parse_query(typed).to_fts5({"security": ["security"] * 2_000}, match_all=True)
        assert len(query) < 8 * 2_000 * len(typed)


def test_a_short_prefix_stands_for_every_word(seeds: Path, store: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    letters = "abcdefghijklmnopqrstuvwxyz"
    more = "".join(f"\n## Part {n} {{#part-{n}}}\n\nBa{letters[n % 26]}{letters[n // 26]}x.\n" for n in range(26 * 26))
    path.write_text(path.read_text() + more)
    seed(store, seeds)
    with serving(store) as client:
        assert total(client, "q=ba*") == 26 * 26
        assert total(client, "q=nowhere+-ba*&guide=nowhere-and-the-sea") == 1


def test_what_is_gone_is_neither_found_nor_completed_nor_suggested(store: Path, seeds: Path) -> None:
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


def test_what_an_article_says_finds_its_instrument(sample: httpx.Client) -> None:
    assert total(sample, "q=pens+returned&kind=instrument") == 1


def test_a_single_letter_is_a_word_and_no_prefix() -> None:
    assert parse_query("t* s*").required == parse_query("t s").required
    assert parse_query("tr*").required != parse_query("tr").required
