"""Full-text search over the current revisions of all guides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sqlmodel import Session, col

from app.limits import MIN_PREFIX_LENGTH
from app.queries.filters import check_filters, check_guide
from app.queries.search_results import Fields, build_results
from app.queries.search_sql import SEARCH_SQL
from app.schemas.search import RESULT_KINDS, Kind, ResultKind
from app.search.query import Completions, SearchQuery
from app.search.spelling import corrected
from app.search.vocabulary import by_prefix, completions
from app.store.engines import fetch_tuples
from app.store.tables import Revision
from app.urls import URLs

NO_WORDS = "There is no word to look for in this; type one."
ONLY_EXCLUDED = "This only says what to leave out; add a word to look for."


@dataclass(frozen=True)
class SearchRequest:
    """A query and its filters."""

    query: SearchQuery
    kind: Kind = "all"
    guide: str | None = None
    topic: str | None = None


@dataclass(frozen=True)
class Results:
    """A page of search results; `total` is the number on all pages.

    `items` have the fields of a `schemas.SearchResult`, and `facets` those of `schemas.Facets`, in their order.
    """

    items: list[Fields]
    total: int
    match: Literal["all", "any"]
    notice: str | None
    suggestion: str | None
    facets: Fields


class _Matches(NamedTuple):
    """The rows of a page of matches, and the number of all matches by kind, guide and topic."""

    match: Literal["all", "any"]
    page: Sequence[tuple[int, float]]  # id and score of an index entry
    kinds: Mapping[ResultKind, int]
    facets: Fields

    def total(self, kind: Kind) -> int:
        """Return the number of matches of a kind, or of all kinds."""
        return sum(self.kinds.values()) if kind == "all" else self.kinds[kind]


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
    shown = having_all = _find(session, request, words, "all", limit, offset)
    if not having_all.page:
        _check_filters(session, request)
    suggestion = None
    if not having_all.total(kind):
        suggestion = corrected(session, query)
        if len(query.required) > 1 or len(query.any_clauses) > 1:
            having_any = _find(session, request, words, "any", limit, offset)
            if having_any.total(kind) or not having_all.total("all"):
                shown = having_any
    notice = " ".join(_sentences(request, having_all, shown)) or None
    phrases = query.phrases(words, match_all=shown.match == "all")
    items = build_results(session, urls, phrases, shown.page)
    return Results(items, shown.total(kind), shown.match, notice, suggestion, shown.facets)


def _find(
    session: Session, request: SearchRequest, words: Completions, match: Literal["all", "any"], limit: int, offset: int
) -> _Matches:
    parameters = {
        "query": request.query.to_fts5(words, match_all=match == "all"),
        "phrase": request.query.phrase_fts5(match_all=match == "all"),
        "name": request.query.name_fts5,
        "kind": request.kind,
        "guide": request.guide,
        "topic": request.topic,
        "named_kind": request.query.named_kind,
        "limit": limit,
        "offset": offset,
    }
    rows = fetch_tuples(session, SEARCH_SQL, parameters)
    page = [(id_, score) for part, id_, score, _ in rows if part == "page"]
    kinds = dict.fromkeys(RESULT_KINDS, 0) | {kind: count for part, kind, count, _ in rows if part == "kind"}
    return _Matches(match, page, kinds, _to_facets(rows))


def _sentences(request: SearchRequest, having_all: _Matches, shown: _Matches) -> Iterator[str]:
    """Yield the sentences of the notice."""
    query, kind = request.query, request.kind
    filters = " and ".join(name for name in ("guide", "topic") if getattr(request, name))
    nothing = ("Nothing" if kind == "all" else f"No {kind}") + (f" in this {filters}" if filters else "")
    others = _count_kinds(having_all.kinds)
    if not shown.total(kind):
        those = "this word" if len(query.text.split()) == 1 else "any of these words"
        if others:
            yield f"{nothing} has {those if shown is having_all else 'all of these words'}, but {others}."
        elif some := _count_kinds(shown.kinds):
            yield f"{nothing} has {those}, but {some}."
        else:
            yield f"{nothing} has {those}."
    elif shown.match == "any":
        yield f"{nothing} has all of these words; these have some of them."
        if others:
            yield f"All of them: {others}."
    if query.short_prefixes:
        prefixes = " and ".join(f"“{prefix}”" for prefix in query.short_prefixes)
        yield f"A prefix has at least {MIN_PREFIX_LENGTH} letters, so {prefixes} is searched as a word."


def _count_kinds(kinds: Mapping[ResultKind, int]) -> str:
    """Say how many results of each kind there are."""
    numbers = [f"{count} {kind}{'s' * (count != 1)}" for kind, count in kinds.items() if count]
    if not numbers:
        return ""
    verb = "has" if sum(kinds.values()) == 1 else "have"
    *first, last = numbers
    return f"{', '.join(first)} and {last} {verb}" if first else f"{last} {verb}"


def _check_filters(session: Session, request: SearchRequest) -> None:
    check_guide(session, request.guide)
    check_filters(session, col(Revision.is_current), request.topic)


def _to_facets(rows: Sequence[tuple[Any, ...]]) -> Fields:
    facets: dict[str, list[Fields]] = {"guide": [], "topic": []}
    kinds: dict[str, int] = dict.fromkeys(RESULT_KINDS, 0)
    for name, slug, count, title in rows:
        if name == "kind":
            kinds[slug] = count
        elif name in facets:
            facets[name].append({"slug": slug, "title": title, "count": count})
    for values in facets.values():
        values.sort(key=lambda facet: (-facet["count"], facet["slug"]))
    kind = [{"slug": kind, "title": title, "count": kinds[kind]} for kind, title in RESULT_KINDS.items()]
    return {**facets, "kind": kind}
