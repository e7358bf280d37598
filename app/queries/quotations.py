"""Look up a quotation in the current revisions of all guides."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, String, bindparam, func, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from app import schemas
from app.errors import InvalidInput, QueryTooExpensive
from app.limits import MAX_QUERY_S
from app.queries.corrections import corrections_of_passages
from app.queries.filters import check_guide
from app.search.nearest import nearest_passages
from app.store.engines import CompiledSelect, id_list
from app.store.tables import Passage, Revision, Section
from app.text.editions import Edition
from app.text.fragments import text_fragment
from app.text.quotations import QuotationFinder, Span, normalize_typography
from app.text.similarity import MIN_SIMILARITY, most_similar_words
from app.urls import URLs

BATCH_SIZE = 1_000  # passages whose text is in memory
MAX_COUNTED = 1_000  # places
MAX_COMPARED = 5  # passages that an absent quotation is compared with

FindPlaces = Callable[[str, str], Iterable[Span]]


def _contains(parameter: str, *columns: Mapped[Any]) -> ColumnElement[bool]:
    """Return the condition that one of the columns contains the value of a parameter."""
    return or_(*(func.instr(func.coalesce(column, ""), bindparam(parameter, type_=String)) > 0 for column in columns))


_guide = bindparam("guide", type_=String)
_is_exact = _contains("text", col(Passage.original), col(Passage.corrected))
_revisions = select(col(Revision.id)).where(
    col(Revision.is_current), or_(_guide.is_(None), col(Revision.guide) == _guide)
)
_in_order: Select[*tuple[Any, ...]] = (
    select(col(Passage.id), _is_exact.label("is_exact"))
    .join(Section, col(Section.id) == col(Passage.section_id))
    .join(Revision, col(Revision.id) == col(Section.revision_id))
    .where(col(Section.revision_id).in_(_revisions))  # a subquery, so that SQLite reads no other guide's passages
    .order_by(col(Revision.guide), col(Section.position), col(Passage.n))
)
_candidates = CompiledSelect(
    _in_order.where(_contains("key", col(Passage.original_folded), col(Passage.corrected_folded)))
)
_exact_candidates = CompiledSelect(_in_order.where(_is_exact))
_texts = CompiledSelect(
    select(
        col(Passage.id),
        col(Revision.guide),
        col(Section.slug).label("section"),
        col(Passage.n),
        col(Passage.original),
        col(Passage.corrected),
        col(Passage.original_folded),
        col(Passage.corrected_folded),
    )
    .join(Section, col(Section.id) == col(Passage.section_id))
    .join(Revision, col(Revision.id) == col(Section.revision_id))
    .where(col(Passage.id).in_(id_list("ids")))
)


class _Match(NamedTuple):
    """A span of a passage in one edition; `row` is one of `_texts`, `text` its text."""

    row: Any
    edition: Edition
    text: str
    span: Span


def quotation(session: Session, urls: URLs, text: str, guide: str | None, limit: int) -> schemas.Quotation:
    """Return the exact places of a quotation, else normalized ones, else the most similar words.

    Raises `InvalidInput` for an unknown guide, or if the text has only spaces and quotation marks, and
    `QueryTooExpensive` if reading the passages that may have the words takes too much time.
    """
    if not normalize_typography(text).strip("' "):
        message = "A quotation needs at least one letter, digit or sign beside its quotation marks."
        raise InvalidInput.of(("text", message))
    finder = QuotationFinder(text)
    candidates = _candidate_passages(session, finder, guide)
    exact = [row.id for row in candidates if row.is_exact]
    searches: list[tuple[Literal["exact", "normalized"], Sequence[int], FindPlaces]] = [
        ("exact", exact, lambda words, _: finder.exact_places(words)),
        ("normalized", [row.id for row in candidates], finder.normalized_places),
    ]
    for match, ids, find_places in searches:
        matches = _matches(session, ids, find_places)
        if shown := list(islice(matches, limit)):
            total = len(shown) + sum(1 for _ in islice(matches, MAX_COUNTED - len(shown)))
            places = _places(session, urls, shown)
            return schemas.Quotation(text=text, match=match, places=places, total=total, nearest=None)
    check_guide(session, guide)
    nearest = _nearest(session, urls, text, guide)
    return schemas.Quotation(text=text, match="absent", places=[], total=0, nearest=nearest)


def _candidate_passages(session: Session, finder: QuotationFinder, guide: str | None) -> Sequence[Any]:
    """Return passages that may contain the quotation, in reading order.

    Each row has the `id` of the passage; `is_exact` is false if the quotation cannot be exact there.
    """
    if not finder.search_key:
        return _exact_candidates.fetch_all(session, text=finder.quotation, guide=guide)
    return _candidates.fetch_all(session, text=finder.quotation, key=finder.search_key, guide=guide)


def _matches(session: Session, ids: Sequence[int], find_places: FindPlaces) -> Iterator[_Match]:
    """Yield the places in passages, fetching their texts in batches."""
    deadline = time.thread_time() + MAX_QUERY_S
    for first in range(0, len(ids), BATCH_SIZE):
        if time.thread_time() > deadline:
            raise QueryTooExpensive("Too many passages may have these words; look up more words, or name a `guide`.")
        batch = ids[first : first + BATCH_SIZE]
        rows = {row.id: row for row in _texts.fetch_all(session, ids=batch)}
        for row in map(rows.__getitem__, batch):
            for edition, text, normalized in _editions(row):
                for span in find_places(text, normalized):
                    yield _Match(row, edition, text, span)


def _editions(row: Any) -> list[tuple[Edition, str, str]]:
    """Return the text of a passage and its normalized form in each edition that differs."""
    if row.corrected is None:
        return [("corrected", row.original, row.original_folded)]
    return [
        ("corrected", row.corrected, row.corrected_folded),
        ("original", row.original, row.original_folded),
    ]


def _places(session: Session, urls: URLs, matches: Sequence[_Match]) -> list[schemas.QuotationPlace]:
    corrections = {
        (edition, id_): of_passage
        for edition in sorted({match.edition for match in matches})
        for id_, of_passage in corrections_of_passages(
            session, edition, [match.row.id for match in matches if match.edition == edition]
        ).items()
    }
    return [_place(urls, match, corrections.get((match.edition, match.row.id), [])) for match in matches]


def _place(urls: URLs, match: _Match, corrections: Sequence[schemas.PassageCorrection]) -> schemas.QuotationPlace:
    """Build a place from a match and the corrections of its passage in the same edition."""
    start, end = match.span
    passage = f"{match.row.section}.{match.row.n}"
    query = {"edition": match.edition} if match.edition == "original" else {}
    fragment = f"#{passage}:~:text={text_fragment(match.text, match.span)}"
    overlapping = {
        correction.slug: schemas.QuotedCorrection(
            slug=correction.slug, status=correction.status, severity=correction.severity
        )
        for correction in corrections
        if correction.start < end and start < correction.end
    }
    return schemas.QuotationPlace(
        guide=match.row.guide,
        section=match.row.section,
        passage=passage,
        edition=match.edition,
        start=start,
        end=end,
        url=urls.passage(match.row.guide, passage, **query),
        text_fragment=urls.section(match.row.guide, match.row.section, **query) + fragment,
        corrections=list(overlapping.values()),
    )


def _nearest(session: Session, urls: URLs, text: str, guide: str | None) -> schemas.NearestPassage | None:
    """Return the words most similar to the text, in passages that share its rarest words."""
    ids = nearest_passages(session, text, guide, MAX_COMPARED)
    similar = [
        (found.similarity, _Match(row, edition, passage, found.span))
        for row in sorted(_texts.fetch_all(session, ids=ids), key=lambda row: ids.index(row.id))
        for edition, passage, _ in _editions(row)
        if (found := most_similar_words(passage, text))
    ]
    similarity, match = max(similar, key=itemgetter(0), default=(0, None))
    if match is None or similarity < MIN_SIMILARITY:
        return None
    (place,) = _places(session, urls, [match])
    similar_text = match.text[match.span.start : match.span.end]
    return schemas.NearestPassage(**place.model_dump(), text=similar_text, similarity=round(similarity, 3))
