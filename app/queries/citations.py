"""Queries for citations. They name the revision in which the cited thing last changed."""

import datetime
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.content.sources import SourceFields
from app.queries.facts import FactFilter
from app.queries.guides import SelectedRevision
from app.store.engines import fetch_all
from app.store.tables import Passage, Revision, Section, Source


@dataclass(frozen=True)
class Publication:
    """The revision that a citation names: its guide's title and language, its name and its day of publication."""

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


def publication(session: Session, guide: str, revision: str) -> Publication:
    """Return the publication of an existing revision."""
    statement = select(*_publications).where(col(_named.guide) == guide, col(_named.name) == revision)
    ((title, language, name, published_at),) = fetch_all(session, statement)
    return Publication(title, language, name, published_at.date())


def passage_revision(session: Session, selected: SelectedRevision, passage_id: str) -> str:
    """Return the revision in which an existing passage last changed."""
    section, _, number = passage_id.rpartition(".")
    of_section = (col(Section.revision_id) == selected.revision_id) & (col(Section.slug) == section)
    statement = select(col(Passage.changed_in)).join(Section).where(of_section, col(Passage.n) == int(number))
    ((revision,),) = fetch_all(session, statement)
    return str(revision)


def bibliography(session: Session, only: FactFilter) -> list[tuple[Publication, SourceFields]]:
    """Return all sources in the order of their files, each with the revision that its citation names."""
    return [
        (Publication(title, language, name, published_at.date()), SourceFields(slug=slug, **data))
        for title, language, name, published_at, slug, data in fetch_all(session, _sources.where(only.is_read))
    ]
