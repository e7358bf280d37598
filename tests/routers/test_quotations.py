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
from app.queries import quotations
from app.text.boundaries import is_word_boundary
from tests.examples import examples
from tests.http.responses import problem
from tests.service import GUIDE, SAMPLE, SEEDS, seed, serving

(SHIPPED,) = read_guides(SEEDS)
TEXTS = {
    (f"{section.slug}.{n}", edition): text
    for section in SHIPPED.sections
    for n, passage in enumerate(section.passages, start=1)
    for edition, text in (("original", passage.text), ("corrected", passage.corrected or passage.text))
}

# The fixture is a client of a service that never changes, so that examples cannot disturb each other.
thorough = settings(max_examples=examples(250), suppress_health_check=[HealthCheck.function_scoped_fixture])


def look_up(client: httpx.Client, text: str, **query: Any) -> Any:
    return client.get("/v1/quotations", params={"text": text, **query}).raise_for_status().json()


@st.composite
def substrings(draw: st.DrawFn) -> tuple[str, str, int, str]:
    """A passage, an edition, an offset in its text, and the characters from there on."""
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
def test_whole_words_copied_from_a_passage_are_exact(client: httpx.Client, copied: tuple[str, str, int, str]) -> None:
    passage, edition, start, text = copied
    if not text.strip(" ’“”'\""):
        return
    result = look_up(client, text, limit=100)
    for place in result["places"]:
        whole = TEXTS[place["passage"], place["edition"]]
        assert (whole[place["start"] : place["end"]] == text) == (result["match"] == "exact")
        assert is_word_boundary(whole, place["start"])
        assert is_word_boundary(whole, place["end"])
    if result["total"] <= 100:
        differs = TEXTS[passage, "original"] != TEXTS[passage, "corrected"]
        shown = (passage, edition if differs else "corrected", start)
        whole = TEXTS[passage, edition]
        is_whole = is_word_boundary(whole, start) and is_word_boundary(whole, start + len(text))
        assert (shown in {(p["passage"], p["edition"], p["start"]) for p in result["places"]}) == is_whole


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


def test_a_letter_cut_from_its_marks_has_no_place(seeds: Path, store: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    path.write_text(path.read_text().replace("no harbour", "an e\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}tang"))
    seed(store, seeds / "nowhere-and-the-sea")
    with serving(store) as client:
        assert look_up(client, "an e\N{COMBINING ACUTE ACCENT}")["match"] == "absent"
        assert look_up(client, "\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}tang")["match"] == "absent"


def test_a_title_is_not_looked_through(client: httpx.Client) -> None:
    assert look_up(client, "History of the US-Japan Security Treaty")["match"] == "absent"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("ilateral", []),
        ("technolog", []),
        ("e", []),
        ("undermines Japan", []),  # the text has “Japan’s”
        ("Japan Security Treaty undermines", ["domestic-opposition.1"]),  # “US-Japan”
        ("(U", []),
        ("of U.S. military", ["challenges-and-criticisms.2"]),
        ("U.S", ["challenges-and-criticisms.2"]),
    ],
)
def test_a_place_is_made_of_whole_words(client: httpx.Client, text: str, where: list[str]) -> None:
    result = look_up(client, text)
    assert ([place["passage"] for place in result["places"]], result["total"]) == (where, len(where))


def test_total_counts_the_places_beyond_the_limit(client: httpx.Client) -> None:
    for text, match in (("the", "exact"), ("SECURITY", "normalized")):
        result = look_up(client, text)
        assert (result["match"], len(result["places"])) == (match, 20)
        assert result["total"] > 100
        assert look_up(client, text, limit=100)["total"] == result["total"]
        assert look_up(client, text, limit=100)["places"][:20] == result["places"]
        assert look_up(client, text, limit=3)["places"] == result["places"][:3]


def test_a_common_word_has_all_its_places(sample: httpx.Client) -> None:
    result = look_up(sample, "nowhere", limit=100)
    assert [place["passage"] for place in result["places"]] == ["harbours.1", "opening.1"]
    assert (result["match"], result["total"]) == ("normalized", 2)


def test_at_most_so_many_places_are_counted(sample: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotations, "MAX_COUNTED", 1)
    assert look_up(sample, "Nowhere", limit=1)["total"] == 1


def test_reading_too_many_passages_is_a_503(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotations, "MAX_QUERY_S", -1)
    seed(store, SAMPLE)
    with serving(store) as client:
        refused = problem(client.get("/v1/quotations?text=Nowhere"))
        assert (refused.status, "look up more words" in refused.detail) == (503, True)
        assert client.get("/v1/quotations?text=Somewhere").status_code == 200  # no passage to read


