"""Complete prefixes and correct misspelled words from the current revisions."""

import json
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import text
from sqlmodel import Session

from app.search.query import Clause, SearchQuery

MAX_COMPLETIONS = 2_000  # most frequent words, of all prefixes of a query together
MAX_CORRECTED = 5  # words of a query; each is compared with the whole vocabulary
MIN_CORRECTED_LENGTH = 4  # letters; a shorter word has too many neighbours
MIN_SIMILARITY = 0.7  # of a misspelled word and its correction (optimal string alignment, 0 to 1)


class Completion(NamedTuple):
    """A normalized word that begins with a prefix, and its usual form."""

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
        WHERE revision.is_current AND (:guide IS NULL OR revision.guide = :guide)
        GROUP BY prefix.value, word.word
    )
    WHERE number <= :limit
    ORDER BY prefix, number
""")
_UNKNOWN = text("""
    SELECT key FROM json_each(:queries) AS query
    WHERE NOT EXISTS (SELECT 1 FROM section_index WHERE section_index MATCH query.value)
        AND NOT EXISTS (SELECT 1 FROM fact_index WHERE fact_index MATCH query.value)
""")
_VOCABULARY = text("""
    SELECT word.word, min(word.form), sum(word.sections + word.facts)
    FROM word JOIN revision ON revision.id = word.revision_id
    WHERE revision.is_current AND length(word.word) BETWEEN :shortest AND :longest
    GROUP BY word.word
""")


def completions(
    session: Session, prefixes: Sequence[str], limit: int = MAX_COMPLETIONS, guide: str | None = None
) -> list[Completion]:
    """Return the most frequent words with each prefix, at most `limit`, of one guide or all."""
    if not prefixes:
        return []
    parameters = {"prefixes": json.dumps(prefixes), "limit": max(1, limit // len(prefixes)), "guide": guide}
    return [Completion(*row) for row in session.connection().execute(_COMPLETIONS, parameters)]


def by_prefix(completions: Sequence[Completion]) -> Mapping[str, Sequence[str]]:
    """Group completions: return the words of each prefix."""
    words: dict[str, list[str]] = {}
    for completion in completions:
        words.setdefault(completion.prefix, []).append(completion.word)
    return words


def corrected(session: Session, query: SearchQuery) -> str | None:
    """Replace unknown words of a query by similar known ones; return None if there are none."""
    queries = {
        word: Clause((word,)).to_fts5({})
        for word in query.complete_words
        if len(word) >= MIN_CORRECTED_LENGTH and word.isalpha()
    }
    queries = dict(islice(queries.items(), MAX_CORRECTED))
    unknown = session.connection().execute(_UNKNOWN, {"queries": json.dumps(queries)}).scalars().all()
    if not unknown:
        return None
    lengths = [len(word) for word in unknown]
    parameters = {"shortest": min(lengths) - 2, "longest": max(lengths) + 2}
    vocabulary = {word: (form, places) for word, form, places in session.connection().execute(_VOCABULARY, parameters)}
    replacements = {}
    for word in unknown:
        near = process.extract(
            word, list(vocabulary), scorer=OSA.normalized_similarity, score_cutoff=MIN_SIMILARITY, limit=5
        )
        if near:
            best, _, _ = max(near, key=lambda match: (match[1], vocabulary[match[0]][1]))
            replacements[word] = vocabulary[best][0]
    return query.replace_words(replacements) if replacements else None
