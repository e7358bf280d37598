"""Parse user input into a query for SQLite's full-text search (FTS5).

User input never reaches FTS5 as syntax: a query is built only from words of letters and digits.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, product
from typing import NamedTuple

from app.limits import MIN_PREFIX_LENGTH
from app.text.languages.english import spellings
from app.text.words import IDEOGRAPH, LETTERS, WORD, normalize, normalize_word

MAX_VARIANTS = 8  # spellings of one word or phrase
SHORT_PREFIX = 2  # letters; FTS5 completes such a prefix itself
MAX_INITIALS = 3  # letters of an abbreviation that may also be written with full stops

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PART = re.compile(r'(?P<minus>(?<!\S)-(?=["\w]))?(?:"(?P<phrase>[^"]*)"|(?P<plain>[^\s"]+))')
_COMPOUND = re.compile(rf"(?P<words>{LETTERS}(?:[-‐‑'’.]+{LETTERS})*)(?P<star>\*(?!\w))?")


class Clause(NamedTuple):
    """A word or phrase of a query, normalized.

    `is_prefix` if the last word is the start of a longer one; `is_compound` if a hyphen, apostrophe or full stop joins
    the words.
    """

    words: tuple[str, ...]
    is_prefix: bool = False
    is_compound: bool = False

    def to_fts5(self, completions: Mapping[str, Sequence[str]]) -> str:
        """Return the FTS5 query that matches any spelling; `completions` are words by prefix.

        FTS5 completes prefixes of one or two letters; it would stem a longer one as if it were a word.
        """
        if not self.is_prefix:
            return f"({match_any(islice(self._spellings(self._variants()), MAX_VARIANTS))})"
        *first, last = self.words
        before = list(islice(self._spellings([tuple(first)]), MAX_VARIANTS))
        if len(last) <= SHORT_PREFIX:
            return "(" + " OR ".join(f'"{f"{phrase} {last}".strip()}" *' for phrase in before) + ")"
        longer = [word for prefix in spellings(last) for word in completions.get(prefix, ())] or [last]
        return f"({match_any(f'{phrase} {word}'.strip() for phrase in before for word in longer)})"

    @property
    def single_words(self) -> Iterator["Clause"]:
        """Yield the words as separate clauses, for results that need not contain all of them."""
        *first, last = self._joined_initials
        yield from (Clause((word,)) for word in first if len(word) > 1)
        if len(last) > 1 or self.is_prefix or not first:
            yield Clause((last,), self.is_prefix)

    @property
    def _joined_initials(self) -> tuple[str, ...]:
        """Return the words, with runs of single letters joined: `us` for `u s`."""
        runs = groupby(self.words, key=lambda word: len(word) == 1)
        return tuple(word for are_initials, run in runs for word in (["".join(run)] if are_initials else run))

    def _variants(self) -> Iterator[tuple[str, ...]]:
        """Yield the words and their variants: `us` and `u s`, `co operation` and `cooperation`."""
        yield self.words
        if self._joined_initials != self.words:
            yield self._joined_initials
        if self.is_compound:
            yield ("".join(self.words),)
            if self.words[-1] == "s":
                yield self.words[:-1]
        elif len(self.words) == 1 and 1 < len(self.words[0]) <= MAX_INITIALS:
            yield tuple(self.words[0])

    @staticmethod
    def _spellings(variants: Iterable[tuple[str, ...]]) -> Iterator[str]:
        # The number of spellings doubles with each word that has two, so a long phrase gets the first few.
        for variant in variants:
            yield from (" ".join(phrase) for phrase in islice(product(*map(spellings, variant)), MAX_VARIANTS // 2))


@dataclass(frozen=True)
class SearchQuery:
    """A parsed query: clauses that a result must contain, and clauses that it must not."""

    text: str
    required: tuple[Clause, ...]
    excluded: tuple[Clause, ...]

    @property
    def prefixes(self) -> list[str]:
        """Return the prefixes that need completions from the vocabulary."""
        prefixes = (clause.words[-1] for clause in (*self.required, *self.excluded) if clause.is_prefix)
        long_enough = dict.fromkeys(prefix for prefix in prefixes if len(prefix) > SHORT_PREFIX)
        return [spelling for prefix in long_enough for spelling in spellings(prefix)]

    @property
    def short_prefixes(self) -> list[str]:
        """Return the prefixes that are too short, such as `t*`; they are searched as words."""
        plain = (part["plain"] for part in _PART.finditer(self.text.translate(_QUOTES)) if part["plain"])
        compounds = (compound for text in plain for compound in _COMPOUND.finditer(text) if compound["star"])
        short = (compound[0] for compound in compounds if _is_too_short(normalize(compound["words"]).split()[-1]))
        return list(dict.fromkeys(short))

    @property
    def complete_words(self) -> list[str]:
        """Return the required words that are not prefixes, and so may be misspelled."""
        return [word for clause in self.required if not clause.is_prefix for word in clause.words]

    @property
    def single_words(self) -> list[Clause]:
        """Return all required words as separate clauses, those of phrases included."""
        return list(dict.fromkeys(word for clause in self.required for word in clause.single_words))

    def to_fts5(self, completions: Mapping[str, Sequence[str]], *, match_all: bool) -> str:
        """Return the FTS5 query for all required clauses or any of their words, minus exclusions."""
        operator = " AND " if match_all else " OR "
        clauses = self.required if match_all else self.single_words
        required = operator.join(clause.to_fts5(completions) for clause in clauses)
        if not self.excluded:
            return required
        excluded = " OR ".join(clause.to_fts5(completions) for clause in self.excluded)
        return f"({required}) NOT ({excluded})"

    def replace_words(self, replacements: Mapping[str, str]) -> str:
        """Return the text with some words replaced; the keys of `replacements` are normalized words."""
        return WORD.sub(lambda match: replacements.get(normalize_word(match[0]), match[0]), self.text)


def parse_query(text: str, min_prefix_length: int = MIN_PREFIX_LENGTH) -> SearchQuery:
    """Parse words, `"a phrase"`, `-excluded` and `prefix*`; everything else is plain text.

    Words joined by a hyphen, an apostrophe or a full stop form a phrase. The `*` after a shorter prefix is ignored.
    """
    text = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    required: list[Clause] = []
    excluded: list[Clause] = []
    for part in _PART.finditer(text.translate(_QUOTES)):
        clauses = excluded if part["minus"] else required
        phrase, plain = part["phrase"], part["plain"]
        clauses += _parse_phrase(phrase) if phrase is not None else _parse_plain(plain, min_prefix_length)
    return SearchQuery(text, tuple(dict.fromkeys(required)), tuple(dict.fromkeys(excluded)))


def parse_incomplete(text: str) -> SearchQuery:
    """Parse text that is still being typed: plain words, of which the last is a prefix."""
    return parse_query(" ".join(WORD.findall(text)) + "*", min_prefix_length=1)


def match_any(phrases: Iterable[str]) -> str:
    """Return the FTS5 query for any of the phrases, which consist of letters, digits and spaces."""
    return " OR ".join(f'"{phrase}"' for phrase in phrases)


def _parse_phrase(text: str) -> Iterator[Clause]:
    if words := normalize(text).split():
        yield Clause(tuple(words))


def _parse_plain(text: str, min_prefix_length: int) -> Iterator[Clause]:
    for compound in _COMPOUND.finditer(text):
        words = tuple(normalize(compound["words"]).split())
        is_long_enough = len(words[-1]) >= min_prefix_length
        is_prefix = bool(compound["star"]) and is_long_enough and not IDEOGRAPH.match(words[-1])
        yield Clause(words, is_prefix, is_compound=len(words) > 1 and not IDEOGRAPH.search(compound["words"]))


def _is_too_short(prefix: str) -> bool:
    return len(prefix) < MIN_PREFIX_LENGTH and not IDEOGRAPH.match(prefix)
