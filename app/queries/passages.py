"""Queries for passages."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app import schemas
from app.errors import NotFound
from app.queries.corrections import corrections_of_passages
from app.queries.filters import check_filters, of_topic, similar_passages
from app.queries.selected_revisions import SelectedRevision
from app.store.engines import CompiledSelect, fetch_all, id_list
from app.store.tables import Passage, Revision, Section
from app.text.digests import ALGORITHM, digest
from app.text.editions import Edition
from app.urls import URLs

_ids_in_order = select(col(Passage.id)).join(Section).order_by(col(Section.position), col(Passage.n))

# All rows that `build_passage` needs.
in_order: Select[*tuple[Any, ...]] = (
    select(
        col(Passage.id),
        col(Passage.section_id),
        col(Section.slug).label("section"),
        col(Passage.n),
        col(Passage.kind),
        col(Passage.original),
        col(Passage.corrected),
        col(Passage.mentions),
        col(Passage.corrected_mentions),
    )
    .join(Section, col(Section.id) == col(Passage.section_id))
    .order_by(col(Section.position), col(Passage.n))
)
_of_ids = CompiledSelect(in_order.where(col(Passage.id).in_(id_list("ids"))))
_changed_in = aliased(Revision)
_one = CompiledSelect(
    in_order.add_columns(
        col(Section.title), col(Section.number), col(Passage.changed_in), col(_changed_in.published_at)
    )
    .join(Revision, col(Revision.id) == col(Section.revision_id))
    .join(
        _changed_in,
        (col(_changed_in.guide) == col(Revision.guide)) & (col(_changed_in.name) == col(Passage.changed_in)),
    )
    .where(
        col(Section.revision_id) == bindparam("revision_id"),
        col(Section.slug) == bindparam("section"),
        col(Passage.n) == bindparam("n"),
    )
)


def passage(session: Session, selected: SelectedRevision, passage_id: str) -> schemas.PassageInSection:
    """Return a passage by its id; raise `NotFound` with the most similar ids."""
    section, _, number = passage_id.rpartition(".")
    for row in _one.fetch_all(session, revision_id=selected.revision_id, section=section, n=int(number)):
        corrections = corrections_of_passages(session, selected.edition, [row.id])
        found = build_passage(selected.urls, selected.edition, selected.guide, row, corrections[row.id])
        return schemas.PassageInSection(
            **dict(found),
            section_title=row.title,
            section_number=row.number,
            revision=row.changed_in,
            published_at=row.published_at,
        )
    raise NotFound.unknown("passage", passage_id, similar_passages(session, selected, passage_id))


def passages(
    session: Session, selected: SelectedRevision, limit: int, offset: int, section: str | None, topic: str | None
) -> tuple[list[schemas.Passage], int]:
    """Return a page of a guide's passages in reading order, and their total number.

    Raises `InvalidInput` for an unknown section or topic.
    """
    chosen = _ids_in_order.where(col(Section.revision_id) == selected.revision_id)
    if section is not None:
        chosen = chosen.where(col(Section.slug) == section)
    if topic is not None:
        chosen = chosen.where(col(Section.id).in_(of_topic(topic)))
    page = fetch_all(session, chosen.add_columns(func.count().over()).limit(limit).offset(offset))
    if not page:
        check_filters(session, selected.is_read, topic, section=section)
        return [], 0
    ids = [id_ for id_, _ in page]
    return list(passages_with_ids(session, selected, ids).values()), page[0][1]


def passages_with_ids(session: Session, selected: SelectedRevision, ids: Sequence[int]) -> dict[int, schemas.Passage]:
    """Return passages of a guide by the ids of their rows, in reading order."""
    corrections = corrections_of_passages(session, selected.edition, ids)
    return {
        row.id: build_passage(selected.urls, selected.edition, selected.guide, row, corrections[row.id])
        for row in _of_ids.fetch_all(session, ids=ids)
    }


def build_passage(
    urls: URLs, edition: Edition, guide: str, row: Any, corrections: list[schemas.PassageCorrection]
) -> schemas.Passage:
    """Build the public passage from a row of `in_order`."""
    is_original = row.corrected is None or edition == "original"
    text = row.original if is_original else row.corrected
    mentions = row.mentions if is_original else row.corrected_mentions
    id_ = f"{row.section}.{row.n}"
    return schemas.Passage(
        id=id_,
        kind=row.kind,
        text=text,
        digest=f"{ALGORITHM}:{digest(text)}",
        url=urls.passage(guide, id_),
        corrections=corrections,
        mentions=[
            schemas.Mention(**mention, url=urls.of(mention["kind"], mention["slug"])) for mention in mentions or []
        ],
    )
