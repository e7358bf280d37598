"""The nearest words to a quotation that is absent, and the threshold below which there are none."""

from typing import Any

import httpx
import pytest

from app.text.boundaries import is_word_boundary
from app.text.similarity import MIN_SIMILARITY
from tests.routers.test_quotations import TEXTS, look_up

# What a misquotation is like, the misquotation, and the words that it is answered with.
MISQUOTATIONS = [
    (
        "a word dropped",
        "exercises play a pivotal role in enhancing operational readiness",
        "exercises play a pivotal role in enhancing the operational readiness",
    ),
    ("a word dropped, in capitals", "ANCHORED IN MUTUAL OBLIGATIONS", "anchored in mutual defense obligations"),
    (
        "a word changed",
        "both nations pledge to defend each other in the event of an armed attack",
        "both nations pledge to support each other in the event of an armed attack",
    ),
    (
        "a year changed",
        "was signed in 1960 in the aftermath of World War II",
        "was signed in 1951 in the aftermath of World War II",
    ),
    ("a small word changed", "the unequal nature of this treaty", "the unequal nature of the treaty"),
    (
        "several words changed",
        "The US-Japan Security Treaty is a cornerstone of military alliances in the context of international relations",
        "The US-Japan Security Treaty stands as a cornerstone of military alliances within the context of international"
        " relations",
    ),
    (
        "other forms of words",
        "the Treaty has helped promote market access and reduce barriers to trade",
        "The Treaty has helped in promoting market access and reducing barriers to trade",
    ),
    (
        "words swapped",
        "the hosting of military US bases and troops in Japan",
        "the hosting of US military bases and troops in Japan",
    ),
    ("more words swapped", "as a linchpin for East Asian security", "as a linchpin for security in East"),
    ("phrases swapped", "reducing trade barriers", "reducing barriers to"),
    (
        "typing errors",
        "acting as a deterent against potental agressors",
        "acting as a deterrent against potential aggressors",
    ),
    ("a typing error in few words", "promoting market acess", "promoting market access"),
    ("British spelling", "anchored in mutual defence obligations", "anchored in mutual defense obligations"),
    ("truncated in a word", "anchored in mutual def", "anchored in mutual defense"),
    (
        "another abbreviation, and a word changed",
        "the hosting of U.S. military bases and soldiers in Japan",
        "the hosting of US military bases and troops in Japan",
    ),
    (
        "words replaced by an ellipsis",
        "navigating internal dissent … remains a critical aspect for the treaty’s resilience",
        "navigating internal dissent and external pressures remains a critical aspect for the",
    ),
]
# Sentences about the same subject that the guide does not contain.
OTHER_SENTENCES = [
    "The United States shall defend Japan at all costs",
    "Japan must pay for all American bases on its soil",
    "The treaty can be terminated by either party after one year of notice",
    "The Prime Minister of Japan resigned after the treaty was ratified",
    "American troops are not subject to Japanese courts",
    "The treaty was rejected by the Senate of the United States",
    "China has protested against the security alliance between Japan and the United States",
    "Nuclear weapons shall not be introduced into Japan without prior consultation",
    "Okinawa was returned to Japan by the United States",
    "The security of Japan depends on the nuclear umbrella of the United States",
    "The US-Japan Security Treaty obliges Japan to buy American weapons",
    "The US and Japan are enemies in the Pacific region",
    "In the event of war the treaty ends",
    "the peace and security of the region",
    "security treaty between Japan and Russia",
    "the treaty bans all weapons",
    "xylophone zymurgy quux",
    "日米安全保障条約",
    "?",
]


@pytest.mark.parametrize(("text", "expected"), [each[1:] for each in MISQUOTATIONS], ids=[m[0] for m in MISQUOTATIONS])
def test_a_misquotation_is_answered_with_the_nearest_words(client: httpx.Client, text: str, expected: str) -> None:
    result = look_up(client, text)
    assert (result["match"], result["places"], result["total"]) == ("absent", [], 0)
    nearest = result["nearest"]
    assert nearest["text"] == expected
    assert MIN_SIMILARITY <= nearest["similarity"] < 1
    check_place(nearest)


@pytest.mark.parametrize("text", OTHER_SENTENCES)
def test_a_sentence_on_the_same_subject_is_near_to_nothing(client: httpx.Client, text: str) -> None:
    result = look_up(client, text)
    assert (result["match"], result["nearest"]) == ("absent", None)


def test_a_quotation_that_is_almost_a_phrase_of_the_guide_is_near_to_it_whatever_it_means(client: httpx.Client) -> None:
    nearest = look_up(client, "trade war between the US and Japan")["nearest"]
    assert nearest["text"] == "the bond between the US and Japan"  # five of seven words are the same
    assert nearest["similarity"] < 0.8


def test_each_passage_is_nearest_to_itself_without_some_words(client: httpx.Client) -> None:
    for (passage, edition), text in TEXTS.items():
        words = text.split()
        if edition == "corrected" and len(words) > 12:
            misquoted = " ".join(word for n, word in enumerate(words[:60]) if n % 5 != 3)
            nearest = look_up(client, misquoted)["nearest"]
            assert nearest["passage"] == passage
            check_place(nearest)


def test_the_nearest_words_have_their_corrections(client: httpx.Client) -> None:
    nearest = look_up(client, "anchored in mutual defence obligations")["nearest"]
    assert nearest["corrections"] == [
        {"slug": "mutual-defense-asymmetry", "status": "suggested", "severity": "moderate"}
    ]
    nearest = look_up(client, "this treaty symbolises the enduring alliance")["nearest"]
    assert nearest["corrections"] == []


def check_place(nearest: Any) -> None:
    whole = TEXTS[nearest["passage"], nearest["edition"]]
    assert nearest["text"] == nearest["text"].strip() == whole[nearest["start"] : nearest["end"]]
    assert is_word_boundary(whole, nearest["start"])
    assert is_word_boundary(whole, nearest["end"])
