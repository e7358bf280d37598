"""Compute the mentions of terms and instruments in the passages of a revision."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from app.store.engines import fetch_all
from app.store.rows import insert_rows
from app.store.tables import Passage, Section, Statement, StatementSection
from app.text.mentions import MentionFinder

# The fields with names, besides the label. A name that a term and an instrument have is the term's.
NAME_FIELDS = {
    "term": ("abbreviation", "ja"),
    "instrument": ("official_title", "title_ja", "popular_name_ja"),
}


def write_mentions(session: Session, revision_id: int) -> None:
    """Fill the columns `mentions` and `corrected_mentions` of all passages of a revision.

    A term or instrument also concerns the sections that name it, after those that the editors give.
    """
    finder = MentionFinder(_names(session, revision_id))

    def find(text: str | None) -> list[dict[str, Any]] | None:
        if text is None:
            return None
        return [{**mention.target, "start": mention.start, "end": mention.end} for mention in finder.find(text)]

    passages = (
        select(col(Passage.id), col(Passage.section_id), col(Passage.original), col(Passage.corrected))
        .join(Section)
        .where(col(Section.revision_id) == revision_id)
        .order_by(col(Section.position))
    )
    rows = []
    named: list[tuple[str, str, int]] = []
    for id_, section_id, original, corrected in fetch_all(session, passages):
        found, found_in_corrected = find(original), find(corrected)
        rows.append({"passage_id": id_, "found": found, "found_in_corrected": found_in_corrected})
        named += [(each["kind"], each["slug"], section_id) for each in (found or []) + (found_in_corrected or [])]
    if rows:
        write = update(Passage).where(col(Passage.id) == bindparam("passage_id"))
        write = write.values(mentions=bindparam("found"), corrected_mentions=bindparam("found_in_corrected"))
        session.connection().execute(write, rows)
    _add_sections(session, revision_id, named)


def _add_sections(session: Session, revision_id: int, named: Iterable[tuple[str, str, int]]) -> None:
    """Add sections to the statements of these kinds and slugs, after the sections that they have."""
    statements = select(col(Statement.kind), col(Statement.slug), col(Statement.id))
    ids = {
        (kind, slug): id_
        for kind, slug, id_ in fetch_all(session, statements.where(col(Statement.revision_id) == revision_id))
    }
    pairs = select(col(StatementSection.statement_id), col(StatementSection.section_id)).join(Statement)
    sections: dict[int, list[int]] = defaultdict(list)
    for statement_id, section_id in fetch_all(session, pairs.where(col(Statement.revision_id) == revision_id)):
        sections[statement_id].append(section_id)
    added = []
    for kind, slug, section_id in named:
        of_statement = sections[ids[kind, slug]]
        if section_id not in of_statement:
            added.append({"statement_id": ids[kind, slug], "section_id": section_id, "position": len(of_statement)})
            of_statement.append(section_id)
    insert_rows(session, StatementSection, added)


def _names(session: Session, revision_id: int) -> Iterator[tuple[str, dict[str, str]]]:
    for kind, fields in NAME_FIELDS.items():
        statements = (
            select(col(Statement.slug), col(Statement.label), col(Statement.data))
            .where(col(Statement.revision_id) == revision_id, col(Statement.kind) == kind)
            .order_by(col(Statement.position))
        )
        for slug, label, data in fetch_all(session, statements):
            target = {"kind": kind, "slug": slug, "title": label}
            for name in (label, *(data.get(field) for field in fields)):
                if name:
                    yield name, target
