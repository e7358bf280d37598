"""Build search results from matching entries of the index."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlmodel import Session

from app.queries.statements import statement_url
from app.search.documents import Document, section_documents, statement_documents
from app.search.excerpts import Excerpt, excerpt, highlight
from app.search.indexed_text import IndexedPassage, IndexedText, read_passages, read_title
from app.search.matching import Phrase, PhraseFinder
from app.store.engines import fetch_tuples, memory_of
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
    SELECT passage.section_id, statement.slug, statement.data ->> 'status', statement.data ->> 'severity', passage.n,
        place.corrected_start, place.corrected_end
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

# Fields of a `schemas.SearchResult` or of a part of it, in their order, as JSON has them.
Fields = dict[str, Any]

_NO_EXCERPT: Fields = {"excerpt": None, "excerpt_html": None, "marks": None}

MAX_ENTRIES_IN_MEMORY = 250  # about 20 kB each; the shipped guide has fewer


class _Noted(NamedTuple):
    """A correction to a span of a text: of the passage with the number `n`, or of a quote, which it concerns wholly."""

    slug: str
    status: str
    severity: str
    n: int = 0
    start: int = 0
    end: int = 0

    @property
    def fields(self) -> Fields:
        """Return the fields of a `schemas.QuotedCorrection`."""
        return {"slug": self.slug, "status": self.status, "severity": self.severity}


class _Entry(NamedTuple):
    """What an entry of the index is about.

    `corrections` are those to the passages of a section, or to the quote of a correction, which is in `section`.
    """

    guide: str
    document: Document
    passages: Sequence[IndexedPassage]
    section: str | None
    corrections: Sequence[_Noted]


def build_results(
    session: Session, urls: URLs, phrases: Iterable[Phrase], page: Sequence[tuple[int, float]]
) -> list[Fields]:
    """Return the results of a page of index entries, each with its score; the phrases are marked."""
    if not page:
        return []
    finder = PhraseFinder(phrases)
    entries = _entries(session, [id_ for id_, _ in page])
    return [_result(urls, finder, entries[id_], score) for id_, score in page]


def _entries(session: Session, ids: Sequence[int]) -> Mapping[int, _Entry]:
    """Return entries by id; those of earlier searches are still in memory."""
    entries: dict[int, _Entry] = memory_of(session)
    if len(entries) > MAX_ENTRIES_IN_MEMORY:
        entries.clear()
    if missing := [id_ for id_ in ids if id_ not in entries]:
        entries.update(_read(session, missing))
    return entries


def _read(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, _Entry]]:
    rows = fetch_tuples(session, _ENTRIES, {"ids": f"{ids}"})
    sections = [section for _, section, *_ in rows if section is not None]
    statements = [statement for _, _, statement, *_ in rows if statement is not None]
    of_sections = {each.id: each for each in section_documents(session, sections)} if sections else {}
    of_statements = {each.id: each for each in statement_documents(session, statements)} if statements else {}
    to_passages: defaultdict[int, list[_Noted]] = defaultdict(list)
    for section_id, *correction in fetch_tuples(session, _IN_SECTIONS, {"ids": f"{sections}"}):
        to_passages[section_id].append(_Noted(*correction))
    to_quotes: defaultdict[int, list[_Noted]] = defaultdict(list)
    quoted_in = {}
    for statement_id, quoted_in[statement_id], *correction in fetch_tuples(
        session, _OF_QUOTES, {"ids": f"{statements}"}
    ):
        to_quotes[statement_id].append(_Noted(*correction))
    for id_, section, statement, guide, text, names, spans, further in rows:
        passages = read_passages(IndexedText(text + names, spans, further))
        if statement is None:
            yield id_, _Entry(guide, of_sections[section], passages, None, to_passages[section])
        else:
            document = of_statements[statement]
            yield id_, _Entry(guide, document, passages, quoted_in.get(statement), to_quotes[statement])


def _result(urls: URLs, finder: PhraseFinder, entry: _Entry, score: float) -> Fields:
    document, guide = entry.document, entry.guide
    kind, title = document.kind, document.label
    is_section = kind == "section"
    url = urls.section(guide, document.slug) if is_section else statement_url(urls, kind, document.slug, guide)
    return {
        "kind": kind,
        "title": title,
        "title_html": highlight(title, finder.find(read_title(title)).spans),
        "url": url,
        "score": float(f"{-score:.6g}"),  # SQLite's BM25 is negative, and lower is better
        "guide": guide,
        **(_section(urls, finder, entry) if is_section else _statement(finder, entry)),
    }


def _section(urls: URLs, finder: PhraseFinder, entry: _Entry) -> Fields:
    document = entry.document
    matches = []
    for n, (passage, indexed) in enumerate(zip(document.passages, entry.passages, strict=True), start=1):
        if (found := finder.find(indexed)).spans:
            matches.append((found.distinct, n, excerpt(passage, found.spans)))
    matches.sort(key=lambda match: match[0], reverse=True)
    return {
        "section": document.slug,
        "passages": [_passage(urls, entry, n, cut) for _, n, cut in matches],
        "corrections": [],
        **_NO_EXCERPT,
    }


def _passage(urls: URLs, entry: _Entry, n: int, cut: Excerpt) -> Fields:
    id_ = f"{entry.document.slug}.{n}"
    first, last = cut.window
    shown = (each for each in entry.corrections if each.n == n and each.start < last and first < each.end)
    return {
        "id": id_,
        "url": urls.passage(entry.guide, id_),
        **_excerpt_fields(cut),
        "corrections": _distinct(shown),
    }


def _statement(finder: PhraseFinder, entry: _Entry) -> Fields:
    document = entry.document
    best, fields = 0, _NO_EXCERPT
    for passage, indexed in zip(document.all_passages, entry.passages, strict=True):
        found = finder.find(indexed)
        if found.distinct > best and passage != document.label:
            best, fields = found.distinct, _excerpt_fields(excerpt(passage, found.spans))
    return {
        "section": entry.section,
        "passages": [],
        "corrections": _distinct(entry.corrections),
        **fields,
    }


def _distinct(corrections: Iterable[_Noted]) -> list[Fields]:
    """Return the fields of corrections, each once."""
    return list({each.slug: each.fields for each in corrections}.values())


def _excerpt_fields(cut: Excerpt) -> Fields:
    marks = [{"start": start, "end": end} for start, end in cut.marks]
    return {"excerpt": cut.text, "excerpt_html": cut.html, "marks": marks}
