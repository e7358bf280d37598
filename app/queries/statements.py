"""Queries for the sources, sections and links of corrections and facts."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
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
_instrument = aliased(Statement)


def _field(name: str) -> Any:
    return func.json_extract(col(Statement.data), f"$.{name}").label(name)


_concerning = CompiledSelect(
    select(
        col(StatementSection.section_id),
        col(Statement.kind),
        col(Statement.slug),
        col(Statement.label),
        col(Statement.confidence),
        col(_instrument.label).label("instrument"),
        *map(_field, ("date", "date_signed", "title", "number", "summary", "abbreviation", "definition")),
    )
    .join(Statement, col(Statement.id) == col(StatementSection.statement_id))
    .outerjoin(_instrument, col(_instrument.id) == col(Statement.instrument_id))
    .where(col(StatementSection.section_id).in_(_ids), col(Statement.kind) != "correction")
    .order_by(col(Statement.earliest_date), col(Statement.latest_date), col(Statement.position))
)


def sources_cited(session: Session, urls: URLs, statement_ids: Sequence[int]) -> dict[int, list[schemas.SourceLink]]:
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
        self.sources = sources_cited(session, urls, ids)

    def of(self, row: Any) -> dict[str, Any]:
        """Return the fields of a fact except its slug and URL."""
        return {
            **row.data,
            "guide": row.guide,
            "title": row.data.get("title", row.label),
            "sections": self.sections[row.id],
            "sources": self.sources[row.id],
            "confidence": row.confidence,
            "revision": row.changed_in,
        }


def facts_concerning(
    session: Session, urls: URLs, section_ids: Sequence[int]
) -> dict[int, dict[str, list[schemas.FactLink]]]:
    """Return the links of each section to facts: events oldest first, others in file order."""
    facts: dict[int, dict[str, list[schemas.FactLink]]] = defaultdict(
        lambda: {"instruments": [], "articles": [], "events": [], "terms": []}
    )
    for row in _concerning.fetch_all(session, ids=section_ids):
        facts[row.section_id][f"{row.kind}s"].append(_fact_link(urls, row))
    return facts


def _fact_link(
    urls: URLs, row: Any
) -> schemas.InstrumentLink | schemas.ArticleLink | schemas.EventLink | schemas.TermLink:
    shared = {"slug": row.slug, "title": row.label, "confidence": row.confidence}
    match row.kind:
        case "instrument":
            return schemas.InstrumentLink(**shared, url=urls.of("instrument", row.slug), date_signed=row.date_signed)
        case "event":
            return schemas.EventLink(**shared, url=urls.of("event", row.slug), date=row.date)
        case "term":
            url = urls.of("term", row.slug)
            return schemas.TermLink(**shared, url=url, abbreviation=row.abbreviation, definition=row.definition)
    instrument, _, slug = row.slug.partition("/")
    return schemas.ArticleLink(
        slug=slug,
        title=row.title,
        url=urls.article(instrument, slug),
        number=row.number,
        summary=row.summary,
        instrument=instrument_name(urls, instrument, row.instrument),
        confidence=row.confidence,
    )


def instrument_name(urls: URLs, slug: str, label: str) -> schemas.InstrumentName:
    """Return a link to the instrument of an article."""
    return schemas.InstrumentName(slug=slug, title=label, url=urls.of("instrument", slug))


def statement_url(urls: URLs, kind: str, slug: str, guide: str) -> str:
    """Return the URL of a statement; `guide` is used for corrections only."""
    if kind == "correction":
        return urls.correction(guide, slug)
    return urls.article(*slug.split("/")) if kind == "article" else urls.of(kind, slug)
