"""Build search results from matching entries of the index."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlmodel import Session

from app import schemas
from app.queries.statements import statement_url
from app.search.documents import Document, section_documents, statement_documents
from app.search.excerpts import Excerpt, excerpt, highlight
from app.search.indexed_text import IndexedPassage, IndexedText, index_text, read_passages
from app.search.matching import Phrase, PhraseFinder
from app.store.engines import fetch_raw
from app.urls import URLs

_ENTRIES = """
    SELECT index_entry.id, index_entry.section_id, index_entry.statement_id, revision.guide, search_index.text,
        search_index.names, index_entry.spans, index_entry.further
    FROM json_each(:ids) AS chosen
    CROSS JOIN index_entry ON index_entry.id = chosen.value
    CROSS JOIN search_index ON search_index.rowid = index_entry.id
    CROSS JOIN revision ON revision.id = index_entry.revision_id
"""
# The corrections of the passages of sections, with their spans in the corrected edition.
_IN_SECTIONS = """
    SELECT passage.section_id, passage.n, place.corrected_start, place.corrected_end, statement.slug,
        statement.data ->> 'status' AS status, statement.data ->> 'severity' AS severity
    FROM passage
    JOIN place ON place.passage_id = passage.id
    JOIN statement ON statement.id = place.statement_id
    WHERE passage.section_id IN (SELECT value FROM json_each(:ids))
    ORDER BY place.corrected_start, statement.position, place.position
"""
# The section of each correction, and the corrections to the words that it quotes, itself among them.
_OF_QUOTES = """
    SELECT own.statement_id, section.slug AS section, statement.slug, statement.data ->> 'status' AS status,
        statement.data ->> 'severity' AS severity
    FROM place AS own
    JOIN passage ON passage.id = own.passage_id
    JOIN section ON section.id = passage.section_id
    JOIN place AS other ON other.passage_id = own.passage_id
        AND other.original_start < own.original_end AND own.original_start < other.original_end
    JOIN statement ON statement.id = other.statement_id
    WHERE own.position = 0 AND own.statement_id IN (SELECT value FROM json_each(:ids))
    ORDER BY other.original_start, statement.position, other.position
