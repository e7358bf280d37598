"""Quotations: exact, normalized and absent ones."""

import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.content import read_guides
from tests.examples import examples
from tests.service import SEEDS, seed, serving

(SHIPPED,) = read_guides(SEEDS)
TEXTS = {
    (f"{section.slug}.{n}", edition): text
    for section in SHIPPED.sections
    for n, passage in enumerate(section.passages, start=1)
    for edition, text in (("original", passage.text), ("corrected", passage.corrected or passage.text))
}

# The fixture is a client of a service that never changes, so that examples cannot disturb each other.
thorough = settings(max_examples=examples(250), suppress_health_check=[HealthCheck.function_scoped_fixture])


def look_up(client: httpx.Client, text: str) -> Any:
    return client.get("/v1/quotations", params={"text": text}).raise_for_status().json()


@st.composite
def substrings(draw: st.DrawFn) -> tuple[str, str, int, str]:
    """A passage, an edition, an offset in its text, and the words from there on."""
    passage, edition = draw(st.sampled_from(sorted(TEXTS)))
    text = TEXTS[passage, edition]
    start = draw(st.integers(0, len(text) - 5))
    end = draw(st.integers(start + 4, min(len(text), start + 400)))
    return passage, edition, start, text[start:end]


@st.composite
def runs_of_words(draw: st.DrawFn) -> list[str]:
    """From 4 to 20 words in a row of some passage."""
    words = TEXTS[draw(st.sampled_from(sorted(key for key, text in TEXTS.items() if len(text.split()) > 7)))].split()
    start = draw(st.integers(0, len(words) - 4))
    return words[start : start + draw(st.integers(4, 20))]


def stands_nowhere(text: str) -> bool:
    """Whether no passage has these words, whatever their case."""
    return not any(text.lower() in whole.lower() for whole in TEXTS.values())


@thorough
@given(substrings())
def test_what_is_copied_from_a_passage_is_exact(client: httpx.Client, copied: tuple[str, str, int, str]) -> None:
    passage, edition, start, text = copied
    if not text.strip(" ’“”'\""):
        return
    result = look_up(client, text)
    assert result["match"] == "exact"
    for place in result["places"]:
        whole = TEXTS[place["passage"], place["edition"]]
        assert whole[place["start"] : place["end"]] == text
    if len(result["places"]) < 100:
        differs = TEXTS[passage, "original"] != TEXTS[passage, "corrected"]
        shown = (passage, edition if differs else "corrected", start)
        assert shown in {(p["passage"], p["edition"], p["start"]) for p in result["places"]}


VARIANTS = [
    str.upper,
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace(" ", "\N{NO-BREAK SPACE}"),
    lambda text: text.replace(" ", "\n"),
    lambda text: f"“{text}”",
    lambda text: f'"{text}"',
    lambda text: text.replace("’", "'").replace("-", "\N{EN DASH}").title(),
    lambda text: unicodedata.normalize("NFD", text).swapcase(),
]


@thorough
@given(runs_of_words(), st.sampled_from(VARIANTS))
def test_what_is_set_otherwise_is_normalized(client: httpx.Client, words: list[str], variant: Any) -> None:
    text = variant(" ".join(words))
    if any(text in whole for whole in TEXTS.values()):
        return
    result = look_up(client, text)
    assert result["match"] == "normalized"
    for place in result["places"]:
        found = TEXTS[place["passage"], place["edition"]][place["start"] : place["end"]]
        assert found.lower() == " ".join(words).lower()


def dropped(words: list[str], at: int) -> list[str]:
    return words[:at] + words[at + 1 :]


def added(words: list[str], at: int) -> list[str]:
    return [*words[:at], "not", *words[at:]]


def swapped(words: list[str], at: int) -> list[str]:
    return [*words[: at - 1], words[at], words[at - 1], *words[at + 1 :]]


def hidden(words: list[str], at: int) -> list[str]:
    return [*words[:at], "…", *words[at + 1 :]]


def hidden_in_brackets(words: list[str], at: int) -> list[str]:
    return [*words[:at], "[...]", *words[at + 1 :]]


