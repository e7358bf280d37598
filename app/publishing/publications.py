"""Publish guides: append to the ledger, and project what was appended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, Select, func, literal, select, union_all
from sqlmodel import Session, col

from app import content
from app.errors import ContentRemoved, SlugConflict
from app.ledger.entries import Content, Kind, append
from app.publishing.changes import Change, compare, current_slugs
from app.publishing.former_names import former_names
from app.publishing.projection import ignore, project
from app.queries.selected_revisions import select_revision
from app.store.engines import fetch_all
from app.store.tables import Revision, Source, Statement
from app.urls import URLs


class Outcome(StrEnum):
    """The result of publishing a guide: a sentence to format with the name of the revision."""

    PUBLISHED = "published as revision {}."
    CURRENT_AGAIN = "revision {}, published before, is current again."
    RESTORED = "restored as revision {}."
    RENAMED = "renamed, and published as revision {}."
    UNCHANGED = "unchanged, revision {} is already current."


@dataclass(frozen=True)
class Publication:
    """The result of publishing a guide, its revision that is now current, and what changed."""

    guide: str
    revision: str
    outcome: Outcome
    changes: Sequence[Change]


def publish(
    session: Session,
    ledger: Connection,
    *guides: content.Guide,
    note: str | None = None,
    may_remove_all: bool = False,
    on_sections: Callable[[int], None] = ignore,
) -> list[Publication]:
    """Make the content of each guide its current revision.

    Current content is not published again; content that was published before becomes current again. `note` is kept in
    the ledger. `on_sections` is called with the number of sections after each batch. The caller commits.

    Raises `SlugConflict` if two guides use the same slug for a fact, and `ContentRemoved` if a guide would lose
    everything of a kind, such as all corrections, unless `may_remove_all`.
    """
    published = [_publish(session, ledger, guide, note, on_sections) for guide in guides]
    lost = [
        f"{change.lost} of “{publication.guide}”"
        for publication in published
        for change in publication.changes
        if change.lost
    ]
    if lost and not may_remove_all:
        raise ContentRemoved(lost)
    _check_shared_slugs(session)
    return published


def withdraw(session: Session, ledger: Connection, guide: str, reason: str) -> None:
    """Withdraw a guide with all of its revisions; publishing it again restores it.

    Raises `NotFound` for an unknown guide, and `Withdrawn` if it is withdrawn already.
    """
    current = select_revision(session, URLs(), guide)
    entry = append(ledger, "withdrawn", guide, current.title, None, note=reason)
    project(session, ledger, [entry])


def roll_back(session: Session, ledger: Connection, guide: str, revision: str, note: str | None = None) -> Publication:
    """Make an earlier revision of a guide current again.

    Raises `NotFound` for an unknown guide, `Withdrawn`, `InvalidInput` for an unknown revision, and `SlugConflict` if
    another guide uses the slug of a fact by now.
    """
    earlier = select_revision(session, URLs(), guide, revision)
    if revision == select_revision(session, URLs(), guide).revision:
        return Publication(guide, revision, Outcome.UNCHANGED, [])
    digest = session.scalars(select(col(Revision.digest)).where(earlier.is_read)).one()
    before = current_slugs(session, guide)
    entry = append(ledger, "rolled_back", guide, earlier.title, digest, note=note)
    project(session, ledger, [entry])
    _check_shared_slugs(session)
    changes = compare(before, current_slugs(session, guide))
    return Publication(guide, revision, Outcome.CURRENT_AGAIN, list(changes))


def current_guides(session: Session) -> Sequence[str]:
    """Return the slugs of all guides that are served."""
    return session.scalars(select(col(Revision.guide)).where(col(Revision.is_current)).order_by("guide")).all()


def _publish(
    session: Session,
    ledger: Connection,
    guide: content.Guide,
    note: str | None,
    on_sections: Callable[[int], None],
) -> Publication:
    of_content = select(col(Revision.is_current)).where(
        col(Revision.guide) == guide.slug, col(Revision.name) == guide.revision
    )
    is_current = session.scalar(of_content)  # None if it was never published
    if is_current:
        on_sections(len(guide.sections))
        return Publication(guide.slug, guide.revision, Outcome.UNCHANGED, [])
    held = select(col(Revision.guide)).where(col(Revision.guide).in_(guide.formerly)).distinct()
    former = session.scalars(held).all()
    slugs_before = (current_slugs(session, slug) for slug in (guide.slug, *former))
    before = next(filter(None, slugs_before), {})
    stored = Content(guide.canonical, {topic.slug: topic.position for topic in guide.topics})
    of_guide = select(col(Revision.is_withdrawn)).where(col(Revision.guide) == guide.slug)
    is_restored = session.scalar(of_guide.limit(1))
    kind: Kind = "renamed" if former else "restored" if is_restored else "published"
    names = tuple(former_names(guide))
    entry = append(ledger, kind, guide.slug, guide.title, guide.digest, note=note, content=stored, former_names=names)
    project(session, ledger, [entry], on_sections=on_sections)
    published = Outcome.PUBLISHED if is_current is None else Outcome.CURRENT_AGAIN
    outcome = Outcome.RENAMED if former else Outcome.RESTORED if is_restored else published
    changes = compare(before, current_slugs(session, guide.slug), names)
    return Publication(guide.slug, guide.revision, outcome, list(changes))


def _check_shared_slugs(session: Session) -> None:
    # Corrections may share a slug: their URLs contain the guide.
    facts: Select[str, str, str] = (
        select(col(Statement.kind).label("kind"), col(Statement.slug).label("slug"), col(Revision.guide))
        .join(Revision)
        .where(col(Revision.is_current), col(Statement.kind) != "correction")
    )
    sources = (
        select(literal("source"), col(Source.slug), col(Revision.guide)).join(Revision).where(col(Revision.is_current))
    )
    named = union_all(facts, sources).subquery()
    shared = (
        select(named.c.kind, named.c.slug, func.min(named.c.guide), func.max(named.c.guide))
        .group_by(named.c.kind, named.c.slug)
        .having(func.count() > 1)
    )
    for kind, slug, *guides in fetch_all(session, shared):
        raise SlugConflict(kind, slug, guides)
