"""Find the words of a text that are most similar to a quotation."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from app.text.boundaries import is_word_boundary
from app.text.quotations import Span
from app.text.words import TOKEN, normalize_word

MIN_SIMILARITY = 0.7  # misquotations are above 0.73, other sentences below 0.63: see tests/routers/test_nearest.py
MAX_SHIFT = 4  # words by which either end of a rough match is moved to improve it

_WORD = re.compile(TOKEN)


class SimilarWords(NamedTuple):
    """Words of a text, and their similarity to a quotation, from 0 to 1."""

    similarity: float
    span: Span


def similarity(words: Sequence[str], others: Sequence[str]) -> float:
    """Return how similar two lists of words are, from 0 to 1.

    It is the mean of the shares of equal words and of equal letters, each in the same order (the normalized Indel
    similarity). Letters alone rate any two English sentences at 0.5; words alone do not forgive typing errors.
    """
    return (fuzz.ratio(words, others) + fuzz.ratio("".join(words), "".join(others))) / 200


def most_similar_words(text: str, quotation: str) -> SimilarWords | None:
    """Return the words of a text that are most similar to a quotation.

    They are at least as many as the quotation has, if the text has as many: leaving out those that differ would make
    any text with `the United States` similar to a quotation with it. Returns None if either has no words.
    """
    quoted = [_normalize(word) for word in _WORD.findall(quotation)]
    spans = [Span(*match.span()) for match in _WORD.finditer(text)]
    words = [_normalize(text[start:end]) for start, end in spans]
    rough = fuzz.partial_ratio_alignment(quoted, words)
    if not quoted or not words or rough is None:
        return None
    length = min(len(quoted), len(words))
    near = min(rough.dest_start, len(words) - length)
    best, start, end = max(
        (similarity(quoted, words[start:end]), start, end)
        for start in range(max(near - MAX_SHIFT, 0), min(near + MAX_SHIFT, len(words) - length) + 1)
        for end in range(start + length, min(start + length + MAX_SHIFT, len(words)) + 1)
    )
    return SimilarWords(best, _extend_to_boundaries(text, spans[start].start, spans[end - 1].end))


def _normalize(word: str) -> str:
    return normalize_word(word).replace(".", "")


def _extend_to_boundaries(text: str, start: int, end: int) -> Span:
    while not is_word_boundary(text, start):
        start -= 1
    while not is_word_boundary(text, end):
        end += 1
    return Span(start, end)
