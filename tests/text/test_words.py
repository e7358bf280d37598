"""The number of words of a text."""

import pytest

from app.text.words import count_words


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
