"""Queries for the completions of a search box."""

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import text
from sqlmodel import Session

from app import schemas
from app.search.query import Clause, SearchQuery, parse_incomplete
from app.search.vocabulary import Completion, by_prefix, completions
from app.text.languages.english import spellings
from app.text.words import normalize, split_words
from app.urls import URLs

MAX_SUGGESTIONS = 10
MIN_SEARCHES = 3  # places reserved for suggestions of kind `word`
MAX_CANDIDATES = 50  # words, section titles and fact titles, of each

_SECTIONS = text("""
    SELECT section.slug, section.title, revision.guide
    FROM section_index
    JOIN section ON section.id = section_index.rowid
    JOIN revision ON revision.id = section.revision_id
    WHERE section_index MATCH :query
    ORDER BY section_index.rank LIMIT :limit
""")
_FACTS = text("""
    SELECT statement.kind, statement.slug, statement.label, fact_index.names
    FROM fact_index
    JOIN statement ON statement.id = fact_index.rowid
    WHERE fact_index MATCH :query AND statement.kind IN ('term', 'instrument')
    ORDER BY fact_index.rank LIMIT :limit
""")
_TOPICS = text("""
    SELECT topic.slug, min(topic.label) FROM topic JOIN revision ON revision.id = topic.revision_id
    WHERE revision.is_current
    GROUP BY topic.slug ORDER BY min(topic.position)
""")
_IN_SECTIONS = text("""
    SELECT key FROM json_each(:queries) AS query
    WHERE EXISTS (SELECT 1 FROM section_index WHERE section_index MATCH query.value)
""")


def suggestions(session: Session, urls: URLs, text: str) -> list[schemas.Suggestion]:
    """Return titles and searches that complete a text; its last word may be incomplete.

    Titles that begin with the text come first. A few places are reserved for searches.
    """
    query = parse_incomplete(text)
    if not query.required:
        return []
    words = completions(session, spellings(query.required[-1].words[-1]), MAX_CANDIDATES)
    fts5_query = f"{{title names}} : ({query.to_fts5(by_prefix(words), match_all=True)})"
    prefix = normalize(text)
    titles = sorted(
        [
            *_sections(session, urls, fts5_query, prefix),
            *_facts(session, urls, fts5_query, prefix),
            *_topics(session, urls, prefix),
        ],
        key=lambda title: not normalize(title.text).startswith(prefix),
    )
    searches = list(_searches(session, urls, query, text, words))
    room = MAX_SUGGESTIONS - min(MIN_SEARCHES, len(searches))
    return [*titles[:room], *searches][:MAX_SUGGESTIONS]


def _sections(session: Session, urls: URLs, fts5_query: str, prefix: str) -> Iterator[schemas.Suggestion]:
    for slug, title, guide in session.connection().execute(_SECTIONS, {"query": fts5_query, "limit": MAX_CANDIDATES}):
        if _completes(prefix, title):
            yield schemas.Suggestion(kind="section", text=title, url=urls.section(guide, slug))


def _facts(session: Session, urls: URLs, fts5_query: str, prefix: str) -> Iterator[schemas.Suggestion]:
    for kind, slug, label, names in session.connection().execute(
        _FACTS, {"query": fts5_query, "limit": MAX_CANDIDATES}
    ):
        if _completes(prefix, f"{label} {names}"):
            yield schemas.Suggestion(kind=kind, text=label, url=urls.of(kind, slug))


def _topics(session: Session, urls: URLs, prefix: str) -> Iterator[schemas.Suggestion]:
    for slug, label in session.connection().execute(_TOPICS):
        if _completes(prefix, label):
            yield schemas.Suggestion(kind="topic", text=label, url=urls.topic(slug))


def _completes(prefix: str, title: str) -> bool:
    """Return whether each word begins a word of the title; the index also matches by stem."""
    words = f" {normalize(title)}"
    return all(f" {word}" in words for word in prefix.split())


def _searches(
    session: Session, urls: URLs, query: SearchQuery, text: str, words: Sequence[Completion]
) -> Iterator[schemas.Suggestion]:
    """Yield searches that complete the last word and have a result among the sections."""
    *before, last = query.required
    queries = {
        completion.form: SearchQuery("", (*before, Clause((*last.words[:-1], completion.word))), ()).to_fts5(
            {}, match_all=True
        )
        for completion in words
    }
    for (form,) in session.connection().execute(_IN_SECTIONS, {"queries": json.dumps(queries)}):
        completed = " ".join([*split_words(text)[:-1], form])
        yield schemas.Suggestion(kind="word", text=completed, url=urls.at("/v1/search", q=completed))
