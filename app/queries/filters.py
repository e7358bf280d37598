"""Filters of the lists of a guide: by topic and by section."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlmodel import Session, col

from app.errors import InvalidInput
from app.queries.guides import SelectedRevision
from app.store.engines import fetch_all
from app.store.tables import Section, SectionTopic, Topic


def of_topic(topic: str) -> Select[int]:
    """Select the ids of the sections of a topic, in all revisions."""
    return select(col(SectionTopic.section_id)).join(Topic).where(col(Topic.slug) == topic)


def section_slugs(session: Session, selected: SelectedRevision) -> Sequence[str]:
    """Return the slugs of all sections of a guide."""
    slugs = select(col(Section.slug)).where(col(Section.revision_id) == selected.revision_id)
    return [slug for (slug,) in fetch_all(session, slugs)]


def check_filters(
    session: Session, selected: SelectedRevision, topic: str | None = None, **sections: str | None
) -> None:
    """Raise `InvalidInput` for a topic or section that the guide does not have; `sections` are by parameter."""
    for parameter, section in sections.items():
        if section is not None and section not in (slugs := section_slugs(session, selected)):
            raise InvalidInput.unknown(parameter, section, slugs)
    if topic is not None:
        statement = select(col(Topic.slug)).where(col(Topic.revision_id) == selected.revision_id)
        topics = [slug for (slug,) in fetch_all(session, statement)]
        if topic not in topics:
            raise InvalidInput.unknown("topic", topic, topics)
