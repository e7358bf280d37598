"""Filters of lists by guide, section and topic."""

from collections.abc import Sequence

from sqlalchemy import Select, SQLColumnExpression, select
from sqlmodel import Session, col

from app.errors import InvalidInput, closest
from app.queries.selected_revisions import SelectedRevision
from app.queries.withdrawals import raise_if_withdrawn
from app.store.engines import fetch_all
from app.store.tables import Passage, Revision, Section, SectionTopic, Topic


def of_topic(topic: str) -> Select[int]:
    """Select the ids of the sections of a topic, in all revisions."""
    return select(col(SectionTopic.section_id)).join(Topic).where(col(Topic.slug) == topic)


def section_slugs(session: Session, selected: SelectedRevision) -> Sequence[str]:
    """Return the slugs of all sections of a guide."""
    slugs = select(col(Section.slug)).where(col(Section.revision_id) == selected.revision_id)
    return [slug for (slug,) in fetch_all(session, slugs)]


def similar_passages(session: Session, selected: SelectedRevision, passage_id: str) -> Sequence[str]:
    """Return the ids of all passages of the id's section, or of sections with similar slugs."""
    section = passage_id.rpartition(".")[0]
    slugs = section_slugs(session, selected)
    similar = [section] if section in slugs else closest(section, slugs)
    ids = select(col(Section.slug), col(Passage.n)).join(Passage, col(Passage.section_id) == col(Section.id))
    ids = ids.where(col(Section.revision_id) == selected.revision_id, col(Section.slug).in_(similar))
    return [f"{slug}.{n}" for slug, n in fetch_all(session, ids)]


def check_guide(session: Session, guide: str | None) -> None:
    """Raise `InvalidInput` for a guide that does not exist, and `Withdrawn`."""
    if guide is not None:
        raise_if_withdrawn(session, guide)
    _check(session, "guide", guide, select(col(Revision.guide)).where(col(Revision.is_current)))


def check_filters(
    session: Session, is_read: SQLColumnExpression[bool], topic: str | None = None, **sections: str | None
) -> None:
    """Raise `InvalidInput` for a section or topic that the revisions that are read do not have.

    `sections` are slugs by the name of their parameter.
    """
    for parameter, section in sections.items():
        _check(session, parameter, section, select(col(Section.slug)).join(Revision).where(is_read))
    _check(session, "topic", topic, select(col(Topic.slug)).join(Revision).where(is_read))


def _check(session: Session, parameter: str, value: str | None, existing: Select[str]) -> None:
    if value is None:
        return
    slugs = [slug for (slug,) in fetch_all(session, existing.distinct())]
    if value not in slugs:
        raise InvalidInput.unknown(parameter, value, slugs)
