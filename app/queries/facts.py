"""Queries for instruments, articles, events and terms of all current revisions."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, and_, bindparam, func, or_, select
from sqlmodel import Session, col

from app import schemas
from app.content.fields import earliest_date, latest_date
from app.errors import InvalidInput, NotFound
from app.queries.filters import check_filters, of_topic
from app.queries.selected_revisions import SelectedRevision
from app.queries.statements import SharedFields, instrument_name
from app.store.engines import CompiledSelect, fetch_all, id_list
from app.store.tables import Revision, Section, Statement, StatementSection
from app.urls import URLs

Rows = Sequence[Any]
Page = Select[*tuple[Any, ...]]
Fact = schemas.Instrument | schemas.Article | schemas.Event | schemas.Term


@dataclass(frozen=True)
class FactFilter:
    """Select facts by guide, section or topic; None selects all.

    Facts are those of the current revisions of all guides, or of the selected one.
    """

    urls: URLs
    selected: SelectedRevision | None = None
    section: str | None = None
    topic: str | None = None

    @property
    def is_read(self) -> SQLColumnExpression[bool]:
        """SQL condition of the revisions that are read."""
        return self.selected.is_read if self.selected else col(Revision.is_current)


def _select(kind: str) -> Page:
    """Select the statements of a kind, each with its guide and the number of all."""
    return (
        select(
            col(Statement.id),
            col(Statement.slug),
            col(Statement.label),
            col(Statement.confidence),
            col(Statement.instrument_id),
            col(Statement.data),
            col(Statement.changed_in),
            col(Revision.guide),
            func.count().over().label("total"),
        )
        .join(Revision, col(Revision.id) == col(Statement.revision_id))
        .where(col(Statement.kind) == kind)
    )


_in_file_order = (col(Revision.guide), col(Statement.position))
_instruments = _select("instrument").order_by(*_in_file_order)
_articles = _select("article").order_by(*_in_file_order)
_events = _select("event").order_by(col(Statement.earliest_date), col(Statement.latest_date), *_in_file_order)
_terms = _select("term").order_by(func.lower(col(Statement.label)), *_in_file_order)

# To build a statement takes SQLAlchemy longer than SQLite needs to run it, so those for one fact are built once.
_is_named = and_(
    col(Statement.revision_id) == bindparam("revision_id"),
    col(Statement.slug) == bindparam("slug"),
)
_one_of = {kind: CompiledSelect(_select(kind).where(_is_named)) for kind in ("instrument", "article", "event", "term")}
_instruments_with_ids = CompiledSelect(_instruments.where(col(Statement.id).in_(id_list("ids"))))
_articles_of = CompiledSelect(_articles.where(col(Statement.instrument_id).in_(id_list("ids"))))


def instruments(
    session: Session,
    only: FactFilter,
    limit: int,
    offset: int,
    legal_character: str | None,
    in_force_on: str | None,
) -> tuple[list[schemas.Instrument], int]:
    """Return a page of instruments in the order of their files, and their total number.

    An instrument is in force from `date_in_force` until the day before `date_ended`; without `date_in_force`, never.
    """
    page = _instruments
    if legal_character is not None:
        page = page.where(_field("legal_character") == legal_character)
    if in_force_on is not None:
        has_not_ended = or_(_field("date_ended").is_(None), _field("date_ended") > in_force_on)
        page = page.where(_field("date_in_force") <= in_force_on, has_not_ended)
    rows, total = _list(session, page, only, limit, offset)
    return _build_instruments(session, only.urls, rows), total


def instrument(session: Session, selected: SelectedRevision, slug: str) -> schemas.Instrument:
    """Return one instrument of a revision that has it."""
    return _build_instruments(session, selected.urls, _one(session, selected, "instrument", slug))[0]


def article(session: Session, selected: SelectedRevision, instrument: str, slug: str) -> schemas.Article:
    """Return one article of an instrument in the revision, or raise `NotFound`."""
    if rows := _one(session, selected, "article", f"{instrument}/{slug}"):
        return _build_articles(session, selected.urls, rows)[0]
    articles = select(col(Statement.slug)).where(
        col(Statement.revision_id) == selected.revision_id, col(Statement.kind) == "article"
    )
    names = (name.partition("/") for (name,) in fetch_all(session, articles))
    raise NotFound.unknown("article", slug, [name for other, _, name in names if other == instrument])


def events(
    session: Session,
    only: FactFilter,
    limit: int,
    offset: int,
    since: str | None,
    until: str | None,
    category: str | None,
) -> tuple[list[schemas.Event], int]:
    """Return a page of events, oldest first, and their total number.

    `since` and `until` are inclusive partial dates; an event matches if it may have happened between them.
    """
    if since is not None and until is not None and earliest_date(since) > latest_date(until):
        message = f"This is after `until`, {until}; no event can lie between them."
        raise InvalidInput.of(("since", message))
    page = _events
    if since is not None:
        page = page.where(col(Statement.latest_date) >= earliest_date(since))
    if until is not None:
        page = page.where(col(Statement.earliest_date) <= latest_date(until))
    if category is not None:
        page = page.where(_field("category") == category)
    rows, total = _list(session, page, only, limit, offset)
    return _build_events(session, only.urls, rows), total


def event(session: Session, selected: SelectedRevision, slug: str) -> schemas.Event:
    """Return one event of a revision that has it."""
    return _build_events(session, selected.urls, _one(session, selected, "event", slug))[0]


def terms(session: Session, only: FactFilter, limit: int, offset: int) -> tuple[list[schemas.Term], int]:
    """Return a page of the glossary in alphabetical order, and the total number of terms."""
    rows, total = _list(session, _terms, only, limit, offset)
    return _build_terms(session, only.urls, rows), total


def term(session: Session, selected: SelectedRevision, slug: str) -> schemas.Term:
    """Return one term of a revision that has it."""
    return _build_terms(session, selected.urls, _one(session, selected, "term", slug))[0]


def facts_with_ids(session: Session, urls: URLs, kind: str, ids: Sequence[int]) -> dict[int, Fact]:
    """Return facts of a kind by the ids of their rows."""
    selected, build = _KINDS[kind]
    rows = fetch_all(session, selected.where(col(Statement.id).in_(ids)))
    return dict(zip((row.id for row in rows), build(session, urls, rows), strict=True))


def _field(name: str) -> Any:
    """Return a text field of the statement's data as an SQL expression."""
    return col(Statement.data)[name].as_string()


