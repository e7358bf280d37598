"""Find the words of a query in indexed passages."""

from collections import defaultdict
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
        self._words: set[str] = set()
        self._longer: defaultdict[str, list[Phrase]] = defaultdict(list)  # by their first term
        self._prefixes: tuple[str, ...] = ()
        for phrase in phrases:
            if len(phrase.terms) > 1:
                self._longer[phrase.terms[0]].append(phrase)
            elif phrase.is_prefix:
                self._prefixes += phrase.terms
            else:
                self._words.add(phrase.terms[0])
        self._first_terms = [f" {term} " for term in {*self._words, *self._longer}]
        self._first_terms += [f" {prefix}" for prefix in self._prefixes]

    def find(self, passage: IndexedPassage) -> Matches:
        """Return the phrases in a passage; spans that overlap or touch become one."""
        found: list[tuple[str, Span]] = []
        if any(term in passage.terms for term in self._first_terms):
            found += self._find(passage)
        if any(term in passage.further_terms for term in self._first_terms):
            found += ((term, (start, end)) for term, start, end in passage.further() if term in self._words)
        if not found:
            return NOTHING
        return Matches(_merge(sorted(span for _, span in found)), len({term for term, _ in found}))

    def _find(self, passage: IndexedPassage) -> Iterator[tuple[str, Span]]:
        """Yield the spans of phrases, each with the phrase."""
        terms, bounds = passage.terms.split(), passage.bounds()
        for number, term in enumerate(terms):
            if term in self._words or (self._prefixes and term.startswith(self._prefixes)):
                yield term, (bounds[2 * number], bounds[2 * number + 1])
            if term in self._longer:
                for phrase in self._longer[term]:
                    if _has_phrase(terms, number, phrase):
                        last = number + len(phrase.terms) - 1
                        yield " ".join(phrase.terms), (bounds[2 * number], bounds[2 * last + 1])


def _has_phrase(terms: Sequence[str], at: int, phrase: Phrase) -> bool:
    *before, last = phrase.terms
    following = terms[at : at + len(phrase.terms)]
    if len(following) < len(phrase.terms) or following[:-1] != before:
        return False
    return following[-1].startswith(last) if phrase.is_prefix else following[-1] == last


def _merge(spans: Sequence[Span]) -> list[Span]:
    """Join spans that overlap or touch."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
