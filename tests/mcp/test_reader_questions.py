"""Questions of readers to the tools for quotations, contents and facts; the answers were read in `seeds/`."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import httpx
import pytest

from tests.mcp.json_rpc import call
from tests.service import GUIDE


class Finding(NamedTuple):
    """What `verify_quotations` is expected to find: the passages that have the words, or the nearest words."""

    match: str
    passages: Sequence[str] = ()
    corrections: Sequence[str] = ()
    nearest: str | None = None


# “Does the guide say …?” A passage with an applied correction has the words at another place in each edition.
QUOTATIONS = {
    "a cornerstone of military alliances": Finding("exact", ["introduction.1"]),
    "anchored in mutual defense obligations": Finding(
        "exact", ["significance.1", "significance.1?edition=original"], ["mutual-defense-asymmetry"]
    ),
    "was signed in 1951 in the aftermath of World War II": Finding(
        "exact", ["history.1?edition=original"], ["signed-1951-conflation"]
    ),
    "Established in {YEAR}": Finding("exact", ["significance.1?edition=original"], ["year-placeholder"]),
    "Established in 1960": Finding("exact", ["significance.1"], ["year-placeholder"]),
    "Following Japan's surrender": Finding(
        "normalized", ["history.1", "history.1?edition=original"], ["asia-pacific-vs-far-east"]
    ),
    "The treaty strengthens the military capabilities": Finding(
        "normalized", ["key-provisions.3?edition=original"], ["capabilities-attribution"]
    ),
    "maintaining a rules-based international order": Finding("exact", ["significance.3"], ["collective-security-term"]),
    "a linchpin for peace in East Asia": Finding("absent", nearest="a linchpin for security in East Asia"),
    "Japan must send troops if America goes to war": Finding("absent"),
}


@pytest.mark.parametrize("quote", QUOTATIONS)
def test_the_guide_is_quoted_rightly_or_not(client: httpx.Client, quote: str) -> None:
    (result,) = call(client, "verify_quotations", quotes=[quote])["results"]
    expected = QUOTATIONS[quote]
    assert result["match"] == expected.match
    assert [last_name(place) for place in result["places"]] == list(expected.passages)
    for place in result["places"]:
        assert place["edition"] == ("original" if "edition=original" in place["id"] else "corrected")
        assert [last_name(each) for each in place["corrections"]] == list(expected.corrections)
    assert (result["nearest"] and result["nearest"]["text"]) == expected.nearest


def last_name(item: dict[str, Any]) -> str:
    """Return the slug of a resource, or the id of a passage."""
    return str(item["id"]).rpartition("/")[2]


def titles(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["title"] for entry in entries]


def words(entry: dict[str, Any]) -> int:
    return int(entry["words"])


# How the answer is read from the entries of the guide, and the answer.
CONTENTS: dict[str, tuple[Callable[[list[dict[str, Any]]], object], object]] = {
    "How many sections does the guide have?": (len, 18),
    "How many chapters does it have?": (lambda entries: sum(entry["level"] == 1 for entry in entries), 12),
    "How does it begin?": (lambda entries: entries[0]["title"], "Introduction"),
    "How does it end?": (lambda entries: entries[-1]["title"], "Conclusion"),
    "What is chapter 3?": (lambda entries: entries[3]["title"], "3 Key Provisions within the US-Japan Security Treaty"),
    "What does it say about trade?": (
        lambda entries: [title for title in titles(entries) if "Trade" in title],
        ["7 Economic and Trade Dimensions of the Treaty", "7.2 Trade Implications and Mutual Benefits"],
    ),
    "Which sections does the chapter on challenges have?": (
        lambda entries: [title for title in titles(entries) if title.startswith("5.")],
        ["5.1 Domestic Opposition in Japan", "5.2 External Pressures and Negotiations"],
    ),
    "Which section is the longest?": (lambda entries: last_name(max(entries, key=words)), "joint-training-exercises"),
    "Which section is the shortest?": (lambda entries: last_name(min(entries, key=words)), "introduction"),
    "How long is the chapter on history?": (lambda entries: words(entries[1]), 142),
}


@pytest.mark.parametrize("question", CONTENTS)
def test_the_contents_answer_a_question(client: httpx.Client, question: str) -> None:
    read_answer, answer = CONTENTS[question]
    assert read_answer(call(client, "contents", guide=GUIDE)["entries"]) == answer


FACTS: dict[str, tuple[dict[str, str], list[str]]] = {
    "Which treaties were in force in 1955?": (
        {"kind": "instrument", "legal_character": "treaty", "in_force_on": "1955-01-01"},
        ["peace-treaty-1951", "security-treaty-1951", "fcn-treaty-1953", "un-forces-agreement-1954"],
    ),
    "Which treaties were in force when the treaty of 1960 took effect?": (
        {"kind": "instrument", "legal_character": "treaty", "in_force_on": "1960-06-23"},
        ["peace-treaty-1951", "fcn-treaty-1953", "un-forces-agreement-1954", "sofa-1960", "treaty-1960"],
    ),
    "Which agreements on technology are in force?": (
        {"kind": "instrument", "section": "technology-sharing-and-defense-modernization", "in_force_on": "2026-11-01"},
        [
            "mda-agreement-1954",
            "missile-defense-notes-2004",
            "arms-technology-notes-2006",
            "gsomia-2007",
            "guidelines-2015",
        ],
    ),
    "Which notes did the governments exchange?": (
        {"kind": "instrument", "legal_character": "exchange_of_notes"},
        [
            "acheson-yoshida-notes-1951",
            "notes-prior-consultation-1960",
            "scc-letters-1960",
            "military-technology-notes-1983",
            "missile-defense-notes-2004",
            "arms-technology-notes-2006",
        ],
    ),
    "What happened before 1955?": (
        {"kind": "event", "until": "1954"},
        ["1951-09-08", "1952-04-28", "1954-02-19", "1954-03-08", "1954-07-01"],
    ),
    "What happened in June 1960?": (
        {"kind": "event", "since": "1960-06", "until": "1960-06"},
        ["1960-06-15", "1960-06-19", "1960-06-23"],
    ),
    "Which courts have ruled?": ({"kind": "event", "category": "judicial"}, ["1959-12-16", "2026-02-20"]),
    "Since when is there an exercise?": ({"kind": "event", "category": "exercise"}, ["1986"]),
    "Which terms does the chapter on significance need?": (
        {"kind": "term", "section": "significance"},
        ["article-v", "collective-security", "senkaku-islands"],
    ),
    "Which terms does the chapter on provisions need?": (
        {"kind": "term", "section": "key-provisions"},
        [
            "article-v",
            "article-vi",
            "facilities-and-areas",
            "far-east",
            "gsomia",
            "prior-consultation",
            "status-of-forces-agreement",
            "two-plus-two",
            "us-forces-japan",
        ],
    ),
}


@pytest.mark.parametrize("question", FACTS)
def test_the_facts_answer_a_question(client: httpx.Client, question: str) -> None:
    arguments, slugs = FACTS[question]
    found = call(client, "facts", **arguments)
    assert (found["total"], found["next_cursor"]) == (len(slugs), None)
    assert sorted(map(last_name, found["items"])) == sorted(slugs)
