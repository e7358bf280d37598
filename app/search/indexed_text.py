"""The form of a text in the full-text index: its terms in order, and the span of each in the text as written.

A text is a list of passages. In the index their terms are separated by spaces. Before each passage there is a
sign that is no term, so that no phrase matches across two passages; names have another sign, so that one that begins
with a phrase can be found. The terms of compounds and references follow those of their passage. The spans are in
columns that are not indexed.
"""

import json
from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from app.text.analyser import analyse

PASSAGE, NAME, FURTHER = "¶", "※", "‖"  # no letters, so that no term contains them
CACHED_TITLES = 1_024  # a title takes about 1 kB

Span = tuple[int, int]  # (start, end) in code points, end exclusive
FurtherTerm = tuple[str, int, int]  # with its start and end

_TYPES = ("B", "H", "I")  # of the numbers in `spans`: bytes, or more for a long gap


class IndexedText(NamedTuple):
    """The terms of passages, and their spans.

    `spans` has two numbers for each term: the characters since the last one, and its length; each passage begins anew.
    `further` is a JSON list of the further terms of each passage with their start and end.
    """

    terms: str
    spans: bytes
    further: str


class IndexedPassage:
    """The terms of a passage, and of what several of them stand for, each in a string with spaces around them.

    Most passages of a result do not match, so spans are read when they are needed.
    """

    def __init__(self, content: str, numbers: Sequence[int], first: int, further: str, number: int) -> None:
        self.terms, _, self.further_terms = content.partition(FURTHER)
        self.last = first + 2 * (self.terms.count(" ") - 1)  # where the spans of the next passage begin
        self._numbers = numbers
        self._first = first
        self._further = further
        self._number = number

    def bounds(self) -> list[int]:
        """Return the start and end of the first term, of the second, and so on."""
        return list(accumulate(self._numbers[self._first : self.last]))

    def further(self) -> Sequence[FurtherTerm]:
        """Return the further terms with their spans."""
        passages: list[list[FurtherTerm]] = json.loads(self._further)
        return passages[self._number]


def index_text(passages: Sequence[str], sign: str = PASSAGE) -> IndexedText:
    """Return passages as the index stores them, each after a sign."""
    terms: list[str] = []
    numbers: list[int] = []
    further: list[list[FurtherTerm]] = []
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
    contents = indexed.terms.replace(NAME, PASSAGE).split(PASSAGE)
    for number, content in enumerate(contents[1:]):
        passages.append(IndexedPassage(content, numbers, first, indexed.further, number))
        first = passages[-1].last
    return passages


@lru_cache(maxsize=CACHED_TITLES)
def read_title(title: str) -> IndexedPassage:
    """Return a title as if it were read from the index."""
    return read_passages(index_text([title]))[0]
