"""Correct misspelled words of a query from the vocabulary of the current revisions."""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from app.search.matching import Phrase
from app.search.query import SearchQuery
from app.search.vocabulary import words_and_forms
from app.store.engines import was_interrupted
from app.text.analyser import analyse, terms_of
from app.text.languages.english import STOP_WORDS, spellings

MAX_CORRECTED = 5  # words of a query; each is compared with the whole vocabulary
MIN_LENGTH, MIN_UNSPACED = 4, 3  # characters; a shorter word has too many neighbours
MIN_SIMILARITY = 0.7  # of a misspelled word and its correction (optimal string alignment, 0 to 1)

_UNKNOWN = text("""
    SELECT key FROM json_each(:queries) AS query
    WHERE NOT EXISTS (SELECT 1 FROM search_index WHERE search_index MATCH query.value)
""")
_VOCABULARY = text("""
    SELECT word.word, min(word.form), sum(word.sections + word.facts)
    FROM revision CROSS JOIN word ON word.revision_id = revision.id
        AND word.word >= :first AND word.word < :first || char(1114111)
    WHERE revision.is_current AND length(word.word) BETWEEN :shortest AND :longest
    GROUP BY word.word
""")


class _Word(NamedTuple):
    """A word of a query, and its span in the text."""

    word: str
    start: int
    end: int


def corrected(session: Session, query: SearchQuery) -> str | None:
    """Replace unknown words of a query by similar known ones; return None if there are none.

    A word that English has is not replaced, even if no guide contains it.
    """
    words = list(_words(query))[:MAX_CORRECTED]
    queries = {each.word: Phrase(tuple(terms_of(each.word))).to_fts5() for each in words}
    unknown = session.connection().execute(_UNKNOWN, {"queries": json.dumps(queries)}).scalars().all()
    misspelled = [each for each in words if each.word in unknown and not is_english(each.word)]
    if not misspelled:
        return None
    replacements = _replacements(session, sorted({each.word for each in misspelled}))
    suggestion = query.text
    for each in reversed(misspelled):
        if form := replacements.get(each.word):
            suggestion = suggestion[: each.start] + form + suggestion[each.end :]
    return suggestion if terms_of(suggestion) != terms_of(query.text) else None


def is_english(word: str) -> bool:
    """Return whether a folded word, in British or American spelling, is in a dictionary of English."""
    return any(f"\n{spelling}\n" in _dictionary() for spelling in spellings(word))


@cache
def _dictionary() -> str:
    """Return the words of the dictionary in lines; a set would take ten times the memory."""
    packed = files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    return "\n".join(["", *json.loads(gzip.decompress(packed)), ""])


def _words(query: SearchQuery) -> Iterator[_Word]:
    """Yield the required words that may be misspelled: no numbers, prefixes or short words."""
    excluded = {token.word for clause in query.excluded for token in clause.tokens}
    complete = {token.word for clause in query.required for token in clause.tokens} - excluded
    at = 0
    for token in analyse(query.text).tokens:
        word = token.word
        may_be_wrong = word.isalpha() and len(word) >= MIN_LENGTH and word not in STOP_WORDS
        if may_be_wrong and word in complete and not token.is_unspaced:
            yield _Word(word, token.start, token.end)
    for word, form in words_and_forms(query.text):
        if analyse(word).tokens[0].is_unspaced and len(word) >= MIN_UNSPACED and set(word) <= complete:
            at = query.text.find(form, at)
            yield _Word(word, at, at + len(form))


def _replacements(session: Session, unknown: Sequence[str]) -> Mapping[str, str]:
    """Return the usual form of the most similar word for each unknown one that has one."""
    similar = ((word, _most_similar(session, word)) for word in unknown)
    return {word: form for word, form in similar if form}


def _most_similar(session: Session, word: str) -> str | None:
    """Return the usual form of the most similar word, preferably one with the same first letter."""
    for first in (word[0], ""):
        parameters = {"first": first, "shortest": len(word) - 2, "longest": len(word) + 2}
        try:
            rows = session.connection().execute(_VOCABULARY, parameters).all()
        except OperationalError as error:
            if was_interrupted(error):
                return None  # a large vocabulary: a search without a suggestion is better than none
            raise
        vocabulary = {word: (form, places) for word, form, places in rows}
        near = process.extract(
            word, list(vocabulary), scorer=OSA.normalized_similarity, score_cutoff=MIN_SIMILARITY, limit=5
        )
        if near:
            best, _, _ = max(near, key=lambda match: (match[1], vocabulary[match[0]][1]))
            form: str = vocabulary[best][0]
            return form
    return None
