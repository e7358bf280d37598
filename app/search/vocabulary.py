"""The words of the current revisions: how one that is begun may go on, and what a misspelled one may mean."""

import json
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import text
from sqlmodel import Session

from app.search.query import Clause, SearchQuery

MOST_COMPLETIONS = 2_000  # words that the prefixes of a question stand for together: the most frequent ones
MOST_CORRECTED = 5  # words of a question: each is compared with the whole vocabulary
SHORTEST_CORRECTED = 4  # letters; a shorter word has too many neighbours
LEAST_SIMILARITY = 0.7  # of a misspelled word and what it is taken for (optimal string alignment, 0 to 1)


class Completion(NamedTuple):
    """A word that a prefix may stand for, and how it is written."""

    prefix: str
    word: str
    form: str


_COMPLETIONS = text("""
    SELECT prefix, word, form FROM (
        SELECT prefix.value AS prefix, word.word, min(word.form) AS form,
            row_number() OVER (
                PARTITION BY prefix.value ORDER BY sum(word.sections) DESC, sum(word.facts) DESC, word.word
            ) AS number
        FROM json_each(:prefixes) AS prefix
        CROSS JOIN revision
        CROSS JOIN word ON word.revision_id = revision.id
            AND word.word >= prefix.value AND word.word < prefix.value || char(1114111)
        WHERE revision.is_current
        GROUP BY prefix.value, word.word
    )
    WHERE number <= :limit
    ORDER BY prefix, number
""")
_UNKNOWN = text("""
    SELECT key FROM json_each(:queries) AS asked
    WHERE NOT EXISTS (SELECT 1 FROM section_index WHERE section_index MATCH asked.value)
        AND NOT EXISTS (SELECT 1 FROM fact_index WHERE fact_index MATCH asked.value)
""")
_VOCABULARY = text("""
    SELECT word.word, min(word.form), sum(word.sections + word.facts)
    FROM word JOIN revision ON revision.id = word.revision_id
    WHERE revision.is_current AND length(word.word) BETWEEN :shortest AND :longest
    GROUP BY word.word
""")


def completions(session: Session, prefixes: Sequence[str], limit: int = MOST_COMPLETIONS) -> list[Completion]:
    """The most frequent words that begin with each prefix, at most `limit` for all of them together."""
    if not prefixes:
        return []
    given = {"prefixes": json.dumps(prefixes), "limit": max(1, limit // len(prefixes))}
    return [Completion(*row) for row in session.connection().execute(_COMPLETIONS, given)]


def by_prefix(completions: Sequence[Completion]) -> Mapping[str, Sequence[str]]:
    """The words that each prefix stands for."""
    words: dict[str, list[str]] = {}
    for completion in completions:
        words.setdefault(completion.prefix, []).append(completion.word)
    return words


def corrected(session: Session, question: SearchQuery) -> str | None:
    """The question with the nearest words of the guides for those that are in none; null where there is none."""
    queries = {
        word: Clause((word,)).to_fts5({})
        for word in question.complete_words
        if len(word) >= SHORTEST_CORRECTED and word.isalpha()
    }
    queries = dict(islice(queries.items(), MOST_CORRECTED))
    unknown = session.connection().execute(_UNKNOWN, {"queries": json.dumps(queries)}).scalars().all()
    if not unknown:
        return None
    lengths = [len(word) for word in unknown]
    given = {"shortest": min(lengths) - 2, "longest": max(lengths) + 2}
    vocabulary = {word: (form, places) for word, form, places in session.connection().execute(_VOCABULARY, given)}
    replacements = {}
    for word in unknown:
        near = process.extract(
            word, list(vocabulary), scorer=OSA.normalized_similarity, score_cutoff=LEAST_SIMILARITY, limit=5
        )
        if near:
            best, _, _ = max(near, key=lambda each: (each[1], vocabulary[each[0]][1]))
            replacements[word] = vocabulary[best][0]
    return question.replace_words(replacements) if replacements else None
