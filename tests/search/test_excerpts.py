"""Excerpts: the part of a passage that has most of the found words."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from app.search.excerpts import MAX_EXCERPT_LENGTH, excerpt
from app.search.indexed_text import MARK_END, MARK_START

words = st.text(st.sampled_from("ab<&\"'安 é"), max_size=40)


@given(st.lists(st.tuples(words, st.booleans()), max_size=60))
def test_an_excerpt_of_anything_is_balanced_and_says_the_same_in_both_forms(parts: list[tuple[str, bool]]) -> None:
    marked = "".join(f"{MARK_START}{word}{MARK_END}" if found and word else word for word, found in parts)
    text, html, marks = excerpt(marked)
    plain = "".join(word for word, _ in parts)
    assert text.strip("…") in plain
    assert len(text) <= MAX_EXCERPT_LENGTH + 2 * 40 + len("……")
    assert unescape(re.sub("</?mark>", "", html)) == text
    assert [text[start:end] for start, end in marks] == [
        unescape(each) for each in re.findall("<mark>(.*?)</mark>", html)
    ]
    assert re.sub("<mark>[^<]*</mark>", "", html).count("<") == 0
    assert (text == plain) == (len(plain) <= MAX_EXCERPT_LENGTH)


def test_the_part_with_most_different_words_is_shown() -> None:
    filler = "word " * 100
    one, two = (f"{MARK_START}{word}{MARK_END}" for word in ("one", "two"))
    marked = f"{one} {one} {filler}{one} and {two} {filler}"
    text, html, marks = excerpt(marked)
    assert text.startswith("…")
    assert text.endswith("…")
    assert [text[start:end] for start, end in marks] == ["one", "two"]
    assert "<mark>one</mark> and <mark>two</mark>" in html
