"""Queries for citations. They name the revision in which the cited thing last changed."""

import datetime
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.content.sources import SourceFields
from app.errors import NotFound
from app.queries.facts import FactFilter
from app.queries.filters import similar_passages
from app.queries.selected_revisions import SelectedRevision
from app.store.engines import fetch_all
from app.store.tables import Passage, Revision, Section, Source


@dataclass(frozen=True)
class CitedRevision:
    """A revision that a citation names, with the title and language of its guide and its date."""

    guide_title: str
    language: str
    revision: str
    date: datetime.date


_named = aliased(Revision)
_publications = (col(_named.title), col(_named.language), col(_named.name), col(_named.published_at))
_sources: Select[*tuple[Any, ...]] = (
    select(*_publications, col(Source.slug), col(Source.data))
    .join(Revision, col(Revision.id) == col(Source.revision_id))
    .join(_named, (col(_named.guide) == col(Revision.guide)) & (col(_named.name) == col(Source.changed_in)))
    .order_by(col(Revision.guide), col(Source.position))
)


def cited_revision(session: Session, guide: str, revision: str) -> CitedRevision:
    """Return an existing revision."""
    statement = select(*_publications).where(col(_named.guide) == guide, col(_named.name) == revision)
    ((title, language, name, published_at),) = fetch_all(session, statement)
    return CitedRevision(title, language, name, published_at.date())


def cited_passage(session: Session, selected: SelectedRevision, passage_id: str) -> tuple[str, str]:
    """Return the revision in which a passage last changed, and the first digits of the digest of its text.

    Raises `NotFound` with similar ids.
    """
    section, _, number = passage_id.rpartition(".")
    of_section = (col(Section.revision_id) == selected.revision_id) & (col(Section.slug) == section)
    digests = select(col(Passage.changed_in), col(Passage.original_digest), col(Passage.corrected_digest))
    statement = digests.join(Section).where(of_section, col(Passage.n) == int(number))
    for revision, original, corrected in fetch_all(session, statement):
        return revision, original if corrected is None or selected.edition == "original" else corrected
    raise NotFound.unknown("passage", passage_id, similar_passages(session, selected, passage_id))


def bibliography(session: Session, only: FactFilter) -> list[tuple[CitedRevision, SourceFields]]:
    """Return all sources in the order of their files, each with the revision to name."""
    return [
        (CitedRevision(title, language, name, published_at.date()), SourceFields(slug=slug, **data))
        for title, language, name, published_at, slug, data in fetch_all(session, _sources.where(only.is_read))
    ]
