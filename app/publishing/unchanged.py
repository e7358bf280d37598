"""Keep the `revision` of resources that a publication does not change.

Resources are compared as clients get them, so everything counts that they show, such as the titles of other resources.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import replace
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Select, String, bindparam, cast, select, update
from sqlmodel import Session, col

from app import schemas
from app.queries import corrections, facts, sections, sources
from app.queries.corrections import CorrectionFilter
from app.queries.facts import FactFilter
from app.queries.selected_revisions import SelectedRevision, select_revision
from app.store.engines import fetch_all
from app.store.tables import Passage, Section, Source, Statement
from app.urls import URLs

NO_LIMIT = -1  # for LIMIT in SQLite

Resources = Iterator[tuple[str, BaseModel]]  # each with its slug in the store, or its id
Render = Callable[[Session, SelectedRevision], Resources]
Table = type[Source | Statement | Section | Passage]
Rows = Select[str, int, str]  # slug or id, row id, and `changed_in`


def keep_unchanged(session: Session, guide: str, before: str) -> None:
    """Copy `changed_in` of the resources that revision `before` and the current one share."""
    old, new = select_revision(session, URLs(), guide, before), select_revision(session, URLs(), guide)
    old = replace(old, urls=URLs())  # links without the revision
    # A resource that shows the revision of another one follows it.
    kinds: tuple[tuple[Render, dict[Table, Rows]], ...] = (
        (_sources, {Source: _rows(Source)}),
        (_corrections, {Statement: _rows(Statement, kind="correction")}),
        (_articles, {Statement: _rows(Statement, kind="article")}),
        (_instruments, {Statement: _rows(Statement, kind="instrument")}),
        (_events, {Statement: _rows(Statement, kind="event")}),
        (_terms, {Statement: _rows(Statement, kind="term")}),
        (_sections_and_passages, {Section: _rows(Section), Passage: _passage_rows}),
    )
    for resources, tables in kinds:
        digests = _digests(resources(session, old))
        unchanged = {slug for slug, digest in _digests(resources(session, new)).items() if digests.get(slug) == digest}
        for table, rows in tables.items():
            _copy_changed_in(session, table, rows, unchanged, old.revision_id, new.revision_id)


def _copy_changed_in(session: Session, table: Table, rows: Rows, slugs: Set[str], old_id: int, new_id: int) -> None:
    changed_in = {slug: revision for slug, _, revision in fetch_all(session, rows, revision_id=old_id)}
    copies = [
        {"row_id": id_, "revision": changed_in[slug]}
        for slug, id_, _ in fetch_all(session, rows, revision_id=new_id)
        if slug in slugs
    ]
    if copies:
        statement = update(table).where(col(table.id) == bindparam("row_id"))
        session.connection().execute(statement.values(changed_in=bindparam("revision")), copies)


def _rows(table: type[Source | Statement | Section], **columns: str) -> Rows:
    """Select the slug, id and `changed_in` of the rows of a revision."""
    rows = select(col(table.slug), col(table.id), col(table.changed_in))
    return rows.where(col(table.revision_id) == bindparam("revision_id")).filter_by(**columns)


_passage_rows = (
    select(col(Section.slug) + "." + cast(col(Passage.n), String), col(Passage.id), col(Passage.changed_in))
    .join(Section, col(Section.id) == col(Passage.section_id))
    .where(col(Section.revision_id) == bindparam("revision_id"))
)


def _digests(resources: Iterable[tuple[str, BaseModel]]) -> dict[str, bytes]:
    """Return the digest of each resource; a section or passage occurs in each edition."""
    digests: dict[str, Any] = defaultdict(hashlib.sha256)
    for slug, resource in resources:
        digests[slug].update(resource.model_dump_json(exclude={"revision"}).encode())
    return {slug: digest.digest() for slug, digest in digests.items()}


def _sources(session: Session, selected: SelectedRevision) -> Resources:
    for source in sources.sources(session, FactFilter(selected.urls, selected), NO_LIMIT, 0)[0]:
        yield source.slug, source


def _corrections(session: Session, selected: SelectedRevision) -> Resources:
    for correction in corrections.corrections(session, selected, NO_LIMIT, 0, CorrectionFilter())[0]:
        yield correction.slug, correction


def _instruments(session: Session, selected: SelectedRevision) -> Iterator[tuple[str, schemas.Instrument]]:
    only = FactFilter(selected.urls, selected)
    for instrument in facts.instruments(session, only, NO_LIMIT, 0, legal_character=None, in_force_on=None)[0]:
        yield instrument.slug, instrument


def _articles(session: Session, selected: SelectedRevision) -> Resources:
    for slug, instrument in _instruments(session, selected):
        for article in instrument.articles:
            yield f"{slug}/{article.slug}", article


def _events(session: Session, selected: SelectedRevision) -> Resources:
    only = FactFilter(selected.urls, selected)
    for event in facts.events(session, only, NO_LIMIT, 0, since=None, until=None, category=None)[0]:
        yield event.slug, event


def _terms(session: Session, selected: SelectedRevision) -> Resources:
    for term in facts.terms(session, FactFilter(selected.urls, selected), NO_LIMIT, 0)[0]:
        yield term.slug, term


def _sections_and_passages(session: Session, selected: SelectedRevision) -> Resources:
    for edition in ("corrected", "original"):
        for section in sections.all_sections(session, replace(selected, edition=edition)):
            yield section.slug, section
            for passage in section.passages:
                yield passage.id, passage