def _list(session: Session, page: Page, only: FactFilter, limit: int, offset: int) -> tuple[Rows, int]:
    page = page.where(only.is_read)
    concerned = select(col(StatementSection.statement_id)).join(Section)
    if only.section is not None:
        page = page.where(col(Statement.id).in_(concerned.where(col(Section.slug) == only.section)))
    if only.topic is not None:
        page = page.where(col(Statement.id).in_(concerned.where(col(Section.id).in_(of_topic(only.topic)))))
    if not (rows := fetch_all(session, page.limit(limit).offset(offset))):
        check_filters(session, only.is_read, only.topic, section=only.section)
        return [], 0
    return rows, rows[0].total


def _one(session: Session, selected: SelectedRevision, kind: str, slug: str) -> Rows:
    """Return the row of the statement with a slug in the revision, as a list."""
    return _one_of[kind].fetch_all(session, revision_id=selected.revision_id, slug=slug)


def _build_instruments(session: Session, urls: URLs, rows: Rows) -> list[schemas.Instrument]:
    of_instruments = _articles_of.fetch_all(session, ids=[row.id for row in rows])
    shared = SharedFields(session, urls, [*rows, *of_instruments])
    articles: dict[int, list[Any]] = defaultdict(list)
    for article in of_instruments:
        articles[article.instrument_id].append(article)
    return [
        schemas.Instrument(
            **shared.of(row)
            | {
                "slug": row.slug,
                "url": urls.of("instrument", row.slug),
                "members": [_build_member(member, shared.sources[row.id]) for member in row.data["members"]],
                "articles": [_build_article(shared, article, row) for article in articles[row.id]],
            }
        )
        for row in rows
    ]


def _build_member(member: dict[str, Any], sources: Sequence[schemas.SourceLink]) -> schemas.Member:
    by_slug = {source.slug: source for source in sources}
    return schemas.Member(**member | {"sources": [by_slug[slug] for slug in member["sources"]]})


def _build_articles(session: Session, urls: URLs, rows: Rows) -> list[schemas.Article]:
    instruments = _instruments_with_ids.fetch_all(session, ids=[row.instrument_id for row in rows])
    by_id = {row.id: row for row in instruments}
    shared = SharedFields(session, urls, rows)
    return [_build_article(shared, row, by_id[row.instrument_id]) for row in rows]


def _build_article(shared: SharedFields, row: Any, instrument: Any) -> schemas.Article:
    slug = row.slug.partition("/")[2]
    link = instrument_name(shared.urls, instrument.slug, instrument.label)
    return schemas.Article(slug=slug, url=shared.urls.article(instrument.slug, slug), instrument=link, **shared.of(row))


def _build_events(session: Session, urls: URLs, rows: Rows) -> list[schemas.Event]:
    shared = SharedFields(session, urls, rows)
    return [schemas.Event(slug=row.slug, url=urls.of("event", row.slug), **shared.of(row)) for row in rows]


def _build_terms(session: Session, urls: URLs, rows: Rows) -> list[schemas.Term]:
    shared = SharedFields(session, urls, rows)
    return [schemas.Term(slug=row.slug, url=urls.of("term", row.slug), **shared.of(row)) for row in rows]


_KINDS: Mapping[str, tuple[Page, Callable[[Session, URLs, Rows], Sequence[Fact]]]] = {
    "instrument": (_instruments, _build_instruments),
    "article": (_articles, _build_articles),
    "event": (_events, _build_events),
    "term": (_terms, _build_terms),
}
