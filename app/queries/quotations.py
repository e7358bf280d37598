"""Whether a quotation stands in the current revisions of the guides, and where."""

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
from app.text.quotations import Span, exact_places, folded, normalized_places, sought
from app.urls import URLs

MOST_PLACES = 100  # of a quotation, in all guides
PASSAGES_AT_A_TIME = 200
MOST_LIKELY = 5  # passages that are compared with an absent quotation, letter by letter
LEAST_LIKENESS = 50  # out of 100; words less like the quotation are no hint

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


def _holds(text: str, *columns: Mapped[Any]) -> ColumnElement[bool]:
    """Whether one of the columns holds the text that is bound to this name."""
    return or_(*(func.instr(func.coalesce(column, ""), bindparam(text, type_=String)) > 0 for column in columns))


# Those that hold the quotation to the character come first: if there are any, they alone are looked at.
_is_exact = _holds("text", col(Passage.original), col(Passage.corrected))
_in_order = (col(Revision.guide), col(Section.position), col(Passage.n))
_candidates: Page = (
    _passages.add_columns(_is_exact.label("is_exact"))
    .where(_holds("sought", col(Passage.original_folded), col(Passage.corrected_folded)))
    .order_by(_is_exact.desc(), *_in_order)
    .limit(PASSAGES_AT_A_TIME)
)
_exact: Page = (
    _passages.add_columns(_is_exact.label("is_exact")).where(_is_exact).order_by(*_in_order).limit(PASSAGES_AT_A_TIME)
)


def quotation(session: Session, urls: URLs, text: str) -> schemas.Quotation:
    """Where the text stands; an `InvalidInput` if it is nothing but spaces and quotation marks.

    It stands there to the character, or with a different setting; no word is ever skipped.
    """
    if not folded(text).strip("' "):
        message = "A quotation needs at least one letter, digit or sign beside its quotation marks."
        raise InvalidInput.of(("text", message))
    candidates = _find(session, text)
    first = next(candidates, None)
    is_exact = first is not None and first.is_exact
    find = exact_places if is_exact else normalized_places
    found = (
        _place(urls, row, edition, words, span)
        for row in takewhile(lambda row: row.is_exact == is_exact, chain([first] if first else [], candidates))
        for edition, words in _readings(row)
        for span in find(words, text)
    )
    if places := list(islice(found, MOST_PLACES)):
        return schemas.Quotation(text=text, match="exact" if is_exact else "normalized", places=places, nearest=None)
    return schemas.Quotation(text=text, match="absent", places=[], nearest=_nearest(session, urls, text))


def _find(session: Session, text: str) -> Iterator[Any]:
    """The passages that may hold the quotation, fetched as they are needed."""
    values = {"text": text, "sought": sought(text)}
    is_found = False
    for offset in count(step=PASSAGES_AT_A_TIME) if values["sought"] else ():
        found = session.connection().execute(_candidates.offset(offset), values).all()
        yield from found
        is_found = is_found or bool(found)
        if len(found) < PASSAGES_AT_A_TIME:
            break
    if not is_found and (not values["sought"] or _may_cut_a_character(text)):
        yield from session.connection().execute(_exact, values).all()


def _may_cut_a_character(text: str) -> bool:
    """Whether the text may begin or end within a letter and its marks; what it folds to may then stand nowhere."""
    return any(not end.isascii() and unicodedata.category(end)[0] in "LM" for end in (text[0], text[-1]))


def _readings(row: Any) -> list[tuple[Edition, str]]:
    """The text of a passage in each edition, once where they do not differ."""
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
    """The words most like the text, in the passages that share its rarest words; the first of them among equals."""
    ids = nearest_passages(session, text, MOST_LIKELY)
    found = [
        (alike.score, row, edition, words, _whole_words(words, alike.dest_start, alike.dest_end))
        for row in fetch_all(session, _passages.where(col(Passage.id).in_(ids)).order_by(*_in_order))
        for edition, words in _readings(row)
        if (alike := fuzz.partial_ratio_alignment(text, words, score_cutoff=LEAST_LIKENESS))
    ]
    if not found:
        return None
    _, row, edition, words, span = max(found, key=itemgetter(0))
    place = _place(urls, row, edition, words, span)
    return schemas.NearestPassage(**place.model_dump(), text=words[span.start : span.end])


def _whole_words(text: str, start: int, end: int) -> Span:
    while start > 0 and text[start - 1 : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1 : end + 1].isalnum():
        end += 1
    return Span(start, end)