@pytest.mark.parametrize("limit", ["0", "101", "-1", "1.5", "+5", "x", ""])
def test_a_limit_is_a_number_from_1_to_100(client: httpx.Client, limit: str) -> None:
    response = client.get("/v1/quotations", params={"text": "the treaty", "limit": limit})
    assert problem(response).status == 422
    assert response.json()["errors"][0]["parameter"] == "limit"


def test_a_guide_restricts_places_and_what_is_nearest(sample: httpx.Client) -> None:
    assert look_up(sample, "Nowhere")["total"] == 2
    sea = look_up(sample, "Nowhere", guide="nowhere-and-the-sea")
    assert [place["guide"] for place in sea["places"]] == ["nowhere-and-the-sea"]
    assert sea["total"] == 1
    assert look_up(sample, "Fish pay nothing", guide="nowhere-and-the-sea")["match"] == "absent"
    assert look_up(sample, "Nowhere has a harbour")["nearest"]["guide"] == "nowhere-and-the-sea"
    assert look_up(sample, "Nowhere has a harbour", guide="treaty-of-nowhere")["nearest"] is None


def test_an_unknown_guide_is_a_422_that_suggests_existing_ones(client: httpx.Client, sample: httpx.Client) -> None:
    for text in ("Nowhere has no harbour", "ilateral"):
        response = sample.get("/v1/quotations", params={"text": text, "guide": "nowhere-and-the-see"})
        assert problem(response).status == 422
        assert response.json()["did_you_mean"] == ["nowhere-and-the-sea"]
        assert response.json()["errors"][0]["parameter"] == "guide"


def corrections_of(place: Any) -> list[tuple[str, str, str]]:
    return [(each["slug"], each["status"], each["severity"]) for each in place["corrections"]]


def test_a_quotation_that_our_corrections_call_wrong_says_so(client: httpx.Client) -> None:
    result = look_up(client, "anchored in mutual defense obligations")
    (corrected, original) = result["places"]
    assert result["match"] == "exact"
    assert corrections_of(corrected) == [("mutual-defense-asymmetry", "suggested", "moderate")]
    assert corrections_of(original) == corrections_of(corrected)
    (place,) = look_up(client, "was signed in 1951 in the aftermath of")["places"]
    assert (place["edition"], corrections_of(place)) == ("original", [("signed-1951-conflation", "applied", "major")])
    (place,) = look_up(client, "symbolizes the ENDURING alliance between the United States and Japan,")["places"][:1]
    assert place["corrections"] == []


def test_every_place_lists_the_corrections_that_overlap_it_in_the_order_of_the_text(client: httpx.Client) -> None:
    spans = {
        (passage["id"], edition): passage["corrections"]
        for edition in ("corrected", "original")
        for passage in client.get(f"/v1/guides/{GUIDE}/passages?limit=100&edition={edition}").json()["items"]
    }
    for passage in sorted({passage for passage, _ in TEXTS}):
        for sentence in TEXTS[passage, "original"].split(". ")[1:3]:
            for place in look_up(client, sentence)["places"]:
                start, end = place["start"], place["end"]
                in_passage = spans[place["passage"], place["edition"]]
                overlapping = [each["slug"] for each in in_passage if each["start"] < end and start < each["end"]]
                assert [each["slug"] for each in place["corrections"]] == list(dict.fromkeys(overlapping))


@pytest.mark.parametrize(
    ("text", "edition", "slugs"),
    [
        ("The treaty was signed", "corrected", []),
        ("on Wednesday", "corrected", ["tuesday", "nobody"]),  # both are about words that are replaced as a whole
        ("July 1959, & nobody", "corrected", ["tuesday", "nobody"]),
        ("on a Tuesday & nobody", "original", ["tuesday", "nobody"]),
        ("a Tuesday", "original", ["tuesday", "nobody"]),
        ("& nobody", "original", ["nobody"]),
        ("The treaty was signed ", "original", []),  # touches a correction, but shares no character with it
        ("minded", "original", []),
        (" minded", "original", []),
        ("Ratification took 1", "corrected", ["tuesday"]),  # a further place of the correction
        ("Ratification", "corrected", []),
        ("there was tea", "corrected", ["tea"]),
        ("there was", "corrected", []),
    ],
)
def test_corrections_overlap_a_place_in_its_edition(
    sample: httpx.Client, text: str, edition: str, slugs: list[str]
) -> None:
    places = [place for place in look_up(sample, text)["places"] if place["edition"] == edition]
    assert [[each["slug"] for each in place["corrections"]] for place in places] == [slugs]


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
