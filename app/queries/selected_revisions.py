"""The choice of the revision of a guide that a request reads."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, and_, bindparam, not_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.errors import InvalidInput, NotFound
from app.queries.withdrawals import raise_if_fact_withdrawn, raise_if_withdrawn
from app.store.engines import CompiledSelect, fetch_all
from app.store.tables import Revision, Source, Statement
from app.text.editions import Edition
from app.urls import URLs


@dataclass(frozen=True)
class SelectedRevision:
    """The revision and edition of a guide that a request reads.

    `previous` names the revision that was current before it; None for the first, or if that was removed.
    """

    urls: URLs
    guide: str
    revision: str
    revision_id: int
    title: str
    language: str
    published_at: datetime
    previous: str | None
    edition: Edition

    @property
    def is_read(self) -> SQLColumnExpression[bool]:
        """SQL condition of this revision."""
        return col(Revision.id) == self.revision_id


_other = aliased(Revision)
_same_guide = col(_other.guide) == col(Revision.guide)
PREVIOUS = select(col(_other.name)).where(_same_guide, col(_other.name) == col(Revision.previous)).scalar_subquery()
_revisions: Select[*tuple[Any, ...]] = select(
    col(Revision.guide),
    col(Revision.name).label("revision"),
    col(Revision.id).label("revision_id"),
    col(Revision.title),
    col(Revision.language),
    col(Revision.published_at),
    PREVIOUS.label("previous"),
)
_of_guide = _revisions.where(col(Revision.guide) == bindparam("guide"))
_current = CompiledSelect(_of_guide.where(col(Revision.is_current)))
_named = CompiledSelect(_of_guide.where(col(Revision.name) == bindparam("name"), not_(col(Revision.is_withdrawn))))


def select_revision(
    session: Session,
    urls: URLs,
    guide: str,
    revision: str | None = None,
    edition: Edition = "corrected",
    parameter: str = "revision",
) -> SelectedRevision:
    """Select the current revision of a guide, or the one that a parameter names.

    Raises `NotFound` for an unknown guide, `Withdrawn` and, for an unknown revision, `InvalidInput`.
    """
    statement = _named if revision else _current
    if rows := statement.fetch_all(session, guide=guide, name=revision):
        return _selected(urls, rows[0], revision, edition)
    raise_if_withdrawn(session, guide)
    existing = fetch_all(
        session, select(col(Revision.guide), col(Revision.name)).where(not_(col(Revision.is_withdrawn)))
    )
    names = [name for existing_guide, name in existing if existing_guide == guide]
    if not names:
        raise NotFound.unknown("guide", guide, sorted({existing_guide for existing_guide, _ in existing}))
    raise InvalidInput.unknown(parameter, str(revision), names, kind="revision")


def select_revision_with(
    session: Session, urls: URLs, kind: str, slug: str, revision: str | None = None
) -> SelectedRevision:
    """Select the current revision that has a fact or source, or the named one.

    `kind` is `instrument`, `event`, `term` or `source`. Raises `NotFound` for an unknown slug, `Withdrawn` and, for
    an unknown revision, `InvalidInput`.
    """
    if rows := _with_slug(kind, is_named=revision is not None).fetch_all(session, slug=slug, name=revision):
        return _selected(urls, rows[0], revision)
    raise_if_fact_withdrawn(session, kind, slug, revision)
    if revision:
        names = [name for (name,) in fetch_all(session, select(col(Revision.name)))]
        if revision not in names:
            raise InvalidInput.unknown("revision", revision, names)
    having, slugs = _having(kind, is_named=revision is not None)
    existing = fetch_all(session, having.with_only_columns(slugs), name=revision)
    raise NotFound.unknown(kind, slug, [name for (name,) in existing])


@cache
def _with_slug(kind: str, *, is_named: bool) -> CompiledSelect:
    having, slugs = _having(kind, is_named=is_named)
    return CompiledSelect(having.where(slugs == bindparam("slug")))


def _having(kind: str, *, is_named: bool) -> tuple[Select[*tuple[Any, ...]], SQLColumnExpression[str]]:
    """Return the revisions that have something of a kind, current ones or those with a `name`, and its slugs."""
    table = Source if kind == "source" else Statement
    of_kind = [] if kind == "source" else [col(Statement.kind) == kind]
    is_named_so = and_(col(Revision.name) == bindparam("name"), not_(col(Revision.is_withdrawn)))
    is_read = is_named_so if is_named else col(Revision.is_current)
    having = _revisions.join(table, col(table.revision_id) == col(Revision.id)).where(is_read, *of_kind)
    return having, col(table.slug)


def _selected(urls: URLs, row: Any, revision: str | None, edition: Edition = "corrected") -> SelectedRevision:
    return SelectedRevision(urls=replace(urls, revision=revision, edition=edition), edition=edition, **row._asdict())