"""


class _Hit(NamedTuple):
    """An entry of the index on a page of results."""

    guide: str
    score: float
    document: Document
    passages: Sequence[IndexedPassage]


class _Corrections(NamedTuple):
    """The corrections of passages by section and number, those of quotes by statement, and the sections of those."""

    of_passages: Mapping[tuple[int, int], Sequence[Any]]
    of_quotes: Mapping[int, Sequence[schemas.QuotedCorrection]]
    sections: Mapping[int, str]


def build_results(
    session: Session, urls: URLs, phrases: Iterable[Phrase], page: Sequence[tuple[int, float]]
) -> list[schemas.SearchResult]:
    """Return the results of a page of index entries, each with its score; the phrases are marked."""
    if not page:
        return []
    finder = PhraseFinder(phrases)
    hits = _hits(session, page)
    corrections = _corrections(session, [hit.document for hit in hits])
    return [
        _section(urls, finder, corrections, hit)
        if hit.document.kind == "section"
        else _statement(urls, finder, corrections, hit)
        for hit in hits
    ]


def _hits(session: Session, page: Sequence[tuple[int, float]]) -> list[_Hit]:
    scores = dict(page)
    rows = fetch_raw(session, _ENTRIES, {"ids": f"[{','.join(map(str, scores))}]"})
    sections = [row.section_id for row in rows if row.section_id is not None]
    statements = [row.statement_id for row in rows if row.statement_id is not None]
    documents = {
        **{("section", each.id): each for each in section_documents(session, sections) if sections},
        **{("statement", each.id): each for each in statement_documents(session, statements) if statements},
    }
    hits = {}
    for row in rows:
        key = ("statement", row.statement_id) if row.section_id is None else ("section", row.section_id)
        passages = read_passages(IndexedText(f"{row.text} {row.names}", row.spans, row.further))
        hits[row.id] = _Hit(row.guide, scores[row.id], documents[key], passages)
    return [hits[id_] for id_ in scores]


def _corrections(session: Session, documents: Sequence[Document]) -> _Corrections:
    of_passages: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
    of_quotes: defaultdict[int, dict[str, schemas.QuotedCorrection]] = defaultdict(dict)
    sections = {}
    if ids := [document.id for document in documents if document.kind == "section"]:
        for row in fetch_raw(session, _IN_SECTIONS, {"ids": f"{ids}"}):
            of_passages[row.section_id, row.n].append(row)
    if ids := [document.id for document in documents if document.kind == "correction"]:
        for row in fetch_raw(session, _OF_QUOTES, {"ids": f"{ids}"}):
            sections[row.statement_id] = row.section
            of_quotes[row.statement_id][row.slug] = _quoted(row)
    return _Corrections(of_passages, {id_: list(each.values()) for id_, each in of_quotes.items()}, sections)


def _quoted(row: Any) -> schemas.QuotedCorrection:
    return schemas.QuotedCorrection(slug=row.slug, status=row.status, severity=row.severity)


def _section(urls: URLs, finder: PhraseFinder, corrections: _Corrections, hit: _Hit) -> schemas.SearchResult:
    document = hit.document
    matches = [
        (found.distinct, n, excerpt(passage, found.spans))
        for n, (passage, indexed) in enumerate(zip(document.passages, hit.passages, strict=False), start=1)
        if (found := finder.find(indexed)).spans
    ]
    matches.sort(key=lambda match: match[0], reverse=True)
    passages = [_passage(urls, hit, n, cut, corrections.of_passages.get((document.id, n), ())) for _, n, cut in matches]
    return _result(
        urls.section(hit.guide, document.slug), finder, hit, section=document.slug, passages=passages, corrections=[]
    )


def _passage(urls: URLs, hit: _Hit, n: int, cut: Excerpt, corrections: Sequence[Any]) -> schemas.PassageResult:
    id_ = f"{hit.document.slug}.{n}"
    start, end = cut.window
    shown = {row.slug: _quoted(row) for row in corrections if row.corrected_start < end and start < row.corrected_end}
    return schemas.PassageResult(
        id=id_, url=urls.passage(hit.guide, id_), **_excerpt_fields(cut), corrections=list(shown.values())
    )


def _statement(urls: URLs, finder: PhraseFinder, corrections: _Corrections, hit: _Hit) -> schemas.SearchResult:
    document = hit.document
    matches = [
        (found.distinct, passage, found.spans)
        for passage, indexed in zip(document.all_passages, hit.passages, strict=True)
        if (found := finder.find(indexed)).spans and passage != document.label
    ]
    fields: dict[str, Any] = {"excerpt": None, "excerpt_html": None, "marks": None}
    if matches:
        _, passage, spans = max(matches, key=lambda match: match[0])
        fields = _excerpt_fields(excerpt(passage, spans))
    return _result(
        statement_url(urls, document.kind, document.slug, hit.guide),
        finder,
        hit,
        section=corrections.sections.get(document.id),
        passages=[],
        corrections=corrections.of_quotes.get(document.id, []),
        **fields,
    )


def _result(url: str, finder: PhraseFinder, hit: _Hit, **fields: Any) -> schemas.SearchResult:
    title = hit.document.label
    (indexed,) = read_passages(index_text([title]))
    return schemas.SearchResult(
        kind=hit.document.kind,
        title=title,
        title_html=highlight(title, finder.find(indexed).spans),
        url=url,
        score=float(f"{-hit.score:.6g}"),  # SQLite's BM25 is negative, and lower is better
        guide=hit.guide,
        **{"excerpt": None, "excerpt_html": None, "marks": None, **fields},
    )


def _excerpt_fields(cut: Excerpt) -> dict[str, Any]:
    marks = [{"start": start, "end": end} for start, end in cut.marks]
    return {"excerpt": cut.text, "excerpt_html": cut.html, "marks": marks}
