"""Excerpts: the part of a passage that has most of the found words."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from app.search.excerpts import MAX_EXCERPT_LENGTH, excerpt
from app.search.indexed_text import Span

words = st.text(st.sampled_from("ab<&\"'安 é"), max_size=40)


@given(st.lists(st.tuples(words, st.booleans()), max_size=60))
def test_an_excerpt_of_anything_is_balanced_and_says_the_same_in_both_forms(parts: list[tuple[str, bool]]) -> None:
    plain, spans = "", list[Span]()
    for word, is_found in parts:
        if is_found and word:
            spans.append((len(plain), len(plain) + len(word)))
        plain += word
    text, html, marks, (start, end) = excerpt(plain, spans)
    assert text.strip("…") == plain[start:end].strip("…")
    assert len(text) <= MAX_EXCERPT_LENGTH + 2 * 40 + len("……")
    assert unescape(re.sub("</?mark>", "", html)) == text
    assert [text[start:end] for start, end in marks] == [
        unescape(each) for each in re.findall("<mark>(.*?)</mark>", html)
    ]
    assert re.sub("<mark>[^<]*</mark>", "", html).count("<") == 0
    assert (text == plain) == (len(plain) <= MAX_EXCERPT_LENGTH)


def test_the_part_with_most_different_words_is_shown() -> None:
    filler = "word " * 100
    plain = f"one one {filler}one and two {filler}"
    spans = [match.span() for match in re.finditer("one|two", plain)]
    text, html, marks, _ = excerpt(plain, spans)
    assert text.startswith("…")
    assert text.endswith("…")
    assert [text[start:end] for start, end in marks] == ["one", "two"]
    assert "<mark>one</mark> and <mark>two</mark>" in html