@settings(parent=thorough, max_examples=examples(500))
@given(runs_of_words(), st.sampled_from([dropped, added, swapped, hidden, hidden_in_brackets]), st.data())
def test_a_word_dropped_added_swapped_or_hidden_makes_it_absent(
    client: httpx.Client, words: list[str], change: Any, data: st.DataObject
) -> None:
    text = " ".join(change(words, data.draw(st.integers(1, len(words) - 2))))
    if stands_nowhere(text):
        result = look_up(client, text)
        assert (result["match"], result["places"]) == ("absent", [])


def test_a_misquotation_is_answered_with_the_nearest_words_as_a_hint(client: httpx.Client) -> None:
    result = look_up(client, "Joint exercises play a pivotal role in enhancing operational readiness")
    assert (result["match"], result["places"]) == ("absent", [])
    nearest = result["nearest"]
    assert nearest["passage"] == "joint-training-exercises.1"
    assert nearest["text"] == TEXTS[nearest["passage"], nearest["edition"]][nearest["start"] : nearest["end"]]
    assert "exercises play a pivotal role in enhancing the operational readiness" in nearest["text"]
    assert look_up(client, "xylophone zymurgy quux")["nearest"] is None


def test_what_only_the_author_wrote_is_found_in_the_original(client: httpx.Client) -> None:
    result = look_up(client, "Established in {YEAR}")
    (place,) = result["places"]
    assert (result["match"], place["passage"], place["edition"]) == ("exact", "significance.1", "original")
    assert client.get(place["url"]).json()["text"][place["start"] : place["end"]] == "Established in {YEAR}"
    (place,) = look_up(client, "Established in 1960, this treaty")["places"]
    assert place["edition"] == "corrected"
    both = look_up(client, "this treaty symbolizes the enduring alliance")["places"]
    assert [place["edition"] for place in both] == ["corrected", "original"]


def test_a_place_links_to_the_words_in_the_section(client: httpx.Client) -> None:
    (place,) = look_up(client, "Joint training exercises play")["places"]
    address, _, fragment = place["text_fragment"].partition("#")
    assert client.get(address).json()["slug"] == place["section"]
    assert unquote(fragment) == f"{place['passage']}:~:text=Joint training exercises play"


def test_offsets_count_code_points(sample: httpx.Client) -> None:
    result = look_up(sample, "発効した")
    (place,) = result["places"]
    text = sample.get(place["url"]).json()["text"]
    assert text[place["start"] : place["end"]] == "発効した"


def test_a_letter_cut_from_its_marks_is_exact_still(seeds: Path, store: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    path.write_text(path.read_text().replace("no harbour", "an e\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}tang"))
    seed(store, seeds / "nowhere-and-the-sea")
    with serving(store) as client:
        assert look_up(client, "e\N{COMBINING ACUTE ACCENT}")["match"] == "exact"


def test_a_title_is_not_looked_through(client: httpx.Client) -> None:
    assert look_up(client, "History of the US-Japan Security Treaty")["match"] == "absent"


def test_a_word_that_is_everywhere_has_a_hundred_places_at_most(client: httpx.Client) -> None:
    assert len(look_up(client, "e")["places"]) == 100
    assert len(look_up(client, "E")["places"]) <= 100


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Field required"),
        ("text=", "at least 1 character"),
        ("text=%20%20", "at least one letter"),
        ("text=%E2%80%9C%E2%80%9D", "at least one letter"),
        ("text=" + "a" * 2001, "at most 2000 characters"),
        ("text=a&q=b", "no such parameter"),
    ],
)
def test_what_is_no_quotation_is_refused(client: httpx.Client, query: str, said: str) -> None:
    response = client.get(f"/v1/quotations?{query}")
    assert response.status_code == 422
    assert said in response.json()["detail"]


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "%", "' OR 1=1 --", '"', "NEAR(", "*", "\ud83d", "🇯🇵", "a" * 2000, "ß" * 2000, "\u0301"]
)
def test_line_30_no_quotation_is_too_odd_for_an_answer(client: httpx.Client, text: str) -> None:
    response = client.get("/v1/quotations", params={"text": text.encode(errors="surrogatepass")})
    assert response.status_code in {200, 414, 422}  # percent-encoded, some make an address over 8 KiB
