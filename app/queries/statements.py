"""Queries for the sources, sections and links of corrections and facts."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from app import schemas
from app.store.engines import CompiledSelect, id_list
from app.store.tables import Citation, Revision, Section, Source, Statement, StatementSection
from app.urls import URLs

_ids = id_list("ids")
_cited = CompiledSelect(
    select(
        col(Citation.statement_id),
        col(Source.slug),
        func.json_extract(col(Source.data), "$.title").label("title"),
        col(Citation.pinpoint),
        func.json_extract(col(Source.data), "$.link").label("link"),
    )
    .join(Source, col(Source.id) == col(Citation.source_id))
    .where(col(Citation.statement_id).in_(_ids))
    .order_by(col(Citation.statement_id), col(Citation.position))
)
_concerned = CompiledSelect(
    select(col(StatementSection.statement_id), col(Section.slug), col(Section.title), col(Revision.guide))
    .join(Section, col(Section.id) == col(StatementSection.section_id))
    .join(Revision, col(Revision.id) == col(Section.revision_id))
    .where(col(StatementSection.statement_id).in_(_ids))
    .order_by(col(StatementSection.statement_id), col(StatementSection.position))
)
_concerning = CompiledSelect(
    select(
        col(StatementSection.section_id),
        col(Statement.kind),
        col(Statement.slug),
        col(Statement.label),
        col(Statement.confidence),
        func.json_extract(col(Statement.data), "$.date").label("date"),
    )
    .join(Statement, col(Statement.id) == col(StatementSection.statement_id))
    .where(col(StatementSection.section_id).in_(_ids), col(Statement.kind) != "correction")
    .order_by(col(Statement.earliest_date), col(Statement.latest_date), col(Statement.position))
)


def citations(session: Session, urls: URLs, statement_ids: Sequence[int]) -> dict[int, list[schemas.SourceLink]]:
    """Return the sources of each statement, in its order."""
    sources: dict[int, list[schemas.SourceLink]] = defaultdict(list)
    for statement_id, slug, title, pinpoint, link in _cited.fetch_all(session, ids=statement_ids):
        url = urls.of("source", slug)
        sources[statement_id].append(schemas.SourceLink(slug=slug, title=title, pinpoint=pinpoint, url=url, link=link))
    return sources


def sections_concerned(
    session: Session, urls: URLs, statement_ids: Sequence[int]
) -> dict[int, list[schemas.SectionLink]]:
    """Return the sections that each statement concerns, in its order."""
    sections: dict[int, list[schemas.SectionLink]] = defaultdict(list)
    for statement_id, slug, title, guide in _concerned.fetch_all(session, ids=statement_ids):
        url = urls.section(guide, slug)
        sections[statement_id].append(schemas.SectionLink(slug=slug, title=title, url=url))
    return sections


class SharedFields:
    """Build the fields that all facts share, for a page of facts at once."""

    def __init__(self, session: Session, urls: URLs, rows: Sequence[Any]) -> None:
        ids = [row.id for row in rows]
        self.urls = urls
        self.sections = sections_concerned(session, urls, ids)
        self.sources = citations(session, urls, ids)

    def of(self, row: Any) -> dict[str, Any]:
        """Return the fields of a fact except its slug and URL."""
        return {
            **row.data,
            "guide": row.guide,
            "sections": self.sections[row.id],
            "sources": self.sources[row.id],
            "confidence": row.confidence,
            "revision": row.revision,
        }


def facts_concerning(
    session: Session, urls: URLs, section_ids: Sequence[int]
) -> dict[int, dict[str, list[schemas.FactLink]]]:
    """Return the fields of each section that link to facts: events oldest first, the others in file order."""
    facts: dict[int, dict[str, list[schemas.FactLink]]] = defaultdict(
        lambda: {"instruments": [], "articles": [], "events": [], "terms": []}
    )
    for section_id, kind, slug, label, confidence, date in _concerning.fetch_all(session, ids=section_ids):
        url, name = statement_url(urls, kind, slug, guide=""), slug.rpartition("/")[2]
        facts[section_id][f"{kind}s"].append(
            schemas.EventLink(slug=name, label=label, confidence=confidence, url=url, date=date)
            if kind == "event"
            else schemas.FactLink(slug=name, label=label, confidence=confidence, url=url)
        )
    return facts


def statement_url(urls: URLs, kind: str, slug: str, guide: str) -> str:
    """Return the URL of a statement; `guide` is used for corrections only."""
    if kind == "correction":
        return urls.correction(guide, slug)
    return urls.article(*slug.split("/")) if kind == "article" else urls.of(kind, slug)
