"""The number of words of a text, and the combining marks inside them."""

import re
import unicodedata

import pytest

from app.text.words import MARKS, count_words, marks


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The US-Japan treaty – signed in 1960.", 6),
        ("don’t", 1),
        ("", 0),
        (" – … ", 0),
        ("日米安全保障条約", 8),
        ("デモ・行進（1960年）", 6),
        ("the 安保 treaty", 4),
        ("조약은 한국", 2),
    ],
)
def test_words_are_separated_by_spaces_and_ideographs_are_words(text: str, number: int) -> None:
    assert count_words(text) == number


def test_the_classes_of_marks_match_all_combining_marks_and_nothing_else() -> None:
    for first, last, ranges in ((0x300, 0xFFFF, MARKS), (0x10000, 0x1F000, marks(0x10000, 0x1F000))):
        characters = [chr(code) for code in range(first, last + 1)]
        expected = [char for char in characters if unicodedata.category(char).startswith("M")]
        assert [char for char in characters if re.match(f"[{ranges}]", char)] == expected
