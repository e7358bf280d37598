"""Instruments and their articles, events, terms and sources, across the current revisions of all guides."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, func, or_, select
from sqlmodel import Session, SQLModel, col

from app import schemas
from app.content.fields import earliest, latest
from app.errors import InvalidInput, NotFound
from app.queries.statements import address, citations, sections_concerned
from app.store.engines import fetch_all
from app.store.tables import (
    Article,
    Citation,
    Event,
    Instrument,
    Revision,
    Section,
    SectionTopic,
    Source,
    Statement,
    StatementSection,
    Term,
    Topic,
)
from app.urls import URLs

Resource = TypeVar("Resource")
Rows = Sequence[Any]
Page = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class FactFilter:
    """What facts are to concern: sections of a guide, a section in any guide, a topic; None for whatever they do."""

    guide: str | None = None
    section: str | None = None
    topic: str | None = None


def _every(table: type[SQLModel]) -> Page:
    """All current statements of a kind, each with its guide and with the length of the whole list."""
    details = table.__table__.c  # type: ignore[attr-defined]
    return (
        select(
            col(Statement.id),
            col(Statement.slug),
            col(Statement.confidence),
            col(Revision.guide),
            col(Revision.name).label("revision"),
            func.count().over().label("total"),
            *(column for column in details if column.name != "statement_id"),
        )
        .join(Statement, col(Statement.id) == details.statement_id)
        .join(Revision, col(Revision.id) == col(Statement.revision_id))
        .where(col(Revision.is_current))
    )


_in_file_order = (col(Revision.guide), col(Statement.position))
_instruments = _every(Instrument).order_by(*_in_file_order)
_articles = _every(Article).order_by(*_in_file_order)
_events = _every(Event).order_by(col(Event.earliest), col(Event.latest), *_in_file_order)
_terms = _every(Term).order_by(func.lower(col(Term.term)), *_in_file_order)
_sources: Page = (
    select(
        *(column for column in Source.__table__.c if column.name not in {"revision_id", "position"}),  # type: ignore[attr-defined]
        col(Revision.guide),
        col(Revision.name).label("revision"),
        func.count().over().label("total"),
    )
    .join(Revision, col(Revision.id) == col(Source.revision_id))
    .where(col(Revision.is_current))
    .order_by(col(Revision.guide), col(Source.position))
)


def instruments(
    session: Session,
    urls: URLs,
    limit: int,
    offset: int,
    only: FactFilter,
    legal_character: str | None,
    in_force_on: str | None,
) -> tuple[list[schemas.Instrument], int]:
    """A page of instruments in the order of their files, and how many there are.

    One is in force from `date_in_force` up to, not including, `date_ended`; without the former, it never is.
    """
    page = _kept(_instruments, only)
    if legal_character is not None:
        page = page.where(col(Instrument.legal_character) == legal_character)
    if in_force_on is not None:
        has_not_ended = or_(col(Instrument.date_ended).is_(None), col(Instrument.date_ended) > in_force_on)
        page = page.where(col(Instrument.date_in_force) <= in_force_on, has_not_ended)
    found = fetch_all(session, page.limit(limit).offset(offset))
    _refuse_unknown(session, only, found)
    return _shown_instruments(session, urls, found), _total(found)


def instrument(session: Session, urls: URLs, slug: str) -> schemas.Instrument:
    """One instrument; `NotFound` with the nearest names."""
    found = fetch_all(session, _instruments.where(col(Statement.slug) == slug))
    return _only("instrument", slug, _shown_instruments(session, urls, found), lambda: _names(session, "instrument"))


def article(session: Session, urls: URLs, instrument: str, slug: str) -> schemas.Article:
    """One article of an instrument; `NotFound` with the nearest names where there is no such instrument or article."""
    found = fetch_all(session, _articles.where(col(Statement.slug) == f"{instrument}/{slug}"))
    if not found and instrument not in (names := _names(session, "instrument")):
        raise NotFound.unknown("instrument", instrument, names)
    return _only(
        "article",
        slug,
        _shown_articles(session, urls, found),
        lambda: [name.partition("/")[2] for name in _names(session, "article") if name.startswith(f"{instrument}/")],
    )


def events(
    session: Session,
    urls: URLs,
    limit: int,
    offset: int,
    only: FactFilter,
    since: str | None,
    until: str | None,
    category: str | None,
) -> tuple[list[schemas.Event], int]:
    """A page of events, oldest first, and how many there are.

    `since` and `until` are inclusive partial dates; an event matches that may have happened between them.
    """
    if since is not None and until is not None and earliest(since) > latest(until):
        message = f"This is after `until`, {until}; no event can lie between them."
        raise InvalidInput.of(("since", message))
    page = _kept(_events, only)
    if since is not None:
        page = page.where(col(Event.latest) >= earliest(since))
    if until is not None:
        page = page.where(col(Event.earliest) <= latest(until))
    if category is not None:
        page = page.where(col(Event.category) == category)
    found = fetch_all(session, page.limit(limit).offset(offset))
    _refuse_unknown(session, only, found)
    return _shown_events(session, urls, found), _total(found)


def event(session: Session, urls: URLs, slug: str) -> schemas.Event:
    """One event; `NotFound` with the nearest names."""
    found = fetch_all(session, _events.where(col(Statement.slug) == slug))
    return _only("event", slug, _shown_events(session, urls, found), lambda: _names(session, "event"))


def terms(session: Session, urls: URLs, limit: int, offset: int, only: FactFilter) -> tuple[list[schemas.Term], int]:
    """A page of the glossary in alphabetical order, and how many terms there are."""
    found = fetch_all(session, _kept(_terms, only).limit(limit).offset(offset))
    _refuse_unknown(session, only, found)
    return _shown_terms(session, urls, found), _total(found)


def term(session: Session, urls: URLs, slug: str) -> schemas.Term:
    """One term; `NotFound` with the nearest names."""
    found = fetch_all(session, _terms.where(col(Statement.slug) == slug))
    return _only("term", slug, _shown_terms(session, urls, found), lambda: _names(session, "term"))


def sources(
    session: Session, urls: URLs, limit: int, offset: int, guide: str | None
) -> tuple[list[schemas.Source], int]:
    """A page of the works cited in the order of their files, and how many there are."""
    page = _sources if guide is None else _sources.where(col(Revision.guide) == guide)
    found = fetch_all(session, page.limit(limit).offset(offset))
    _refuse_unknown(session, FactFilter(guide=guide), found)
    return _shown_sources(session, urls, found), _total(found)


def source(session: Session, urls: URLs, slug: str) -> schemas.Source:
    """One work cited; `NotFound` with the nearest names."""
    found = fetch_all(session, _sources.where(col(Source.slug) == slug))
    known = select(col(Source.slug)).join(Revision).where(col(Revision.is_current))
    return _only(
        "source", slug, _shown_sources(session, urls, found), lambda: [name for (name,) in fetch_all(session, known)]
    )


def _kept(page: Page, only: FactFilter) -> Page:
    if only.guide is not None:
        page = page.where(col(Revision.guide) == only.guide)
    concerned = select(col(StatementSection.statement_id)).join(Section)
    if only.section is not None:
        page = page.where(col(Statement.id).in_(concerned.where(col(Section.slug) == only.section)))
    if only.topic is not None:
        of_topic = concerned.join(SectionTopic).join(Topic).where(col(Topic.slug) == only.topic)
        page = page.where(col(Statement.id).in_(of_topic))
    return page


def _refuse_unknown(session: Session, only: FactFilter, found: Rows) -> None:
    """Raise an `InvalidInput` if nothing was found because a filter names what does not exist."""
    if found:
        return
    names = {
        "guide": (only.guide, select(col(Revision.guide))),
        "section": (only.section, select(col(Section.slug)).join(Revision)),
        "topic": (only.topic, select(col(Topic.slug)).join(Revision)),
    }
    for parameter, (value, known) in names.items():
        if value is not None:
            held = {name for (name,) in fetch_all(session, known.where(col(Revision.is_current)))}
            if value not in held:
                raise InvalidInput.unknown(parameter, value, sorted(held))


def _total(found: Rows) -> int:
    return found[0].total if found else 0


def _only(what: str, slug: str, shown: Sequence[Resource], known: Callable[[], Sequence[str]]) -> Resource:
    if not shown:
        raise NotFound.unknown(what, slug, known())
    return shown[0]


def _names(session: Session, kind: str) -> list[str]:
    known = select(col(Statement.slug)).join(Revision).where(col(Revision.is_current), col(Statement.kind) == kind)
    return [slug for (slug,) in fetch_all(session, known)]


class _Shared:
    """The fields that every fact has, for all facts of a page at once."""

    def __init__(self, session: Session, urls: URLs, found: Rows) -> None:
        ids = [row.id for row in found]
        self.urls = urls
        self.sections = sections_concerned(session, urls, ids)
        self.sources = citations(session, urls, ids)

    def of(self, row: Any, *others: str) -> dict[str, Any]:
        """The shared fields of a row, and the columns that are shown as they are."""
        return {
            "guide": row.guide,
            "sections": self.sections[row.id],
            "sources": self.sources[row.id],
            "confidence": row.confidence,
            "revision": row.revision,
            **{name: getattr(row, name) for name in others},
        }


def _shown_instruments(session: Session, urls: URLs, found: Rows) -> list[schemas.Instrument]:
    of_instruments = fetch_all(session, _articles.where(col(Article.instrument_id).in_([row.id for row in found])))
    shared = _Shared(session, urls, [*found, *of_instruments])
    articles: dict[int, list[Any]] = defaultdict(list)
    for article in of_instruments:
        articles[article.instrument_id].append(article)
    return [
        schemas.Instrument(
            slug=row.slug,
            url=urls.instrument(row.slug),
            members=[_member(member, shared.sources[row.id]) for member in row.members],
            articles=[_article(shared, article, row) for article in articles[row.id]],
            **shared.of(
                row,
                "short_name",
                "official_title",
                "title_ja",
                "legal_character",
                "legal_note",
                "parties",
                "date_signed",
                "place_signed",
                "date_in_force",
                "date_ended",
                "status",
                "identifiers",
                "description",
                "link",
            ),
        )
        for row in found
    ]


def _member(member: dict[str, Any], sources: Sequence[schemas.SourceLink]) -> schemas.Member:
    by_slug = {source.slug: source for source in sources}
    return schemas.Member(**{**member, "sources": [by_slug[slug] for slug in member["sources"]]})


def _shown_articles(session: Session, urls: URLs, found: Rows) -> list[schemas.Article]:
    instruments = fetch_all(session, _instruments.where(col(Statement.id).in_([row.instrument_id for row in found])))
    by_id = {row.id: row for row in instruments}
    shared = _Shared(session, urls, found)
    return [_article(shared, row, by_id[row.instrument_id]) for row in found]


def _article(shared: _Shared, row: Any, instrument: Any) -> schemas.Article:
    slug = row.slug.partition("/")[2]
    return schemas.Article(
        slug=slug,
        url=shared.urls.article(instrument.slug, slug),
        instrument=schemas.FactLink(
            slug=instrument.slug,
            label=instrument.short_name,
            confidence=instrument.confidence,
            url=shared.urls.instrument(instrument.slug),
        ),
        **shared.of(row, "number", "title", "summary", "note"),
    )


def _shown_events(session: Session, urls: URLs, found: Rows) -> list[schemas.Event]:
    shared = _Shared(session, urls, found)
    return [
        schemas.Event(slug=row.slug, url=urls.event(row.slug), **shared.of(row, "date", "event", "category"))
        for row in found
    ]


def _shown_terms(session: Session, urls: URLs, found: Rows) -> list[schemas.Term]:
    shared = _Shared(session, urls, found)
    return [
        schemas.Term(
            slug=row.slug,
            url=urls.term(row.slug),
            **shared.of(row, "term", "abbreviation", "ja", "romaji", "definition"),
        )
        for row in found
    ]


def _shown_sources(session: Session, urls: URLs, found: Rows) -> list[schemas.Source]:
    citing = fetch_all(
        session,
        select(
            col(Citation.source_id),
            col(Statement.kind),
            col(Statement.slug),
            col(Statement.label),
            col(Citation.pinpoint),
        )
        .join(Statement, col(Statement.id) == col(Citation.statement_id))
        .where(col(Citation.source_id).in_([row.id for row in found]))
        .order_by(col(Statement.id)),
    )
    cited_by: dict[int, list[schemas.CitedBy]] = defaultdict(list)
    guides = {row.id: row.guide for row in found}
    for source_id, kind, slug, label, pinpoint in citing:
        cited_by[source_id].append(
            schemas.CitedBy(
                kind=kind,
                slug=slug.rpartition("/")[2],
                label=label,
                pinpoint=pinpoint,
                url=address(urls, kind, slug, guides[source_id]),
            )
        )
    return [
        schemas.Source(
            slug=row.slug,
            guide=row.guide,
            url=urls.source(row.slug),
            title=row.title,
            publisher=row.publisher,
            date=row.date,
            identifiers=row.identifiers,
            link=row.link,
            checked=row.checked,
            cited_by=cited_by[row.id],
            revision=row.revision,
        )
        for row in found
    ]
