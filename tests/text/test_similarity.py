"""How similar words are to a quotation."""

import pytest
from hypothesis import given, settings

from app.text.boundaries import is_word_boundary
from app.text.similarity import MIN_SIMILARITY, most_similar_words
from tests.examples import examples
from tests.text.texts import TEXTS


@pytest.mark.parametrize(
    ("text", "quotation", "there"),
    [
        ("Signed in Washington, it obliged Tokyo to act.", "it OBLIGED Tokyo", "it obliged Tokyo"),
        ("It said (in part): “the sea is free”.", "The sea was free", "the sea is free"),
        ("the defense of Japan’s islands", "the defence of Japan", "the defense of Japan’s"),
        ("the U.S. bases on Okinawa", "the US bases of Okinawa", "the U.S. bases on Okinawa"),
        (
            "日本国とアメリカ合衆国との間の相互協力及び安全保障条約",
            "間の相互協力と安全保障",
            "間の相互協力及び安全保障",
        ),
        ("one two three", "zero one two three four five", "one two three"),
    ],
)
def test_the_most_similar_words_are_whole_words_without_white_space(text: str, quotation: str, there: str) -> None:
    found = most_similar_words(text, quotation)
    assert found is not None
    assert text[found.span.start : found.span.end] == there
    assert found.similarity > 0.5


def test_the_same_words_have_similarity_1_whatever_their_case_and_punctuation() -> None:
    found = most_similar_words("A “free” sea; a Tōkyō.", "a free sea -- a TOKYO")
    assert found is not None
    assert found.similarity == 1


def test_similarity_counts_words_and_letters() -> None:
    one_of_four_words_misspelled = most_similar_words("the sea is free", "the sea is fre")
    one_of_four_words_replaced = most_similar_words("the sea is free", "the sea is deep")
    assert one_of_four_words_misspelled is not None
    assert one_of_four_words_replaced is not None
    assert one_of_four_words_misspelled.similarity > one_of_four_words_replaced.similarity > MIN_SIMILARITY


@pytest.mark.parametrize(("text", "quotation"), [("", "a"), ("a", ""), ("—", "a"), ("a", "…")])
def test_without_words_nothing_is_similar(text: str, quotation: str) -> None:
    assert most_similar_words(text, quotation) is None


@settings(max_examples=examples(500))
@given(TEXTS, TEXTS)
def test_whatever_is_similar_starts_and_ends_at_word_boundaries(text: str, quotation: str) -> None:
    if found := most_similar_words(text, quotation):
        start, end = found.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert is_word_boundary(text, start)
        assert is_word_boundary(text, end)
        assert 0 <= found.similarity <= 1
