"""Queries for the completions of a search box."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import text
from sqlmodel import Session

from app import schemas
from app.queries.filters import check_guide
from app.schemas.search import SuggestionKind
from app.search.query import Clause, SearchQuery, parse_incomplete
from app.search.vocabulary import Completion, by_prefix, completions
from app.text.languages.english import spellings
from app.text.words import normalize, split_words
from app.urls import URLs

MAX_CANDIDATES = 50  # of each kind, and words for the last one of the text

# Of two titles that match equally well, the one whose kind is listed first comes first.
KINDS: Sequence[SuggestionKind] = ("term", "instrument", "article", "topic", "section", "event", "word")
LAST = ("event", "word")  # after all titles: sentences, and searches

Candidate = tuple[schemas.Suggestion, int]  # with the number of sections that it concerns

_SECTIONS = text("""
    SELECT section.slug, section.title, revision.guide
    FROM section_index
    JOIN section ON section.id = section_index.rowid
    JOIN revision ON revision.id = section.revision_id
    WHERE section_index MATCH :query AND (:guide IS NULL OR revision.guide = :guide)
    ORDER BY section_index.rank LIMIT :limit
""")
_FACTS = text("""
    WITH matching AS MATERIALIZED (
        SELECT rowid AS id, rank AS score, names FROM fact_index WHERE fact_index MATCH :query
    )
    SELECT kind, slug, label, names, guide,
        (SELECT count(*) FROM statement_section WHERE statement_id = best.id)
    FROM (
        SELECT statement.id, statement.kind, statement.slug, statement.label, matching.names, revision.guide,
            row_number() OVER (PARTITION BY statement.kind ORDER BY matching.score, matching.id) AS number
        FROM matching
        JOIN statement ON statement.id = matching.id
        JOIN revision ON revision.id = statement.revision_id
        WHERE :guide IS NULL OR revision.guide = :guide
    ) AS best
    WHERE number <= :limit ORDER BY number
""")
_ARTICLES = text("""
    SELECT statement.slug, statement.label, statement.data ->> 'number', statement.data ->> 'title', revision.guide,
        (SELECT count(*) FROM statement_section WHERE statement_id = statement.id)
    FROM statement JOIN revision ON revision.id = statement.revision_id
    WHERE revision.is_current AND statement.kind = 'article' AND (:guide IS NULL OR revision.guide = :guide)
    ORDER BY revision.guide, statement.position
""")
_TOPICS = text("""
    SELECT topic.slug, min(topic.label) FROM topic JOIN revision ON revision.id = topic.revision_id
    WHERE revision.is_current AND (:guide IS NULL OR revision.guide = :guide)
    GROUP BY topic.slug ORDER BY min(topic.position)
""")
_IN_SECTIONS = text("""
    SELECT key FROM json_each(:queries) AS query
    WHERE EXISTS (
        SELECT 1 FROM section_index
        JOIN section ON section.id = section_index.rowid
        JOIN revision ON revision.id = section.revision_id
        WHERE section_index MATCH query.value AND (:guide IS NULL OR revision.guide = :guide)
    )
