"""Look up a quotation in the current revisions of all guides."""

import unicodedata
from collections.abc import Iterator
from itertools import chain, count, islice, takewhile
from operator import itemgetter
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, Select, String, bindparam, func, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from app import schemas
from app.errors import InvalidInput
from app.search.nearest import nearest_passages
from app.store.engines import fetch_all
from app.store.tables import Passage, Revision, Section
from app.text.editions import Edition
from app.text.fragments import text_fragment
from app.text.quotations import Span, exact_places, normalize_typography, normalized_places, search_key
from app.urls import URLs

MAX_PLACES = 100  # in all guides
BATCH_SIZE = 200  # passages
MAX_COMPARED = 5  # passages that an absent quotation is compared with
MIN_SIMILARITY = 50  # of 100, between an absent quotation and the nearest words

Page = Select[*tuple[Any, ...]]

_passages: Page = (
    select(
        col(Revision.guide),
        col(Section.slug).label("section"),
        col(Passage.id),
        col(Passage.n),
        col(Passage.original),
        col(Passage.corrected),
    )
    .join(Section, col(Section.id) == col(Passage.section_id))
    .join(Revision, col(Revision.id) == col(Section.revision_id))
    .where(col(Revision.is_current))
)


def _contains(parameter: str, *columns: Mapped[Any]) -> ColumnElement[bool]:
    """Return the condition that one of the columns contains the value of a parameter."""
    return or_(*(func.instr(func.coalesce(column, ""), bindparam(parameter, type_=String)) > 0 for column in columns))


# Passages with the exact quotation come first; if there are any, the others are ignored.
_is_exact = _contains("text", col(Passage.original), col(Passage.corrected))
_in_order = (col(Revision.guide), col(Section.position), col(Passage.n))
_candidates: Page = (
    _passages.add_columns(_is_exact.label("is_exact"))
    .where(_contains("key", col(Passage.original_folded), col(Passage.corrected_folded)))
    .order_by(_is_exact.desc(), *_in_order)
    .limit(BATCH_SIZE)
)
_exact: Page = (
    _passages.add_columns(_is_exact.label("is_exact")).where(_is_exact).order_by(*_in_order).limit(BATCH_SIZE)
)


def quotation(session: Session, urls: URLs, text: str) -> schemas.Quotation:
    """Look up a quotation: exact places or, if there are none, normalized ones, or the most similar words.

    Raises `InvalidInput` if the text has only spaces and quotation marks.
    """
    if not normalize_typography(text).strip("' "):
        message = "A quotation needs at least one letter, digit or sign beside its quotation marks."
        raise InvalidInput.of(("text", message))
    candidates = _candidate_passages(session, text)
    first = next(candidates, None)
    is_exact = first is not None and first.is_exact
    find_places = exact_places if is_exact else normalized_places
    found = (
        _place(urls, row, edition, words, span)
        for row in takewhile(lambda row: row.is_exact == is_exact, chain([first] if first else [], candidates))
        for edition, words in _editions(row)
        for span in find_places(words, text)
    )
    if places := list(islice(found, MAX_PLACES)):
        return schemas.Quotation(text=text, match="exact" if is_exact else "normalized", places=places, nearest=None)
    return schemas.Quotation(text=text, match="absent", places=[], nearest=_nearest(session, urls, text))


def _candidate_passages(session: Session, text: str) -> Iterator[Any]:
    """Yield passages that may contain the quotation, fetching them in batches."""
    values = {"text": text, "key": search_key(text)}
    is_found = False
    for offset in count(step=BATCH_SIZE) if values["key"] else ():
        rows = session.connection().execute(_candidates.offset(offset), values).all()
        yield from rows
        is_found = is_found or bool(rows)
        if len(rows) < BATCH_SIZE:
            break
    if not is_found and (not values["key"] or _may_split_character(text)):
        yield from session.connection().execute(_exact, values).all()


def _may_split_character(text: str) -> bool:
    """Return whether the text may begin or end inside a letter with marks, so that only exact places exist."""
    return any(not end.isascii() and unicodedata.category(end)[0] in "LM" for end in (text[0], text[-1]))


def _editions(row: Any) -> list[tuple[Edition, str]]:
    """Return the text of a passage in each edition; once if they are the same."""
    if row.corrected is None:
        return [("corrected", row.original)]
    return [("corrected", row.corrected), ("original", row.original)]


def _place(urls: URLs, row: Any, edition: Edition, text: str, span: Span) -> schemas.QuotationPlace:
    passage = f"{row.section}.{row.n}"
    query = {"edition": edition} if edition == "original" else {}
    fragment = f"#{passage}:~:text={text_fragment(text, span)}"
    return schemas.QuotationPlace(
        guide=row.guide,
        section=row.section,
        passage=passage,
        edition=edition,
        start=span.start,
        end=span.end,
        url=urls.passage(row.guide, passage, **query),
        text_fragment=urls.section(row.guide, row.section, **query) + fragment,
    )


def _nearest(session: Session, urls: URLs, text: str) -> schemas.NearestPassage | None:
    """Return the words most similar to the text, in passages that share its rarest words; the first of equals."""
    ids = nearest_passages(session, text, MAX_COMPARED)
    matches = [
        (match.score, row, edition, words, _extend_to_words(words, match.dest_start, match.dest_end))
        for row in fetch_all(session, _passages.where(col(Passage.id).in_(ids)).order_by(*_in_order))
        for edition, words in _editions(row)
        if (match := fuzz.partial_ratio_alignment(text, words, score_cutoff=MIN_SIMILARITY))
    ]
    if not matches:
        return None
    _, row, edition, words, span = max(matches, key=itemgetter(0))
    place = _place(urls, row, edition, words, span)
    return schemas.NearestPassage(**place.model_dump(), text=words[span.start : span.end])


def _extend_to_words(text: str, start: int, end: int) -> Span:
    while start > 0 and text[start - 1 : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1 : end + 1].isalnum():
        end += 1
    return Span(start, end)
