"""Queries for passages."""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from app import schemas
from app.errors import NotFound, closest
from app.queries.corrections import slugs_touching
from app.queries.guides import SelectedRevision
from app.store.engines import CompiledSelect, fetch_all
from app.store.tables import Passage, Section
from app.text.editions import Edition
from app.urls import URLs

_passage = CompiledSelect(
    select(col(Passage.id), col(Passage.n), col(Passage.kind), col(Passage.original), col(Passage.corrected))
    .join(Section, col(Section.id) == col(Passage.section_id))
    .where(
        col(Section.revision_id) == bindparam("revision_id"),
        col(Section.slug) == bindparam("slug"),
        col(Passage.n) == bindparam("n"),
    )
)


def passage(session: Session, selected: SelectedRevision, passage_id: str) -> schemas.Passage:
    """Return a passage by its id; raise `NotFound` with the most similar ids."""
    slug, _, number = passage_id.rpartition(".")
    rows = _passage.fetch_all(session, revision_id=selected.revision_id, slug=slug, n=int(number))
    if not rows:
        in_guide = col(Section.revision_id) == selected.revision_id
        slugs = [name for (name,) in fetch_all(session, select(col(Section.slug)).where(in_guide))]
        similar = [slug] if slug in slugs else closest(slug, slugs)
        ids = fetch_all(
            session,
            select(col(Section.slug), col(Passage.n))
            .join(Passage, col(Passage.section_id) == col(Section.id))
            .where(in_guide, col(Section.slug).in_(similar)),
        )
        raise NotFound.unknown("passage", passage_id, [f"{slug}.{n}" for slug, n in ids])
    corrections = slugs_touching(session, rows[0].id)
    return to_passage(selected.urls, selected.edition, selected.guide, slug, rows[0], corrections)


def to_passage(
    urls: URLs, edition: Edition, guide: str, section: str, row: Any, corrections: Sequence[str]
) -> schemas.Passage:
    """Build the public passage from a row with `n`, `kind`, `original` and `corrected`."""
    text = row.original if row.corrected is None or edition == "original" else row.corrected
    id_ = f"{section}.{row.n}"
    return schemas.Passage(
        id=id_,
        kind=row.kind,
        text=text,
        digest=f"sha256:{hashlib.sha256(text.encode()).hexdigest()}",
        corrections=list(corrections),
        url=urls.passage(guide, id_),
    )
