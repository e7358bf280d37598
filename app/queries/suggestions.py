"""Completions of what is being typed into a search box."""

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

MOST_SUGGESTIONS = 10
LEAST_WORDS = 3  # among them, where there are that many words to suggest
CANDIDATES = 50  # words, and titles of sections and of facts, that are looked at

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
_FOUND = text("""
    SELECT key FROM json_each(:queries) AS asked
    WHERE EXISTS (SELECT 1 FROM section_index WHERE section_index MATCH asked.value)
""")


def suggestions(session: Session, urls: URLs, typed: str) -> list[schemas.Suggestion]:
    """What may be meant: titles with these words, the last of which may go on, and searches for longer words.

    Titles that begin with what is typed come first; a few searches are always among the suggestions.
    """
    question = parse_incomplete(typed)
    if not question.required:
        return []
    longer = completions(session, spellings(question.required[-1].words[-1]), CANDIDATES)
    query = f"{{title names}} : ({question.to_fts5(by_prefix(longer), match_all=True)})"
    begun = normalize(typed)
    titles = sorted(
        [
            *_sections(session, urls, query, begun),
            *_facts(session, urls, query, begun),
            *_topics(session, urls, begun),
        ],
        key=lambda title: not normalize(title.text).startswith(begun),
    )
    searches = list(_searches(session, urls, question, typed, longer))
    room = MOST_SUGGESTIONS - min(LEAST_WORDS, len(searches))
    return [*titles[:room], *searches][:MOST_SUGGESTIONS]


def _sections(session: Session, urls: URLs, query: str, begun: str) -> Iterator[schemas.Suggestion]:
    for slug, title, guide in session.connection().execute(_SECTIONS, {"query": query, "limit": CANDIDATES}):
        if _goes_on(begun, title):
            yield schemas.Suggestion(kind="section", text=title, url=urls.section(guide, slug))


def _facts(session: Session, urls: URLs, query: str, begun: str) -> Iterator[schemas.Suggestion]:
    for kind, slug, label, names in session.connection().execute(_FACTS, {"query": query, "limit": CANDIDATES}):
        if _goes_on(begun, f"{label} {names}"):
            address = urls.term(slug) if kind == "term" else urls.instrument(slug)
            yield schemas.Suggestion(kind=kind, text=label, url=address)


def _topics(session: Session, urls: URLs, begun: str) -> Iterator[schemas.Suggestion]:
    for slug, label in session.connection().execute(_TOPICS):
        if _goes_on(begun, label):
            yield schemas.Suggestion(kind="topic", text=label, url=urls.topic(slug))


def _goes_on(begun: str, title: str) -> bool:
    """Whether each typed word is the beginning of a word of the title; the index, which knows stems, finds more."""
    beginnings = f" {normalize(title)}"
    return all(f" {word}" in beginnings for word in begun.split())


def _searches(
    session: Session, urls: URLs, question: SearchQuery, typed: str, longer: Sequence[Completion]
) -> Iterator[schemas.Suggestion]:
    """The words that the typed one may become, where they and what is typed before them are in one section."""
    *before, last = question.required
    queries = {
        completion.form: SearchQuery("", (*before, Clause((*last.words[:-1], completion.word))), ()).to_fts5(
            {}, match_all=True
        )
        for completion in longer
    }
    for (form,) in session.connection().execute(_FOUND, {"queries": json.dumps(queries)}):
        completed = " ".join([*split_words(typed)[:-1], form])
        yield schemas.Suggestion(kind="word", text=completed, url=urls.search(completed))
