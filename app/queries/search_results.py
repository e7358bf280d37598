"""Build search results from matching entries of the index."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from sqlmodel import Session

from app import schemas
from app.queries.statements import statement_url
from app.search.documents import Document, section_documents, statement_documents
from app.search.excerpts import Excerpt, excerpt, highlight
from app.search.indexed_text import IndexedPassage, IndexedText, read_passages, read_title
from app.search.matching import Phrase, PhraseFinder
from app.store.engines import fetch_tuples
from app.urls import URLs

_ENTRIES = """
    SELECT index_entry.id, index_entry.section_id, index_entry.statement_id, revision.guide, search_index.text,
        search_index.names, search_index.spans, search_index.further
    FROM json_each(:ids) AS chosen
    CROSS JOIN index_entry ON index_entry.id = chosen.value
    CROSS JOIN search_index ON search_index.rowid = index_entry.id
    CROSS JOIN revision ON revision.id = index_entry.revision_id
"""
# The corrections of the passages of sections, with their spans in the corrected edition.
_IN_SECTIONS = """
    SELECT passage.section_id, passage.n, place.corrected_start, place.corrected_end, statement.slug,
        statement.data ->> 'status', statement.data ->> 'severity'
    FROM passage
    JOIN place ON place.passage_id = passage.id
    JOIN statement ON statement.id = place.statement_id
    WHERE passage.section_id IN (SELECT value FROM json_each(:ids))
    ORDER BY place.corrected_start, statement.position, place.position
"""
# The section of each correction, and the corrections to the words that it quotes, itself among them.
_OF_QUOTES = """
    SELECT own.statement_id, section.slug, statement.slug, statement.data ->> 'status', statement.data ->> 'severity'
    FROM place AS own
    JOIN passage ON passage.id = own.passage_id
    JOIN section ON section.id = passage.section_id
    JOIN place AS other ON other.passage_id = own.passage_id
        AND other.original_start < own.original_end AND own.original_start < other.original_end
    JOIN statement ON statement.id = other.statement_id
    WHERE own.position = 0 AND own.statement_id IN (SELECT value FROM json_each(:ids))
    ORDER BY other.original_start, statement.position, other.position
"""

# Fields of a `schemas.SearchResult` or of a part of it: all results are validated together, which is fast.
Fields = dict[str, Any]

_results = TypeAdapter(list[schemas.SearchResult])


class _Hit(NamedTuple):
    """An entry of the index on a page of results."""

    guide: str
    score: float
    document: Document
    passages: Sequence[IndexedPassage]


class _Corrections(NamedTuple):
    """The corrections of passages and of quotes, and the sections of those.

    Passages are given by section and number, and quotes by statement. Of a passage, each has its span in the text.
    """

    of_passages: Mapping[tuple[int, int], Sequence[tuple[int, int, Fields]]]
    of_quotes: Mapping[int, Mapping[str, Fields]]
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
    return _results.validate_python(
        [
            _section(urls, finder, corrections, hit)
            if hit.document.kind == "section"
            else _statement(urls, finder, corrections, hit)
            for hit in hits
        ]
    )


def _hits(session: Session, page: Sequence[tuple[int, float]]) -> list[_Hit]:
    scores = dict(page)
    rows = fetch_tuples(session, _ENTRIES, {"ids": f"{[*scores]}"})
    sections = [section for _, section, *_ in rows if section is not None]
    statements = [statement for _, _, statement, *_ in rows if statement is not None]
    of_sections = {each.id: each for each in section_documents(session, sections)} if sections else {}
    of_statements = {each.id: each for each in statement_documents(session, statements)} if statements else {}
    hits = {}
    for id_, section, statement, guide, text, names, spans, further in rows:
        document = of_sections[section] if statement is None else of_statements[statement]
        passages = read_passages(IndexedText(text + names, spans, further))
        hits[id_] = _Hit(guide, scores[id_], document, passages)
    return [hits[id_] for id_ in scores]


def _corrections(session: Session, documents: Sequence[Document]) -> _Corrections:
    of_passages: defaultdict[tuple[int, int], list[tuple[int, int, Fields]]] = defaultdict(list)
    of_quotes: defaultdict[int, dict[str, Fields]] = defaultdict(dict)
    sections = {}
    if ids := [document.id for document in documents if document.kind == "section"]:
        for section_id, n, start, end, slug, status, severity in fetch_tuples(session, _IN_SECTIONS, {"ids": f"{ids}"}):
            correction = {"slug": slug, "status": status, "severity": severity}
            of_passages[section_id, n].append((start, end, correction))
    if ids := [document.id for document in documents if document.kind == "correction"]:
        for statement_id, section, slug, status, severity in fetch_tuples(session, _OF_QUOTES, {"ids": f"{ids}"}):
            sections[statement_id] = section
            of_quotes[statement_id][slug] = {"slug": slug, "status": status, "severity": severity}
    return _Corrections(of_passages, of_quotes, sections)


def _section(urls: URLs, finder: PhraseFinder, corrections: _Corrections, hit: _Hit) -> Fields:
    document = hit.document
    matches = []
    for n, (passage, indexed) in enumerate(zip(document.passages, hit.passages, strict=True), start=1):
        if (found := finder.find(indexed)).spans:
            matches.append((found.distinct, n, excerpt(passage, found.spans)))
    matches.sort(key=lambda match: match[0], reverse=True)
    passages = [_passage(urls, hit, n, cut, corrections.of_passages.get((document.id, n), ())) for _, n, cut in matches]
    url = urls.section(hit.guide, document.slug)
    return _result(url, finder, hit, section=document.slug, passages=passages, corrections=[])


def _passage(urls: URLs, hit: _Hit, n: int, cut: Excerpt, corrections: Sequence[tuple[int, int, Fields]]) -> Fields:
    id_ = f"{hit.document.slug}.{n}"
    first, last = cut.window
    shown = {each["slug"]: each for start, end, each in corrections if start < last and first < end}
    return {
        "id": id_,
        "url": urls.passage(hit.guide, id_),
        **_excerpt_fields(cut),
        "corrections": list(shown.values()),
    }


def _statement(urls: URLs, finder: PhraseFinder, corrections: _Corrections, hit: _Hit) -> Fields:
    document = hit.document
    best, fields = 0, {}
    for passage, indexed in zip(document.all_passages, hit.passages, strict=True):
        found = finder.find(indexed)
        if found.distinct > best and passage != document.label:
            best, fields = found.distinct, _excerpt_fields(excerpt(passage, found.spans))
    return _result(
        statement_url(urls, document.kind, document.slug, hit.guide),
        finder,
        hit,
        section=corrections.sections.get(document.id),
        passages=[],
        corrections=list(corrections.of_quotes.get(document.id, {}).values()),
        **fields,
    )


def _result(url: str, finder: PhraseFinder, hit: _Hit, **fields: Any) -> Fields:
    title = hit.document.label
    return {
        "kind": hit.document.kind,
        "title": title,
        "title_html": highlight(title, finder.find(read_title(title)).spans),
        "url": url,
        "score": float(f"{-hit.score:.6g}"),  # SQLite's BM25 is negative, and lower is better
        "guide": hit.guide,
        "excerpt": None,
        "excerpt_html": None,
        "marks": None,
        **fields,
    }


def _excerpt_fields(cut: Excerpt) -> Fields:
    marks = [{"start": start, "end": end} for start, end in cut.marks]
    return {"excerpt": cut.text, "excerpt_html": cut.html, "marks": marks}
