"""Compute the mentions of terms and instruments in the passages of a revision."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from app.store.engines import fetch_all
from app.store.tables import Passage, Section, Statement
from app.text.mentions import MentionFinder

# The fields with names, besides the label. A name that a term and an instrument have is the term's.
NAME_FIELDS = {
    "term": ("abbreviation", "ja"),
    "instrument": ("official_title", "title_ja", "popular_name_ja"),
}


def write_mentions(session: Session, revision_id: int) -> None:
    """Fill the columns `mentions` and `corrected_mentions` of all passages of a revision."""
    finder = MentionFinder(_names(session, revision_id))

    def find(text: str | None) -> list[dict[str, Any]] | None:
        if text is None:
            return None
        return [{**mention.target, "start": mention.start, "end": mention.end} for mention in finder.find(text)]

    passages = (
        select(col(Passage.id), col(Passage.original), col(Passage.corrected))
        .join(Section)
        .where(col(Section.revision_id) == revision_id)
    )
    rows = [
        {"passage_id": id_, "found": find(original), "found_in_corrected": find(corrected)}
        for id_, original, corrected in fetch_all(session, passages)
    ]
    if rows:
        write = update(Passage).where(col(Passage.id) == bindparam("passage_id"))
        write = write.values(mentions=bindparam("found"), corrected_mentions=bindparam("found_in_corrected"))
        session.connection().execute(write, rows)


def _names(session: Session, revision_id: int) -> Iterator[tuple[str, dict[str, str | None]]]:
    for kind, fields in NAME_FIELDS.items():
        statements = (
            select(col(Statement.slug), col(Statement.label), col(Statement.data))
            .where(col(Statement.revision_id) == revision_id, col(Statement.kind) == kind)
            .order_by(col(Statement.position))
        )
        for slug, label, data in fetch_all(session, statements):
            shown = {name: data.get(name) for name in ("abbreviation", "definition", "date_signed")}
            target = {"kind": kind, "slug": slug, "title": label, **shown}
            for name in (label, *(data.get(field) for field in fields)):
                if name:
                    yield name, target