""")


def suggestions(
    session: Session, urls: URLs, text: str, limit: int, kind: SuggestionKind | None, guide: str | None
) -> list[schemas.Suggestion]:
    """Return titles and searches that complete a text; its last word may be incomplete.

    Every kind gets a share of the places. Titles that begin with the text come first, events and searches last.
    Raises `InvalidInput` for an unknown guide.
    """
    prefix = normalize(text)
    candidates = [each for each in _candidates(session, urls, text, prefix, guide) if kind in (None, each[0].kind)]
    if not candidates:
        check_guide(session, guide)
    candidates.sort(key=lambda candidate: _rank(prefix, *candidate))
    return _share([suggestion for suggestion, _ in candidates], limit)


def _rank(prefix: str, suggestion: schemas.Suggestion, sections: int) -> tuple[int, ...]:
    """Return a sort key: how well the title matches, then the kind, then the number of sections."""
    title, kind = normalize(suggestion.title), suggestion.kind
    quality = (title == prefix) + title.startswith(prefix) + _completes(prefix, title)  # each implies the next
    group = LAST.index(kind) + 1 if kind in LAST else 0
    return group, -quality, KINDS.index(kind), -sections


def _share(best_first: Sequence[schemas.Suggestion], limit: int) -> list[schemas.Suggestion]:
    """Choose the best of each kind, then the second best of each, and so on; keep their order."""
    of_kind = Counter[str]()
    turns = []
    for position, suggestion in enumerate(best_first):
        turns.append((of_kind[suggestion.kind], position))
        of_kind[suggestion.kind] += 1
    chosen = sorted(position for _, position in sorted(turns)[:limit])
    return [best_first[position] for position in chosen]


def _candidates(session: Session, urls: URLs, text: str, prefix: str, guide: str | None) -> Iterator[Candidate]:
    query = parse_incomplete(text)
    if not query.required:
        return
    words = completions(session, spellings(query.required[-1].words[-1]), MAX_CANDIDATES, guide)
    fts5_query = f"{{title names}} : ({query.to_fts5(by_prefix(words), match_all=True)})"
    parameters = {"query": fts5_query, "guide": guide, "limit": MAX_CANDIDATES}
    yield from _sections(session, urls, parameters, prefix)
    yield from _facts(session, urls, parameters, prefix)
    yield from _articles(session, urls, guide, prefix)
    yield from _topics(session, urls, guide, prefix)
    yield from _searches(session, urls, query, text, words, guide)


def _sections(session: Session, urls: URLs, parameters: Mapping[str, object], prefix: str) -> Iterator[Candidate]:
    for slug, title, guide in session.connection().execute(_SECTIONS, parameters):
        if _completes(prefix, title):
            url = urls.section(guide, slug)
            yield schemas.Suggestion(kind="section", slug=slug, title=title, guide=guide, url=url), 1


def _facts(session: Session, urls: URLs, parameters: Mapping[str, object], prefix: str) -> Iterator[Candidate]:
    for kind, slug, label, names, guide, sections in session.connection().execute(_FACTS, parameters):
        if _completes(prefix, f"{label} {names}"):
            url = urls.of(kind, slug)
            yield schemas.Suggestion(kind=kind, slug=slug, title=label, guide=guide, url=url), sections


def _articles(session: Session, urls: URLs, guide: str | None, prefix: str) -> Iterator[Candidate]:
    """Yield articles by number, such as `5` or `V`, and title, with or without the instrument."""
    for path, label, number, title, of_guide, sections in session.connection().execute(_ARTICLES, {"guide": guide}):
        instrument, _, slug = path.partition("/")
        names = f"Article {number} {slug} {title}"
        if _completes(prefix, f"{names} {label}") and any(_completes(word, names) for word in prefix.split()):
            url = urls.article(instrument, slug)
            yield schemas.Suggestion(kind="article", slug=slug, title=label, guide=of_guide, url=url), sections


def _topics(session: Session, urls: URLs, guide: str | None, prefix: str) -> Iterator[Candidate]:
    for slug, label in session.connection().execute(_TOPICS, {"guide": guide}):
        if _completes(prefix, label):
            yield schemas.Suggestion(kind="topic", slug=slug, title=label, guide=None, url=urls.topic(slug)), 1


def _completes(prefix: str, title: str) -> bool:
    """Return whether each word begins a word of the title; the index also matches by stem."""
    words = f" {normalize(title)}"
    return all(f" {word}" in words for word in prefix.split())


def _searches(
    session: Session, urls: URLs, query: SearchQuery, text: str, words: Sequence[Completion], guide: str | None
) -> Iterator[Candidate]:
    """Yield searches that complete the last word and have a result among the sections."""
    *before, last = query.required
    queries = {
        completion.form: SearchQuery("", (*before, Clause((*last.words[:-1], completion.word))), ()).to_fts5(
            {}, match_all=True
        )
        for completion in words
    }
    filters = {"guide": guide} if guide else {}
    for (form,) in session.connection().execute(_IN_SECTIONS, {"queries": json.dumps(queries), "guide": guide}):
        completed = " ".join([*split_words(text)[:-1], form])
        url = urls.at("/v1/search", **filters, q=completed)
        yield schemas.Suggestion(kind="word", slug=None, title=completed, guide=None, url=url), 1
