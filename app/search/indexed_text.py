"""The form of a text in the full-text index: its terms in order, and the span of each in the text as written.

A text is a list of passages. In the index their terms are separated by spaces. Before each passage there is a
sign that is no term, so that no phrase matches across two passages; names have another sign, so that one that begins
with a phrase can be found. The terms of compounds and references follow those of their passage. The spans are in
columns that are not indexed.
"""

import json
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from app.text.analyser import analyse

PASSAGE, NAME, FURTHER = "¶", "※", "‖"  # no letters, so that no term contains them
CACHED_TITLES = 1_024  # a title takes about 1 kB

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
    """A passage as it is read from the index.

    `positions` are the places of each term among the `terms`; `bounds` are the start and end of the first term, of the
    second, and so on. `further` has the spans of what several terms stand for.
    """

    terms: Sequence[str]
    positions: Mapping[str, Sequence[int]]
    bounds: Sequence[int]
    further: Mapping[str, Sequence[Span]]


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
    spans = typecode.encode() + array(typecode, numbers).tobytes()
    return IndexedText(
        "".join(f"{term} " for term in terms), spans, json.dumps(further, ensure_ascii=False, separators=(",", ":"))
    )


def read_passages(indexed: IndexedText) -> list[IndexedPassage]:
    """Return the passages of an indexed text."""
    numbers = array(indexed.spans[:1].decode())
    numbers.frombytes(indexed.spans[1:])
    passages = []
    first = 0
    contents = indexed.terms.replace(NAME, PASSAGE).split(PASSAGE)[1:]
    for content, further in zip(contents, json.loads(indexed.further), strict=True):
        terms = content.partition(FURTHER)[0].split()
        positions = defaultdict(list)
        for position, term in enumerate(terms):
            positions[term].append(position)
        last = first + 2 * len(terms)
        bounds = list(accumulate(numbers[first:last]))
        spans = defaultdict(list)
        for term, start, end in further:
            spans[term].append((start, end))
        passages.append(IndexedPassage(terms, positions, bounds, spans))
        first = last
    return passages


@lru_cache(maxsize=CACHED_TITLES)
def read_title(title: str) -> IndexedPassage:
    """Return a title as if it were read from the index."""
    return read_passages(index_text([title]))[0]
