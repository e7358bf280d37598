"""Find passages by the digests of their texts."""

from dataclasses import replace
from typing import Any

from sqlalchemy import BindParameter, bindparam, or_, select
from sqlmodel import Session, col

from app.errors import NotFound
from app.queries.selected_revisions import SelectedRevision
from app.store.engines import CompiledSelect
from app.store.tables import Passage, Revision, Section
from app.text.digests import SHORT_DIGITS, digest
from app.text.editions import Edition

_digest: BindParameter[str] = bindparam("digest")
_with_digest = CompiledSelect(
    select(
        col(Section.revision_id),
        col(Revision.name).label("revision"),
        col(Section.slug).label("section"),
        col(Passage.n),
        col(Passage.original),
        col(Passage.corrected),
    )
    .join(Section, col(Section.id) == col(Passage.section_id))
    .join(Revision, col(Revision.id) == col(Section.revision_id))
    .where(
        or_(col(Passage.original_digest) == _digest, col(Passage.corrected_digest) == _digest),
        col(Revision.guide) == bindparam("guide"),
    )
    .order_by(col(Revision.sequence).desc(), col(Section.position), col(Passage.n))
)


def find_text(session: Session, selected: SelectedRevision, passage: str, wanted: str) -> tuple[str, Edition]:
    """Return the id and the edition of the passage of the selected revision that has the text with a digest.

    `wanted` is the digest or its first 12 digits, `passage` the id under which a reference knows the text. If several
    passages have the text, those in the selected edition come first, then the one with that id, then its neighbours.

    Raises `NotFound`, with the address of the last passage that had the text, if the revision does not have it.
    """
    section, _, n = passage.rpartition(".")
    places = [
        (row, edition)
        for row in _with_digest.fetch_all(session, digest=wanted[:SHORT_DIGITS], guide=selected.guide)
        for edition, text in _texts(row).items()
        if digest(text).startswith(wanted)
    ]
    here = [(row, edition) for row, edition in places if row.revision_id == selected.revision_id]
    if here:
        row, edition = min(
            here,
            key=lambda place: (place[1] != selected.edition, place[0].section != section, abs(place[0].n - int(n))),
        )
        return f"{row.section}.{row.n}", edition
    if not places:
        raise NotFound("No passage of this guide has ever had the text with this digest.")
    row, edition = places[0]
    urls = replace(selected.urls, revision=row.revision, edition=edition)
    url = urls.passage(selected.guide, f"{row.section}.{row.n}")
    message = f"No passage of revision {selected.revision} has this text; the last one that had it is {url}."
    raise NotFound(message, did_you_mean=[url])


def _texts(row: Any) -> dict[Edition, str]:
    """Return the text of a passage in each edition."""
    return {"corrected": row.original if row.corrected is None else row.corrected, "original": row.original}
