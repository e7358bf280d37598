"""Full-text search over the current revisions of all guides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sqlalchemy import text
from sqlmodel import Session

from app import schemas
from app.errors import InvalidInput
from app.schemas.search import Kind
from app.search.excerpts import excerpt as cut_excerpt
from app.search.excerpts import highlight
from app.search.indexed_text import MARK_END, MARK_START, matched_words, remove_marks, split_passages
from app.search.query import SearchQuery
from app.search.vocabulary import by_prefix, completions, corrected
from app.store.engines import fetch_raw
from app.urls import URLs

TITLE_WEIGHT, NAMES_WEIGHT, TEXT_WEIGHT = 4.0, 3.0, 1.0  # what a word counts for in BM25, by where it stands

KINDS: dict[Kind, str] = {"section": "Sections", "term": "Terms", "instrument": "Instruments", "event": "Events"}

NO_WORD = "There is no word to look for in this; type one."
ONLY_UNWANTED = "This only says what to leave out; add a word to look for."


@dataclass(frozen=True)
class Search:
    """What is looked for, and where."""

    question: SearchQuery
    kind: Kind = "section"
    guide: str | None = None
    topic: str | None = None


@dataclass(frozen=True)
class Results:
    """A page of what was found; `total` counts all of it."""

    items: list[schemas.SearchResult]
    total: int
    match: Literal["all", "any"]
    notice: str | None
    suggestion: str | None
    facets: schemas.Facets


class _Index(NamedTuple):
    """One of the two full-text tables, the table that its rowids are from, and which of those a filter keeps."""

    name: str
    table: str
    of_guide: str
    of_topic: str
    topics: str

    def filters(self, *, guide: bool = True, topic: bool = True) -> str:
        by_guide = f"(:guide IS NULL OR {self.name}.rowid IN ({self.of_guide}))" if guide else "TRUE"
        by_topic = f"(:topic IS NULL OR {self.name}.rowid IN ({self.of_topic}))" if topic else "TRUE"
        return f"{by_guide} AND {by_topic}"

    @property
    def of_kind(self) -> str:
        return f"(:kind = 'section' OR {self.name}.rowid IN (SELECT id FROM statement WHERE kind = :kind))"  # noqa: S608


_CURRENT_OF_GUIDE = (
    "SELECT {0}.id FROM {0} JOIN revision ON revision.id = {0}.revision_id"
    " WHERE revision.is_current AND revision.guide = :guide"
)
_SECTIONS_OF_TOPIC = (
    "SELECT section_id FROM section_topic JOIN topic ON topic.id = section_topic.topic_id WHERE topic.slug = :topic"
)
_SECTIONS = _Index(
    name="section_index",
    table="section",
    of_guide=_CURRENT_OF_GUIDE.format("section"),
    of_topic=_SECTIONS_OF_TOPIC,
    topics="SELECT section_id AS id, topic_id FROM section_topic",
)
_FACTS = _Index(
    name="fact_index",
    table="statement",
    of_guide=_CURRENT_OF_GUIDE.format("statement"),
    of_topic=f"SELECT statement_id FROM statement_section WHERE section_id IN ({_SECTIONS_OF_TOPIC})",  # noqa: S608
    topics="SELECT DISTINCT statement_id AS id, topic_id FROM statement_section JOIN section_topic USING (section_id)",
)


# The statements are made of the words above and of nothing that a reader typed, and they are made once: SQLAlchemy
# takes longer to make one than SQLite to run it.


def _page(index: _Index) -> str:
    """The best rows of an index; the words are marked in those of the page alone, because that is what costs."""
    name, table = index.name, index.table
    return f"""
        WITH page AS MATERIALIZED (
            SELECT rowid AS id, bm25({name}, {TITLE_WEIGHT}, {NAMES_WEIGHT}, {TEXT_WEIGHT}) AS score
            FROM {name}
            WHERE {name} MATCH :query AND {index.of_kind} AND {index.filters()}
            ORDER BY score, rowid LIMIT :limit OFFSET :offset
        )
        SELECT page.score, {table}.slug, revision.guide, highlight({name}, 0, :open, :close) AS title,
            highlight({name}, 1, :open, :close) AS names, highlight({name}, 2, :open, :close) AS text
        FROM page
        CROSS JOIN {name} ON {name}.rowid = page.id
        CROSS JOIN {table} ON {table}.id = page.id
        CROSS JOIN revision ON revision.id = {table}.revision_id
        WHERE {name} MATCH :query
        ORDER BY page.score, page.id
    """  # noqa: S608


def _facets(index: _Index) -> str:
    """How many rows of an index match, by guide and by topic, and how many of each kind; all filters but its own."""
    name, table = index.name, index.table
    return f"""
        SELECT 'guide' AS facet, revision.guide AS slug, revision.title AS label, matching.count
        FROM (
            SELECT {table}.revision_id, count(*) AS count
            FROM {name} CROSS JOIN {table} ON {table}.id = {name}.rowid
            WHERE {name} MATCH :query AND {index.of_kind} AND {index.filters(guide=False)}
            GROUP BY {table}.revision_id
        ) AS matching
        JOIN revision ON revision.id = matching.revision_id
        UNION ALL
        SELECT 'topic', topic.slug, topic.label, sum(matching.count)
        FROM (
            SELECT of_topic.topic_id, count(*) AS count
            FROM {name} CROSS JOIN ({index.topics}) AS of_topic ON of_topic.id = {name}.rowid
            WHERE {name} MATCH :query AND {index.of_kind} AND {index.filters(topic=False)}
            GROUP BY of_topic.topic_id
        ) AS matching
        JOIN topic ON topic.id = matching.topic_id
        GROUP BY topic.slug
        UNION ALL
        SELECT 'kind', 'section', '', count(*)
        FROM section_index
        WHERE section_index MATCH :query AND {_SECTIONS.filters()}
        UNION ALL
        SELECT 'kind', statement.kind, '', count(*)
        FROM fact_index
        JOIN statement ON statement.id = fact_index.rowid
        WHERE fact_index MATCH :query AND {_FACTS.filters()}
        GROUP BY statement.kind
    """  # noqa: S608


_PAGE = {"section": _page(_SECTIONS)} | dict.fromkeys(("term", "instrument", "event"), _page(_FACTS))
_FACETS = {"section": _facets(_SECTIONS)} | dict.fromkeys(("term", "instrument", "event"), _facets(_FACTS))

_SLUGS = text("""
    SELECT 'guide' AS filter, guide AS slug FROM revision WHERE is_current
    UNION
    SELECT 'topic', topic.slug FROM topic JOIN revision ON revision.id = topic.revision_id WHERE revision.is_current
