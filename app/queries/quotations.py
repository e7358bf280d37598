"""Whether a quotation stands in the current revisions of the guides, and where."""

from collections.abc import Iterator
from itertools import chain, count, islice
from operator import itemgetter
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, Select, String, bindparam, func, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from app import schemas
from app.addresses import Addresses
from app.content.editions import Edition
from app.database import rows
from app.http.problems import InvalidInput
from app.models import Passage, Revision, Section
from app.queries.search import nearest_passages
from app.quotations import Span, exact_places, folded, normalized_places
from app.text_fragments import text_fragment

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


# Those that hold the quotation to the character come first, so that they alone need be looked at if there are any.
_is_exact = _holds("text", col(Passage.original), col(Passage.corrected))
_candidates: Page = (
    _passages.add_columns(_is_exact.label("is_exact"))
    .where(_holds("folded", col(Passage.original_folded), col(Passage.corrected_folded)))
    .order_by(_is_exact.desc(), col(Revision.guide), col(Section.position), col(Passage.n))
    .limit(PASSAGES_AT_A_TIME)
)


def quotation(session: Session, addresses: Addresses, text: str) -> schemas.Quotation:
    """Where the text stands; an `InvalidInput` if it is nothing but spaces and quotation marks.

    It stands there to the character, or with a different setting; no word is ever skipped.
    """
    if not (alike := folded(text)):
        message = "A quotation needs at least one letter, digit or sign beside its quotation marks."
        raise InvalidInput(f"text: {message}", errors=[("text", message)])
    candidates = _find(session, {"text": text, "folded": alike})
    first = next(candidates, None)
    is_exact = first is not None and bool(first.is_exact)
    find = exact_places if is_exact else normalized_places
    found = (
        _place(addresses, row, edition, words, span)
        for row in ([] if first is None else chain([first], candidates))
        if row.is_exact == is_exact
        for edition, words in _readings(row)
        for span in find(words, text)
    )
    if places := list(islice(found, MOST_PLACES)):
        return schemas.Quotation(text=text, match="exact" if is_exact else "normalized", places=places, nearest=None)
    return schemas.Quotation(text=text, match="absent", places=[], nearest=_nearest(session, addresses, text))


def _find(session: Session, sought: dict[str, str]) -> Iterator[Any]:
    """The passages that may hold the quotation, fetched as they are needed."""
    for offset in count(step=PASSAGES_AT_A_TIME):
        found = session.connection().execute(_candidates.offset(offset), sought).all()
        yield from found
        if len(found) < PASSAGES_AT_A_TIME:
            return


def _readings(row: Any) -> list[tuple[Edition, str]]:
    """The text of a passage in each edition, once where they do not differ."""
    if row.corrected is None:
        return [("corrected", row.original)]
    return [("corrected", row.corrected), ("original", row.original)]


def _place(addresses: Addresses, row: Any, edition: Edition, text: str, span: Span) -> schemas.QuotationPlace:
    passage = f"{row.section}.{row.n}"
    query = "?edition=original" if edition == "original" else ""
    fragment = f"#{passage}:~:text={text_fragment(text, span)}"
    return schemas.QuotationPlace(
        guide=row.guide,
        section=row.section,
        passage=passage,
        edition=edition,
        start=span.start,
        end=span.end,
        url=addresses.passage(row.guide, passage) + query,
        text_fragment=addresses.section(row.guide, row.section) + query + fragment,
    )


def _nearest(session: Session, addresses: Addresses, text: str) -> schemas.NearestPassage | None:
    """The words most like the text, in the passages that share its rarest words."""
    found = []
    for row in rows(session, _passages.where(col(Passage.id).in_(nearest_passages(session, text, MOST_LIKELY)))):
        edition, words = _readings(row)[0]
        if alike := fuzz.partial_ratio_alignment(text, words, score_cutoff=LEAST_LIKENESS):
            span = _whole_words(words, alike.dest_start, alike.dest_end)
            found.append((alike.score, row, edition, words, span))
    if not found:
        return None
    _, row, edition, words, span = max(found, key=itemgetter(0))
    place = _place(addresses, row, edition, words, span)
    return schemas.NearestPassage(**place.model_dump(), text=words[span.start : span.end])


def _whole_words(text: str, start: int, end: int) -> Span:
    while start > 0 and text[start - 1 : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1 : end + 1].isalnum():
        end += 1
    return Span(start, end)
