"""The form of a text in the full-text index: its terms in order, and the span of each in the text as written.

A text is a list of passages. In the index their terms are separated by spaces. Before each passage there is a
sign that is no term, so that no phrase matches across two passages; names have another sign, so that one that begins
with a phrase can be found. The terms of compounds and references follow those of their passage. The spans are kept
beside the index.
"""

import json
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from app.text.analyser import analyse

PASSAGE, NAME, FURTHER = "¶", "※", "‖"  # no letters, so that no term contains them

Span = tuple[int, int]  # (start, end) in code points, end exclusive

_TYPES = ("B", "H", "I")  # of the numbers in `spans`: bytes, or more for a long gap


class IndexedText(NamedTuple):
    """The terms of passages, and their spans.

    `spans` has two numbers for each term: the characters since the last one, and its length; each passage begins anew.
    `further` is a JSON list of the further terms of each passage with their start and end.
    """

    terms: str
    spans: bytes
    further: str


class IndexedPassage(NamedTuple):
    """The terms of a passage with their spans, and its further terms with theirs."""

    terms: Sequence[str]
    bounds: Sequence[int]  # start and end of the first term, of the second, and so on
    further: Sequence[tuple[str, int, int]]


def index_text(passages: Sequence[str], sign: str = PASSAGE) -> IndexedText:
    """Return passages as the index stores them, each after a sign."""
    terms: list[str] = []
    numbers: list[int] = []
    further: list[list[tuple[str, int, int]]] = []
    for passage in passages:
        analysis = analyse(passage)
        terms.append(sign)
        terms += (token.term for token in analysis.tokens)
        end = 0
        for token in analysis.tokens:
            numbers += (token.start - end, token.end - token.start)
            end = token.end
        further.append(list(analysis.further))
        if further[-1]:
            terms += (FURTHER, *(term for term, _, _ in further[-1]))
    typecode = _TYPES[sum(max(numbers, default=0) >= limit for limit in (1 << 8, 1 << 16))]
    return IndexedText(" ".join(terms), typecode.encode() + array(typecode, numbers).tobytes(), json.dumps(further))


def read_passages(indexed: IndexedText) -> list[IndexedPassage]:
    """Return the passages of an indexed text."""
    numbers = array(indexed.spans[:1].decode())
    numbers.frombytes(indexed.spans[1:])
    passages = []
    first = 0
    contents = indexed.terms.replace(NAME, PASSAGE).split(PASSAGE)[1:]
    for content, further in zip(contents, json.loads(indexed.further), strict=True):
        terms = content.partition(FURTHER)[0].split()
        last = first + 2 * len(terms)
        passages.append(IndexedPassage(terms, list(accumulate(numbers[first:last])), further))
        first = last
    return passages
