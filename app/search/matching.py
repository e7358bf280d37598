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
            for words, span in _occurrences(passage, phrase):
                spans.append(span)
                distinct.add(words)
        return Matches(_merge(sorted(spans)), len(distinct)) if spans else NOTHING


def _occurrences(passage: IndexedPassage, phrase: Phrase) -> Iterator[tuple[str, Span]]:
    """Yield the words that match a phrase, with their spans."""
    first, *rest = phrase.terms
    if rest:
        yield from _longer(passage, phrase)
    elif phrase.is_prefix:
        for term in passage.positions:
            if term.startswith(first):
                yield from _words(passage, term)
    else:
        yield from _words(passage, first)
        for span in passage.further.get(first, ()):
            yield first, span


def _words(passage: IndexedPassage, term: str) -> Iterator[tuple[str, Span]]:
    bounds = passage.bounds
    for position in passage.positions.get(term, ()):
        yield term, (bounds[2 * position], bounds[2 * position + 1])


def _longer(passage: IndexedPassage, phrase: Phrase) -> Iterator[tuple[str, Span]]:
    length = len(phrase.terms)
    *before, last = phrase.terms
    for position in passage.positions.get(phrase.terms[0], ()):
        found = passage.terms[position : position + length]
        if len(found) < length or found[:-1] != before:
            continue
        if found[-1] == last or (phrase.is_prefix and found[-1].startswith(last)):
            end = position + length - 1
            yield " ".join(phrase.terms), (passage.bounds[2 * position], passage.bounds[2 * end + 1])


def _merge(spans: Sequence[Span]) -> list[Span]:
    """Join spans that overlap or touch."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
