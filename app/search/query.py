"""A search query, and its form for SQLite's full-text search (FTS5).

User input never reaches FTS5 as syntax: a query is built only from terms of the analyser.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from app.search.indexed_text import NAME
from app.search.matching import Phrase
from app.text.analyser import Token, is_hiragana, is_katakana, terms_of
from app.text.languages.english import QUESTION_WORDS, STOP_WORDS
from app.text.references import ARTICLE, is_date

MAX_ANY = 24  # words of a query of which a result may have any
SHORT_PREFIX = 2  # letters; FTS5 completes such a prefix itself

Completions = Mapping[str, Sequence[str]]  # words by the prefix that they complete


class Clause(NamedTuple):
    """A part of a query that a result must contain: any of the phrases.

    `prefix` is the incomplete word that follows each phrase, which may then be empty. `tokens` are the complete words
    of the clause, and `wider` the terms that include it, such as the month of a date.
    """

    phrases: tuple[tuple[str, ...], ...]
    tokens: tuple[Token, ...]
    prefix: str = ""
    wider: tuple[str, ...] = ()

    def alternatives(self, completions: Completions) -> Iterator[Phrase]:
        """Yield the phrases of which one must match; `completions` are words by prefix."""
        if not self.prefix:
            yield from map(Phrase, self.phrases)
        elif len(self.prefix) <= SHORT_PREFIX:
            yield from (Phrase((*before, self.prefix), is_prefix=True) for before in self.phrases)
        else:
            words = completions.get(self.prefix) or [self.prefix]
            endings = dict.fromkeys(tuple(terms_of(word)) for word in words)
            yield from (Phrase((*before, *ending)) for before in self.phrases for ending in endings if ending)

    @property
    def parts(self) -> Iterator["Clause"]:
        """Yield clauses for results that need not contain all words: the phrase, and its words.

        Characters of scripts without spaces are taken in pairs, and katakana as whole words.
        """
        if len(self.tokens) != 1 and not self.prefix:
            yield self
        yield from (Clause(((term,),), ()) for term in self.wider)
        yield from (Clause(((token.term,),), (token,)) for token in self.tokens if not token.is_unspaced)
        pairs = [pair for pair in pairwise(self.tokens) if all(token.is_unspaced for token in pair)]
        ideographs = [pair for pair in pairs if not any(is_hiragana(token) or is_katakana(token) for token in pair)]
        katakana = [tuple(run) for is_word, run in groupby(self.tokens, key=is_katakana) if is_word]
        for run in ideographs + katakana or pairs or [(token,) for token in self.tokens if token.is_unspaced]:
            yield Clause((tuple(token.term for token in run),), run)
        if self.prefix:
            yield Clause(((),), (), self.prefix)

    @property
    def is_common(self) -> bool:
        """Return whether this has only words that do not say what a text is about."""
        return bool(self.tokens) and all(map(_is_common, self.tokens))


@dataclass(frozen=True)
class SearchQuery:
    """A parsed query: clauses that a result must contain, and clauses that it must not.

    `phrase` has the terms of all required words in their order; it is empty if there is only one.
    """

    text: str
    required: tuple[Clause, ...]
    excluded: tuple[Clause, ...]
    phrase: tuple[str, ...] = ()
    short_prefixes: tuple[str, ...] = ()  # such as `t*`, which are searched as words

    @property
    def prefixes(self) -> list[str]:
        """Return the prefixes that need completions from the vocabulary."""
        prefixes = dict.fromkeys(clause.prefix for clause in (*self.required, *self.excluded))
        return [prefix for prefix in prefixes if len(prefix) > SHORT_PREFIX]

    @property
    def named_kind(self) -> Literal["article", "event"] | None:
        """Return the kind that a reference in the query names: an article by its number, an event by its date."""
        references = [terms[0] for clause in self.required for terms in clause.phrases if terms]
        if any(term.startswith(ARTICLE) for term in references):
            return "article"
        return "event" if any(is_date(term) for term in references) else None

    @property
    def any_clauses(self) -> list[Clause]:
        """Return the clauses of which a result may have any; common words only if there are no others."""
        parts = distinct(part for clause in self.required for part in clause.parts)
        return ([part for part in parts if not part.is_common] or parts)[:MAX_ANY]

    def clauses(self, *, match_all: bool) -> Sequence[Clause]:
        """Return the clauses that results have: all of them, or any."""
        if not match_all:
            return self.any_clauses
        words = [clause for clause in self.required if not clause.is_common]
        return words if self.is_question and words else self.required

    @property
    def is_question(self) -> bool:
        """Return whether this begins with a word that asks; then common words need not occur."""
        first = self.required[0].tokens[:1] if self.required else ()
        return bool(first) and first[0].word in QUESTION_WORDS

    def to_fts5(self, completions: Completions, *, match_all: bool) -> str:
        """Return the FTS5 query for all required clauses or any of their words, minus exclusions."""
        operator = " AND " if match_all else " OR "
        query = f"({operator.join(_any_of(clause, completions) for clause in self.clauses(match_all=match_all))})"
        if not self.excluded:
            return query
        excluded = " OR ".join(_any_of(clause, completions) for clause in self.excluded)
        return f"{query} NOT ({excluded})"

    def phrase_fts5(self, *, match_all: bool) -> str:
        """Return the FTS5 query for the whole query as one phrase; it matches nothing if that is one word.

        If results need not contain all words, two of them in their order are better, too.
        """
        words = [token for clause in self.required for token in clause.tokens]
        pairs = [] if match_all else [pair for pair in pairwise(words) if not any(map(_is_common, pair))]
        phrases = [self.phrase, *(tuple(token.term for token in pair) for pair in pairs[:MAX_ANY])]
        return " OR ".join(Phrase(phrase).to_fts5() for phrase in phrases)

    @property
    def name_fts5(self) -> str:
        """Return the FTS5 query for names that begin with the whole query, or are the same."""
        return Phrase((NAME, *(self.phrase or self.required[0].phrases[0]))).to_fts5()

    def phrases(self, completions: Completions, *, match_all: bool) -> Iterator[Phrase]:
        """Yield the phrases to mark in results."""
        for clause in self.clauses(match_all=match_all):
            yield from clause.alternatives(completions)


def any_of(terms: Iterable[str]) -> str:
    """Return the FTS5 query for any of the terms."""
    return " OR ".join(Phrase((term,)).to_fts5() for term in terms)


def _any_of(clause: Clause, completions: Completions) -> str:
    return f"({' OR '.join(phrase.to_fts5() for phrase in clause.alternatives(completions))})"


def distinct(clauses: Iterable[Clause]) -> list[Clause]:
    """Return the clauses that match different things."""
    return list({(clause.phrases, clause.prefix): clause for clause in clauses}.values())


def _is_common(token: Token) -> bool:
    is_short = len(token.word) == 1 and token.word.isascii()
    return token.word in STOP_WORDS or is_short or is_hiragana(token)
