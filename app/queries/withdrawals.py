"""Tell a guide that was withdrawn from one that never existed."""

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from app.errors import Withdrawn
from app.store.engines import fetch_all
from app.store.publication_tables import Publication
from app.store.tables import Revision, Source, Statement


def raise_if_withdrawn(session: Session, guide: str) -> None:
    """Raise `Withdrawn` if the guide was withdrawn."""
    _raise(session, col(Publication.guide) == guide)


def raise_if_fact_withdrawn(session: Session, kind: str, slug: str, revision: str | None) -> None:
    """Raise `Withdrawn` if a withdrawn guide has the fact or source, or had it in the revision."""
    table = Source if kind == "source" else Statement
    guides = select(col(Revision.guide)).join(table, col(table.revision_id) == col(Revision.id))
    guides = guides.where(col(table.slug) == slug)
    if kind != "source":
        guides = guides.where(col(Statement.kind) == kind)
    if revision:
        guides = guides.where(col(Revision.name) == revision)
    _raise(session, col(Publication.guide).in_(guides))


def _raise(session: Session, of_guide: ColumnElement[bool]) -> None:
    withdrawn = select(col(Revision.guide)).where(col(Revision.is_withdrawn))
    withdrawals = select(col(Publication.guide), col(Publication.at), col(Publication.note)).where(
        of_guide, col(Publication.guide).in_(withdrawn), col(Publication.kind) == "withdrawn"
    )
    for guide, at, reason in fetch_all(session, withdrawals.order_by(col(Publication.sequence).desc()).limit(1)):
        raise Withdrawn(guide, at, reason)
