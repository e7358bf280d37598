"""Queries for the completions of a search box."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import text
from sqlmodel import Session

from app import schemas
from app.queries.filters import check_guide
from app.schemas.search import SuggestionKind
from app.search.documents import statement_documents
from app.search.parsing import parse_incomplete, parse_query
from app.search.vocabulary import Completion, by_prefix, completions, join, words_of_vocabulary
from app.text.analyser import analyse, is_ideograph, words_of
from app.urls import URLs

MAX_CANDIDATES = 50  # of each kind, and words for the last one of the text

# Of two titles that match equally well, the one whose kind is listed first comes first.
KINDS: Sequence[SuggestionKind] = ("term", "instrument", "article", "topic", "section", "event", "word")
LAST = ("event", "word")  # after all titles: sentences, and searches

Candidate = tuple[schemas.Suggestion, int]  # with the number of sections that it concerns

_SECTIONS = text("""
    SELECT section.slug, section.title, revision.guide
    FROM search_index
    CROSS JOIN index_entry ON index_entry.id = search_index.rowid
    CROSS JOIN section ON section.id = index_entry.section_id
    CROSS JOIN revision ON revision.id = index_entry.revision_id
    WHERE search_index MATCH :query AND (:guide IS NULL OR revision.guide = :guide)
    ORDER BY search_index.rank LIMIT :limit
