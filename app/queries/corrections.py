"""Queries for the corrections of a guide, of sections and of a passage."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlmodel import Session, col

from app import schemas
from app.errors import InvalidInput, NotFound
from app.queries.filters import check_filters, similar_passages
from app.queries.selected_revisions import SelectedRevision
from app.queries.statements import sources_cited
from app.store.engines import CompiledSelect, fetch_all, id_list
from app.store.tables import Passage, Place, Revision, Section, Statement, StatementSection
from app.text.editions import Edition
from app.urls import URLs


@dataclass(frozen=True)
class CorrectionFilter:
    """Select corrections by section, by passage, and by fields, such as `{"status": "applied"}`."""

    section: str | None = None
    passage: str | None = None
    fields: Mapping[str, str | None] = field(default_factory=dict)


_of_guide = (
    select(col(Statement.id), func.count().over())
    .where(col(Statement.kind) == "correction")
    .order_by(col(Statement.position))
)

# Each place with its correction: the place of its own quote first, then the further ones.
_places: Select[*tuple[Any, ...]] = (
    select(
        col(Statement.id),
        col(Statement.slug),
        col(Revision.guide),
        col(Statement.changed_in),
        col(Statement.data),
        col(Section.id).label("section_id"),
        col(Section.slug).label("section"),
        col(Passage.n),
        func.substr(
            col(Passage.original), col(Place.original_start) + 1, col(Place.original_end) - col(Place.original_start)
        ).label("quote"),
        col(Place.original_start),
        col(Place.original_end),
        col(Place.corrected_start),
        col(Place.corrected_end),
        col(Place.prefix),
        col(Place.suffix),
    )
    .join(Revision, col(Revision.id) == col(Statement.revision_id))
    .join(Place, col(Place.statement_id) == col(Statement.id))
    .join(Passage, col(Passage.id) == col(Place.passage_id))
    .join(Section, col(Section.id) == col(Passage.section_id))
    .order_by(col(Statement.position), col(Place.position))
)
_ids = id_list("ids")
_named = CompiledSelect(
    _places.where(col(Statement.revision_id) == bindparam("revision_id"), col(Statement.slug) == bindparam("slug"))
)
_of_ids = CompiledSelect(_places.where(col(Statement.id).in_(_ids)))
_in_passages = CompiledSelect(
    select(
        col(Place.passage_id),
        col(Statement.slug),
        func.json_extract(col(Statement.data), "$.status").label("status"),
        func.json_extract(col(Statement.data), "$.severity").label("severity"),
        (col(Place.position) == 0).label("primary"),
        col(Place.original_start),
        col(Place.original_end),
        col(Place.corrected_start),
        col(Place.corrected_end),
    )
    .join(Statement, col(Statement.id) == col(Place.statement_id))
    .where(col(Place.passage_id).in_(_ids))
    .order_by(col(Place.original_start), col(Statement.position), col(Place.position))
)
_touching = CompiledSelect(
    _places.where(
        col(Statement.id).in_(select(col(Place.statement_id)).join(Passage).where(col(Passage.section_id).in_(_ids)))
    )
)


def correction(session: Session, selected: SelectedRevision, slug: str) -> schemas.Correction:
    """Return one correction, or raise `NotFound`."""
    places = _named.fetch_all(session, revision_id=selected.revision_id, slug=slug)
    if not places:
        existing = select(col(Statement.slug)).where(
            col(Statement.revision_id) == selected.revision_id, col(Statement.kind) == "correction"
        )
        raise NotFound.unknown("correction", slug, [name for (name,) in fetch_all(session, existing)])
    return next(iter(_build_corrections(session, selected.urls, places).values()))


def corrections(
    session: Session, selected: SelectedRevision, limit: int, offset: int, only: CorrectionFilter
) -> tuple[list[schemas.Correction], int]:
    """Return a page of a guide's corrections in the order of their file, and their total number.

    Raises `InvalidInput` if the section or the passage does not exist.
    """
    page = _of_guide.where(col(Statement.revision_id) == selected.revision_id).limit(limit).offset(offset)
    if only.section is not None:
        of_section = select(col(StatementSection.statement_id)).join(Section).where(col(Section.slug) == only.section)
        page = page.where(col(Statement.id).in_(of_section))
    if only.passage is not None:
        page = page.where(col(Statement.id).in_(_in_passage(selected, only.passage)))
    for name, value in only.fields.items():
        if value is not None:
            page = page.where(col(Statement.data)[name].as_string() == value)
    rows = fetch_all(session, page)
    if not rows:
        check_filters(session, selected.is_read, section=only.section)
        _check_passage(session, selected, only.passage)
    ids = [id_ for id_, _ in rows]
    by_id = corrections_with_ids(session, selected.urls, ids)
    return [by_id[id_] for id_ in ids], rows[0][1] if rows else 0


def corrections_with_ids(session: Session, urls: URLs, ids: Sequence[int]) -> dict[int, schemas.Correction]:
    """Return corrections by the ids of their rows."""
    return _build_corrections(session, urls, _of_ids.fetch_all(session, ids=ids))


def _in_passage(selected: SelectedRevision, passage: str) -> Select[int]:
    """Select the ids of the corrections with a quote in a passage."""
    section, _, n = passage.rpartition(".")
    return (
        select(col(Place.statement_id))
        .join(Passage)
        .join(Section)
        .where(col(Section.revision_id) == selected.revision_id, col(Section.slug) == section, col(Passage.n) == int(n))
    )


def _check_passage(session: Session, selected: SelectedRevision, passage: str | None) -> None:
    """Raise `InvalidInput` for a passage that the guide does not have."""
    if passage is not None and passage not in (existing := similar_passages(session, selected, passage)):
        raise InvalidInput.unknown("passage", passage, existing)


def corrections_of_sections(
    session: Session, urls: URLs, section_ids: Sequence[int]
) -> dict[int, list[schemas.Correction]]:
    """Return the corrections of each section, in the order of their first places in its text."""
    places = _touching.fetch_all(session, ids=section_ids)
    by_id = _build_corrections(session, urls, places)
    by_section: dict[int, dict[int, schemas.Correction]] = {id_: {} for id_ in section_ids}
    for place in sorted(places, key=lambda place: (place.n, place.original_start)):
        if place.section_id in by_section:
            by_section[place.section_id][place.id] = by_id[place.id]
    return {id_: list(corrections.values()) for id_, corrections in by_section.items()}


def corrections_of_passages(
    session: Session, edition: Edition, passage_ids: Sequence[int]
) -> dict[int, list[schemas.PassageCorrection]]:
    """Return the corrections of each passage with their spans in an edition, in text order."""
    corrections: dict[int, list[schemas.PassageCorrection]] = defaultdict(list)
    for row in _in_passages.fetch_all(session, ids=passage_ids):
        is_original = edition == "original"
        correction = schemas.PassageCorrection(
            slug=row.slug,
            status=row.status,
            severity=row.severity,
            start=row.original_start if is_original else row.corrected_start,
            end=row.original_end if is_original else row.corrected_end,
            primary=row.primary,
        )
        corrections[row.passage_id].append(correction)
    return corrections


def _build_corrections(session: Session, urls: URLs, places: Sequence[Any]) -> dict[int, schemas.Correction]:
    """Build corrections, by the id of their statement, from all of their places."""
    by_correction: dict[int, list[Any]] = defaultdict(list)
    for place in places:
        by_correction[place.id].append(place)
    sources = sources_cited(session, urls, list(by_correction)) if by_correction else {}
    return {
        id_: schemas.Correction(
            slug=own.slug,
            guide=own.guide,
            title=own.quote,
            url=urls.correction(own.guide, own.slug),
            also=[
                schemas.FurtherPlace(
                    url=urls.passage(place.guide, f"{place.section}.{place.n}"), **_place_fields(place)
                )
                for place in further
            ],
            **_place_fields(own),
            **own.data,
            sources=sources.get(id_, []),
            revision=own.changed_in,
        )
        for id_, (own, *further) in by_correction.items()
    }


def _place_fields(place: Any) -> dict[str, Any]:
    return {
        "section": place.section,
        "passage": f"{place.section}.{place.n}",
        "quote": place.quote,
        "prefix": place.prefix,
        "suffix": place.suffix,
        "original_span": schemas.Offsets(start=place.original_start, end=place.original_end),
        "corrected_span": schemas.Offsets(start=place.corrected_start, end=place.corrected_end),
    }
