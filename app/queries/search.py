"""Full-text search over the current revisions of all guides."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Literal

from sqlmodel import Session, col

from app import schemas
from app.limits import MIN_PREFIX_LENGTH
from app.queries.filters import check_filters, check_guide
from app.queries.search_sql import FACETS_SQL, PAGE_SQL
from app.schemas.search import Kind
from app.search.excerpts import excerpt as cut_excerpt
from app.search.excerpts import highlight
from app.search.indexed_text import MARK_END, MARK_START, matched_words, remove_marks, split_passages
from app.search.query import SearchQuery
from app.search.vocabulary import by_prefix, completions, corrected
from app.store.engines import fetch_raw
from app.store.tables import Revision
from app.urls import URLs

KINDS: dict[Kind, str] = {"section": "Sections", "term": "Terms", "instrument": "Instruments", "event": "Events"}

NO_WORDS = "There is no word to look for in this; type one."
ONLY_EXCLUDED = "This only says what to leave out; add a word to look for."


@dataclass(frozen=True)
class SearchRequest:
    """A query and its filters."""

    query: SearchQuery
    kind: Kind = "section"
    guide: str | None = None
    topic: str | None = None


@dataclass(frozen=True)
class Results:
    """A page of search results; `total` is the number on all pages."""

    items: list[schemas.SearchResult]
    total: int
    match: Literal["all", "any"]
    notice: str | None
    suggestion: str | None
    facets: schemas.Facets


def search(session: Session, urls: URLs, request: SearchRequest, limit: int, offset: int) -> Results:
    """Return a page of results, best first.

    They have all words of the query or, if there are none, any of them.
    Raises `InvalidInput` for an unknown guide or topic.
    """
    query, kind = request.query, request.kind
    if not query.required:
        _check_filters(session, request)
        return Results([], 0, "all", ONLY_EXCLUDED if query.excluded else NO_WORDS, None, _to_facets([]))
    words = by_prefix(completions(session, query.prefixes))
    page, facets = _run(session, request, query.to_fts5(words, match_all=True), limit, offset)
    if not page:
        _check_filters(session, request)
    if total := _count(facets, kind):
        return Results(_to_results(urls, kind, page), total, "all", _notice(query), None, facets)
    suggestion = corrected(session, query)
    if query.single_words != list(query.required) or len(query.required) > 1:
        page, facets = _run(session, request, query.to_fts5(words, match_all=False), limit, offset)
        if total := _count(facets, kind):
            notice = _notice(query, f"No {kind} has all of these words; these have some of them.")
            return Results(_to_results(urls, kind, page), total, "any", notice, suggestion, facets)
    return Results([], 0, "all", _notice(query, f"No {kind} has any of these words."), suggestion, facets)


def _notice(query: SearchQuery, *sentences: str) -> str | None:
    """Join the sentences of a notice, with one about prefixes that are too short."""
    if query.short_prefixes:
        words = " and ".join(f"“{prefix}”" for prefix in query.short_prefixes)
        sentences += (f"A prefix has at least {MIN_PREFIX_LENGTH} letters, so {words} is searched as a word.",)
    return " ".join(sentences) or None


def _run(
    session: Session, request: SearchRequest, fts5_query: str, limit: int, offset: int
) -> tuple[Sequence[tuple[Any, ...]], schemas.Facets]:
    parameters = {"query": fts5_query, "kind": request.kind, "guide": request.guide, "topic": request.topic}
    page_parameters = {"limit": limit, "offset": offset, "open": MARK_START, "close": MARK_END}
    page = fetch_raw(session, PAGE_SQL[request.kind], parameters | page_parameters)
    return page, _to_facets(fetch_raw(session, FACETS_SQL[request.kind], parameters))


def _check_filters(session: Session, request: SearchRequest) -> None:
    check_guide(session, request.guide)
    check_filters(session, col(Revision.is_current), request.topic)


def _to_facets(rows: Sequence[tuple[Any, ...]]) -> schemas.Facets:
    facets: dict[str, list[schemas.Facet]] = {"guide": [], "topic": []}
    kinds = dict.fromkeys(KINDS, 0)
    for name, slug, label, count in rows:
        if name == "kind":
            kinds[slug] = count
        else:
            facets[name].append(schemas.Facet(slug=slug, title=label, count=count))
    for values in facets.values():
        values.sort(key=lambda facet: (-facet.count, facet.slug))
    return schemas.Facets(
        **facets, kind=[schemas.Facet(slug=kind, title=KINDS[kind], count=count) for kind, count in kinds.items()]
    )


def _count(facets: schemas.Facets, kind: Kind) -> int:
    return next(facet.count for facet in facets.kind if facet.slug == kind)


def _to_results(urls: URLs, kind: Kind, page: Sequence[tuple[Any, ...]]) -> list[schemas.SearchResult]:
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
    marked.sort(key=itemgetter(0), reverse=True)
    return schemas.SearchResult(
        kind="section",
        title=remove_marks(title)[0],
        title_html=highlight(title),
        url=urls.section(guide, slug),
        score=_to_score(score),
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
    marked = [passage for passage in split_passages(text) + split_passages(names) if MARK_START in passage]
    best = max(marked, key=lambda passage: len(matched_words(passage)), default=None)
    return schemas.SearchResult(
        kind=kind,
        title=remove_marks(title)[0],
        title_html=highlight(title),
        url=urls.of(kind, slug),
        score=_to_score(score),
        guide=guide,
        section=None,
        passages=[],
        **({"excerpt": None, "excerpt_html": None, "marks": None} if best is None else _excerpt(best)),
    )


def _excerpt(marked: str) -> dict[str, Any]:
    excerpt = cut_excerpt(marked)
    marks = [{"start": start, "end": end} for start, end in excerpt.marks]
    return {"excerpt": excerpt.text, "excerpt_html": excerpt.html, "marks": marks}


def _to_score(bm25: float) -> float:
    # SQLite's BM25 is negative, and lower is better.
    return round(-bm25, 6)