""")
_FACTS = text("""
    SELECT id, guide, (SELECT count(*) FROM statement_section WHERE statement_id = best.id)
    FROM (
        SELECT index_entry.statement_id AS id, revision.guide, row_number() OVER (
            PARTITION BY index_entry.kind ORDER BY search_index.rank, index_entry.id
        ) AS number
        FROM search_index
        CROSS JOIN index_entry ON index_entry.id = search_index.rowid
        CROSS JOIN revision ON revision.id = index_entry.revision_id
        WHERE search_index MATCH :query AND index_entry.kind IN ('instrument', 'event', 'term')
            AND (:guide IS NULL OR revision.guide = :guide)
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
_HAVING_RESULTS = text("""
    SELECT key FROM json_each(:queries) AS query
    WHERE EXISTS (
        SELECT 1 FROM search_index
        CROSS JOIN index_entry ON index_entry.id = search_index.rowid
        CROSS JOIN revision ON revision.id = index_entry.revision_id
        WHERE search_index MATCH query.value AND (:guide IS NULL OR revision.guide = :guide)
    )
""")


def suggestions(
    session: Session, urls: URLs, text: str, limit: int, kind: SuggestionKind | None, guide: str | None
) -> list[schemas.Suggestion]:
    """Return titles and searches that complete a text; its last word may be incomplete.

    Every kind gets a share of the places. Titles that begin with the text come first, events and searches last.
    Raises `InvalidInput` for an unknown guide.
    """
    prefix = " ".join(words_of(text))
    candidates = [each for each in _candidates(session, urls, text, prefix, guide) if kind in (None, each[0].kind)]
    if not candidates:
        check_guide(session, guide)
    candidates.sort(key=lambda candidate: _rank(prefix, *candidate))
    return _share([suggestion for suggestion, _ in candidates], limit)


def _rank(prefix: str, suggestion: schemas.Suggestion, sections: int) -> tuple[int, ...]:
    """Return a sort key: how well the title matches, then the kind, then the number of sections."""
    title, kind = " ".join(words_of(suggestion.title)), suggestion.kind
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
    start, incomplete = _last_word(text)
    words = completions(session, [incomplete], MAX_CANDIDATES, guide)
    fts5_query = f"{{title names}} : ({query.to_fts5(by_prefix(words), match_all=True)})"
    parameters = {"query": fts5_query, "guide": guide, "limit": MAX_CANDIDATES}
    yield from _sections(session, urls, parameters, prefix)
    yield from _facts(session, urls, parameters, prefix)
    yield from _articles(session, urls, guide, text, prefix)
    yield from _topics(session, urls, guide, prefix)
    yield from _searches(session, urls, text, start, words, guide)


def _last_word(text: str) -> tuple[int, str]:
    """Return where the last word of a text begins, and the word, folded; a run of ideographs is one word."""
    tokens = analyse(text).tokens
    first = len(tokens) - 1
    while first and all(map(is_ideograph, pair := tokens[first - 1 : first + 1])) and pair[0].end == pair[1].start:
        first -= 1
    return tokens[first].start, "".join(token.word for token in tokens[first:])


def _sections(session: Session, urls: URLs, parameters: Mapping[str, object], prefix: str) -> Iterator[Candidate]:
    for slug, title, guide in session.connection().execute(_SECTIONS, parameters):
        if _completes(prefix, title):
            url = urls.section(guide, slug)
            yield schemas.Suggestion(kind="section", slug=slug, title=title, guide=guide, url=url), 1


def _facts(session: Session, urls: URLs, parameters: Mapping[str, object], prefix: str) -> Iterator[Candidate]:
    rows = session.connection().execute(_FACTS, parameters).all()
    documents = {each.id: each for each in statement_documents(session, [id_ for id_, _, _ in rows])}
    for id_, guide, sections in rows:
        kind, slug, label = documents[id_].kind, documents[id_].slug, documents[id_].label
        if _completes(prefix, label, *documents[id_].names):
            url = urls.of(kind, slug)
            yield schemas.Suggestion(kind=kind, slug=slug, title=label, guide=guide, url=url), sections


def _articles(session: Session, urls: URLs, guide: str | None, text: str, prefix: str) -> Iterator[Candidate]:
    """Yield articles by number, such as `5` or `V`, and title, with or without the instrument."""
    wanted = _articles_named(text)
    for path, label, number, title, of_guide, sections in session.connection().execute(_ARTICLES, {"guide": guide}):
        instrument, _, slug = path.partition("/")
        names = f"Article {number} {slug} {title}"
        is_completed = _completes(prefix, names, label) and any(_completes(word, names) for word in prefix.split())
        if is_completed or wanted & _articles_named(f"Article {number}"):
            url = urls.article(instrument, slug)
            yield schemas.Suggestion(kind="article", slug=slug, title=label, guide=of_guide, url=url), sections


def _articles_named(text: str) -> set[str]:
    """Return the articles that are all that a text names, such as `第五条`."""
    analysis = analyse(text)
    whole = (each for each in analysis.references if (each.first, each.last) == (0, len(analysis.tokens) - 1))
    return {term for reference in whole for term in reference.terms}


def _topics(session: Session, urls: URLs, guide: str | None, prefix: str) -> Iterator[Candidate]:
    for slug, label in session.connection().execute(_TOPICS, {"guide": guide}):
        if _completes(prefix, label):
            yield schemas.Suggestion(kind="topic", slug=slug, title=label, guide=None, url=urls.topic(slug)), 1


def _completes(prefix: str, *titles: str) -> bool:
    """Return whether each word begins a word of the titles; the index also matches by stem."""
    words = f" {' '.join(_title_words(titles))}"
    return all(f" {word}" in words for word in prefix.split())


@lru_cache(maxsize=4096)
def _title_words(titles: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folded words of titles, also those that a hyphen joins as one."""
    return tuple(word for title in titles for word in (*words_of(title), *map(join, words_of_vocabulary(title))))


def _searches(
    session: Session, urls: URLs, text: str, start: int, words: Sequence[Completion], guide: str | None
) -> Iterator[Candidate]:
    """Yield searches that complete the last word, differ from the text and have a result."""
    before = " ".join(text[:start].split())
    space = " " * (before != "" and text[start - 1].isspace())
    completed = (f"{before}{space}{completion.form}" for completion in words)
    typed = words_of(text)
    parsed = {each: parse_query(each) for each in completed if words_of(each) != typed}
    queries = {each: query.to_fts5({}, match_all=True) for each, query in parsed.items() if query.required}
    filters = {"guide": guide} if guide else {}
    for (query,) in session.connection().execute(_HAVING_RESULTS, {"queries": json.dumps(queries), "guide": guide}):
        url = urls.at("/v1/search", **filters, q=query)
        yield schemas.Suggestion(kind="word", slug=None, title=query, guide=None, url=url), 1
