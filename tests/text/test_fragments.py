"""Text fragments: links that show a quotation in its page."""

from urllib.parse import unquote

import pytest

from app.text.fragments import text_fragment
from app.text.quotations import Span


def test_a_fragment_escapes_its_special_characters() -> None:
    text = "The US-Japan treaty, peace & war: 条約 (1960)."
    assert text_fragment(text, Span(4, 12)) == "US%2DJapan"
    assert text_fragment(text, Span(13, 32)) == "treaty%2C%20peace%20%26%20war"
    assert text_fragment(text, Span(34, 36)) == "%E6%9D%A1%E7%B4%84"


@pytest.mark.parametrize(
    ("text", "part", "widened"),
    [
        ("the states’ rights", "tate", "states"),
        ("they don’t agree", "t agree", "don’t agree"),
        ("they don’t agree", "don", "don’t"),
        ("some 1,960 men", "960 m", "1,960 men"),
        ("a cafe\u0301 noir", "cafe", "cafe\u0301"),
        ("(the treaty)", "the treaty", "the treaty"),
        ("of  the\n treaty", "of  the\n treaty", "of the treaty"),
    ],
)
def test_a_fragment_has_whole_words(text: str, part: str, widened: str) -> None:
    start = text.index(part)
    assert unquote(text_fragment(text, Span(start, start + len(part)))) == widened


def test_a_long_fragment_is_its_first_and_last_words() -> None:
    text = " ".join(f"word{n}" for n in range(100))
    assert text_fragment(text, Span(2, len(text) - 2)) == (
        "word0%20word1%20word2%20word3%20word4,word95%20word96%20word97%20word98%20word99"
    )
    assert unquote(text_fragment("条約" * 200, Span(1, 390))) == "条約" * 200


def test_a_fragment_of_repeated_words_has_a_prefix() -> None:
    text = "The treaty was signed. In Tokyo the treaty was ratified."
    assert text_fragment(text, Span(4, 10)) == "treaty"
    assert text_fragment(text, Span(text.rindex("treaty"), text.rindex("treaty") + 6)) == "In%20Tokyo%20the-,treaty"
