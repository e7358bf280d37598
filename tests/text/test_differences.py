"""Differences between two texts, word by word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.differences import MAX_PAIRS, compare_words

TEXTS = st.lists(
    st.sampled_from(["treaty", "signed", " ", "  ", ",", ".", "条", "約", "は", "が", "don’t", "1,960"])
).map("".join)


def marked(before: str, after: str) -> str:
    """Mark deleted and inserted words like `git diff --word-diff`."""
    marks = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(marks[op].format(text) for op, text in compare_words(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("It was signed in 1951.", "It was signed in 1960.", "It was signed in [-1951-]{+1960+}."),
        ("", "New.", "{+New.+}"),
        ("Old.", "", "[-Old.-]"),
        ("Same.", "Same.", "Same."),
        ("", "", ""),
        ("the quick fox", "a slow fox", "[-the quick-]{+a slow+} fox"),
        ("It isn’t over.", "It is over.", "It [-isn’t-]{+is+} over."),
        ("18,000 troops", "19,000 troops", "[-18,000-]{+19,000+} troops"),
        ("条約は1960年に発効した。", "条約は1952年に発効する。", "条約は[-1960-]{+1952+}年に発効[-した-]{+する+}。"),
        ("かき", "がき", "[-か-]{+が+}き"),
        ("かき", "か\u3099き", "[-か-]{+か\u3099+}き"),
    ],
)
def test_words_are_compared_and_japanese_by_character(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_read_from_the_differences(before: str, after: str) -> None:
    words = compare_words(before, after)
    assert "".join(text for op, text in words if op != "insert") == before
    assert "".join(text for op, text in words if op != "delete") == after
    assert all(text for _, text in words)
    neighbours = pairwise(op for op, _ in words)
    assert all(pair != ("insert", "delete") and pair[0] != pair[1] for pair in neighbours)
    if before == after:
        assert all(op == "equal" for op, _ in words)


def test_texts_that_are_too_long_to_align_differ_as_a_whole() -> None:
    long = "word " * int(MAX_PAIRS**0.5)
    assert [op for op, _ in compare_words(long, f"{long}.")] == ["delete", "insert"]
    assert [op for op, _ in compare_words(long, long)] == ["equal"]
