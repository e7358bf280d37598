"""Find the words of a query in indexed passages."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from app.search.indexed_text import IndexedPassage, Span


class Phrase(NamedTuple):
    """Terms that follow each other; the last one may be the beginning of a term."""

    terms: tuple[str, ...]
    is_prefix: bool = False

    def to_fts5(self) -> str:
        """Return the phrase in the syntax of FTS5; terms have no characters with a meaning there."""
        return f'"{" ".join(self.terms)}"{" *" * self.is_prefix}'


class Matches(NamedTuple):
    """The spans of a query's words in a passage, and the number of different phrases among them."""

    spans: list[Span]
    distinct: int


NOTHING = Matches([], 0)


class PhraseFinder:
    """Find phrases in passages."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = list(phrases)

    def find(self, passage: IndexedPassage) -> Matches:
        """Return the phrases in a passage; spans that overlap or touch become one."""
        spans: list[Span] = []
        distinct = set()
        for phrase in self._phrases:
            first = phrase.terms[0]
            if len(phrase.terms) > 1:
                if found := list(_longer(passage, phrase)):
                    spans += found
                    distinct.add(" ".join(phrase.terms))
            elif phrase.is_prefix:
                for term in passage.positions:
                    if term.startswith(first):
                        spans += _spans(passage, term)
                        distinct.add(term)
            else:
                if first in passage.positions:
                    spans += _spans(passage, first)
                    distinct.add(first)
                if first in passage.further:
                    spans += passage.further[first]
                    distinct.add(first)
        return Matches(_merge(sorted(spans)), len(distinct)) if spans else NOTHING


def _spans(passage: IndexedPassage, term: str) -> list[Span]:
    """Return the spans of a term of a passage."""
    bounds = passage.bounds
    return [(bounds[2 * position], bounds[2 * position + 1]) for position in passage.positions[term]]


def _longer(passage: IndexedPassage, phrase: Phrase) -> Iterator[Span]:
    """Yield the spans of a phrase of several terms."""
    length = len(phrase.terms)
    *before, last = phrase.terms
    for position in passage.positions.get(phrase.terms[0], ()):
        found = passage.terms[position : position + length]
        if len(found) < length or found[:-1] != before:
            continue
        if found[-1] == last or (phrase.is_prefix and found[-1].startswith(last)):
            end = position + length - 1
            yield passage.bounds[2 * position], passage.bounds[2 * end + 1]


def _merge(spans: Sequence[Span]) -> list[Span]:
    """Join spans that overlap or touch."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
