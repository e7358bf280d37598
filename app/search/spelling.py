"""Correct misspelled words of a query from the vocabulary of the current revisions."""

import gzip
import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from app.search.matching import Phrase
from app.search.query import SearchQuery
from app.search.vocabulary import join, words_of_vocabulary
from app.store.engines import was_interrupted
from app.text.analyser import Token, terms_of
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


def corrected(session: Session, query: SearchQuery) -> str | None:
    """Replace unknown words of a query by similar known ones; return None if there are none.

    A word that English has is not replaced, even if no guide contains it.
    """
    words = list(islice(_words(query), MAX_CORRECTED))
    queries = {join(tokens): Phrase(tuple(token.term for token in tokens)).to_fts5() for tokens in words}
    unknown = session.connection().execute(_UNKNOWN, {"queries": json.dumps(queries)}).scalars().all()
    similar = {word: _most_similar(session, word) for word in unknown if not is_english(word)}
    suggestion = query.text
    for tokens in sorted(words, key=lambda tokens: tokens[0].start, reverse=True):
        if form := similar.get(join(tokens)):
            start, end = tokens[0].start, tokens[-1].end
            form = form.lower() if suggestion[start:end].islower() else form
            suggestion = suggestion[:start] + form + suggestion[end:]
    return suggestion if terms_of(suggestion) != terms_of(query.text) else None


def is_english(word: str) -> bool:
    """Return whether a folded word, in British or American spelling, is in a dictionary of English."""
    return any(f"\n{spelling}\n" in _dictionary() for spelling in spellings(word))


@cache
def _dictionary() -> str:
    """Return the words of the dictionary in lines; a set would take ten times the memory."""
    packed = files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    return "\n".join(["", *json.loads(gzip.decompress(packed)), ""])


def _words(query: SearchQuery) -> Iterator[Sequence[Token]]:
    """Yield the tokens of required words that may be misspelled: no numbers, prefixes or short words."""
    complete = {token.word for clause in query.required for token in clause.tokens}
    for tokens in words_of_vocabulary(query.text):
        word = join(tokens)
        shortest = MIN_UNSPACED if tokens[0].is_unspaced else MIN_LENGTH
        is_one_word = len(tokens) == 1 or tokens[0].is_unspaced
        may_be_wrong = is_one_word and word.isalpha() and len(word) >= shortest and word not in STOP_WORDS
        if may_be_wrong and all(token.word in complete for token in tokens):
            yield tokens


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