""")


def find(session: Session, urls: URLs, asked: Search, limit: int, offset: int) -> Results:
    """A page of what has all the words or, where nothing has, any of them, best first.

    A guide or topic that does not exist is an `InvalidInput`.
    """
    question = asked.question
    if not question.required:
        _refuse_unknown(session, asked)
        notice = ONLY_UNWANTED if question.excluded else NO_WORD
        return Results([], 0, "all", notice, None, _shown_facets([]))
    words = by_prefix(completions(session, question.prefixes))
    query = question.to_fts5(words, match_all=True)
    page = _ask(session, _PAGE[asked.kind], asked, query, limit=limit, offset=offset)
    if not page:
        _refuse_unknown(session, asked)
    facets = _shown_facets(_ask(session, _FACETS[asked.kind], asked, query))
    if total := _count(facets, asked.kind):
        return Results(_items(urls, asked.kind, page), total, "all", None, None, facets)
    suggestion = corrected(session, question)
    if question.single_words != list(question.required) or len(question.required) > 1:
        query = question.to_fts5(words, match_all=False)
        page = _ask(session, _PAGE[asked.kind], asked, query, limit=limit, offset=offset)
        facets = _shown_facets(_ask(session, _FACETS[asked.kind], asked, query))
        if total := _count(facets, asked.kind):
            notice = f"No {asked.kind} has all of these words; these have some of them."
            return Results(_items(urls, asked.kind, page), total, "any", notice, suggestion, facets)
    return Results([], 0, "all", f"No {asked.kind} has any of these words.", suggestion, facets)


def _ask(session: Session, statement: str, asked: Search, query: str, **bounds: int) -> Sequence[tuple[Any, ...]]:
    given = {"query": query, "kind": asked.kind, "guide": asked.guide, "topic": asked.topic}
    return fetch_raw(session, statement, {**given, **bounds, "open": MARK_START, "close": MARK_END})


def _refuse_unknown(session: Session, asked: Search) -> None:
    given = {"guide": asked.guide, "topic": asked.topic}
    if any(given.values()):
        existing = session.connection().execute(_SLUGS).all()
        for parameter, slug in given.items():
            slugs = [existing_slug for name, existing_slug in existing if name == parameter]
            if slug is not None and slug not in slugs:
                raise InvalidInput.unknown(parameter, slug, slugs)


def _shown_facets(counted: Sequence[tuple[Any, ...]]) -> schemas.Facets:
    by_facet: dict[str, list[schemas.Facet]] = {"guide": [], "topic": []}
    kinds = dict.fromkeys(KINDS, 0)
    for facet, slug, label, count in counted:
        if facet == "kind":
            kinds[slug] = count
        else:
            by_facet[facet].append(schemas.Facet(slug=slug, label=label, count=count))
    for facets in by_facet.values():
        facets.sort(key=lambda each: (-each.count, each.slug))
    return schemas.Facets(
        **by_facet, kind=[schemas.Facet(slug=kind, label=KINDS[kind], count=count) for kind, count in kinds.items()]
    )


def _count(facets: schemas.Facets, kind: Kind) -> int:
    return next(facet.count for facet in facets.kind if facet.slug == kind)


def _items(urls: URLs, kind: Kind, page: Sequence[tuple[Any, ...]]) -> list[schemas.SearchResult]:
    return [_section(urls, *row) if kind == "section" else _fact(urls, kind, *row) for row in page]


def _section(
    urls: URLs, score: float, slug: str, guide: str, title: str, names: str, text: str
) -> schemas.SearchResult:
    (title,) = split_passages(title)
    marked = [
        (len(matched_words(passage)), f"{slug}.{n}", passage)
        for n, passage in enumerate(split_passages(text), start=1)
        if MARK_START in passage
    ]
    marked.sort(key=lambda each: -each[0])
    return schemas.SearchResult(
        kind="section",
        title=remove_marks(title)[0],
        title_html=highlight(title),
        url=urls.section(guide, slug),
        score=_shown_score(score),
        guide=guide,
        section=slug,
        passages=[
            schemas.PassageResult(id=id_, url=urls.passage(guide, id_), **_excerpt(passage))
            for _, id_, passage in marked
        ],
        excerpt=None,
        excerpt_html=None,
        marks=None,
    )


def _fact(
    urls: URLs, kind: Kind, score: float, slug: str, guide: str, title: str, names: str, text: str
) -> schemas.SearchResult:
    (title,) = split_passages(title)
    marked = [each for each in split_passages(text) + split_passages(names) if MARK_START in each]
    best = max(marked, key=lambda each: len(matched_words(each)), default=None)
    address = {"term": urls.term, "instrument": urls.instrument, "event": urls.event}[kind]
    return schemas.SearchResult(
        kind=kind,
        title=remove_marks(title)[0],
        title_html=highlight(title),
        url=address(slug),
        score=_shown_score(score),
        guide=guide,
        section=None,
        passages=[],
        **({"excerpt": None, "excerpt_html": None, "marks": None} if best is None else _excerpt(best)),
    )


def _excerpt(marked: str) -> dict[str, Any]:
    excerpt = cut_excerpt(marked)
    marks = [{"start": start, "end": end} for start, end in excerpt.marks]
    return {"excerpt": excerpt.text, "excerpt_html": excerpt.html, "marks": marks}


def _shown_score(bm25: float) -> float:
    # SQLite's BM25 is the better the further it is below zero.
    return round(-bm25, 6)
