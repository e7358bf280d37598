"""Project entries of the ledger into the read model.

The read model is a function of the ledger: projecting all entries at once gives the same responses as projecting each
one when it was appended.
"""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection, func, select, update
from sqlmodel import Session, col

from app.content.canonical import from_canonical
from app.downloads import write_downloads
from app.errors import ContentPruned, StoreUnavailable
from app.ledger.entries import Entry, read_content, read_entries
from app.publishing.revisions import write_revision
from app.publishing.unchanged import keep_unchanged
from app.queries.changes import count_changes
from app.search.index import index_guide, unindex_guide
from app.store.publication_tables import FormerName, Publication
from app.store.tables import Revision

OnCount = Callable[[int], None]

OTHER_LEDGER = (
    "The store has publications that the ledger does not have: it is another ledger, or was restored from a backup. To"
    " serve what the ledger has, run `treaty-guide rebuild`."
)
PRUNED = "Another publisher removed revisions meanwhile; nothing was published. Run the command again."


def ignore(count: int) -> None:
    """Do nothing: the default for a callback that reports progress."""


def catch_up(session: Session, ledger: Connection, on_entry: OnCount = ignore) -> None:
    """Project the entries of the ledger that the read model does not have yet.

    Raises `ContentPruned` if the read model has content that was pruned since, which disappears only from one that is
    made again, and `StoreUnavailable` if it was made from other entries.
    """
    newest = select(Publication).order_by(col(Publication.sequence).desc()).limit(1)
    if not (last := session.scalar(newest)):
        project(session, ledger, read_entries(ledger), on_entry=on_entry)
        return
    entries = read_entries(ledger, last.sequence - 1)
    if not entries or (entries[0].sequence, entries[0].at) != (last.sequence, last.at):
        raise StoreUnavailable(OTHER_LEDGER)
    if any(entry.kind == "pruned" for entry in entries[1:]):
        raise ContentPruned(PRUNED)
    project(session, ledger, entries[1:], on_entry=on_entry)


def has_gaps(session: Session) -> bool:
    """Return whether the read model lacks an entry before its last one."""
    counts = select(func.count(), func.max(col(Publication.sequence)))
    count, last = session.execute(counts).one()
    return bool(count) and count != last


def project(
    session: Session,
    ledger: Connection,
    entries: Iterable[Entry],
    *,
    on_entry: OnCount = ignore,
    on_sections: OnCount = ignore,
) -> None:
    """Project entries in order; the callbacks are called with the number of entries or sections that are done.

    Raises `StoreUnavailable` if the content of an entry is damaged.
    """
    guides: dict[str, None] = {}
    for entry in entries:
        _apply(session, ledger, entry, on_sections)
        on_entry(1)
        guides.pop(entry.guide, None)
        guides[entry.guide] = None
    # In the order in which the guides were last published, as if each had been indexed then: of results with equal
    # scores, the one that was indexed first comes first.
    for guide in guides:
        index_guide(session, guide)


def _apply(session: Session, ledger: Connection, entry: Entry, on_sections: OnCount) -> None:
    former_guides = entry.former_guides if entry.kind == "renamed" else ()
    current = select(col(Revision.name)).where(col(Revision.is_current))
    owners = (entry.guide, *former_guides)
    names = (session.scalar(current.where(col(Revision.guide) == owner)) for owner in owners)
    previous = next(filter(None, names), None)
    if former_guides:
        _take_over(session, entry.guide, former_guides)
    for name in entry.former_names:
        known = session.get(FormerName, (entry.guide, name.kind, name.old))
        if not known or known.new != name.new:
            renamed = FormerName(guide=entry.guide, kind=name.kind, old=name.old, new=name.new, sequence=entry.sequence)
            session.merge(renamed)
    if entry.kind == "withdrawn":
        of_guide = update(Revision).where(col(Revision.guide) == entry.guide)
        session.execute(of_guide.values(is_current=False, is_withdrawn=True))
    elif entry.kind != "pruned":
        _make_current(session, ledger, entry, previous, on_sections)
    session.add(
        Publication(
            sequence=entry.sequence,
            at=entry.at,
            kind=entry.kind,
            guide=entry.guide,
            title=entry.title,
            revision=entry.revision,
            previous=previous,
            note=entry.note,
            former_guides=list(former_guides),
        )
    )
    session.flush()


def _make_current(
    session: Session, ledger: Connection, entry: Entry, previous: str | None, on_sections: OnCount
) -> None:
    """Make the revision of an entry current, after writing it if necessary; do nothing if its content was pruned."""
    assert entry.digest is not None  # noqa: S101 - only withdrawals have no digest
    of_guide = col(Revision.guide) == entry.guide
    revision_id = session.scalar(select(col(Revision.id)).where(of_guide, col(Revision.name) == entry.revision))
    if is_new := revision_id is None:
        if (content := read_content(ledger, entry.digest)) is None:
            return
        guide = from_canonical(content.canonical, content.topic_positions)
        revision_id = write_revision(session, entry, guide, on_sections)
    before = previous or _last_current(session, entry.guide)
    session.execute(update(Revision).where(of_guide).values(is_current=False, is_withdrawn=False))
    session.execute(update(Revision).where(col(Revision.id) == revision_id).values(is_current=True))
    if is_new:
        if before:
            keep_unchanged(session, entry.guide, before)
        _record_changes(session, entry.guide, before, revision_id)
        write_downloads(session, revision_id)


def _record_changes(session: Session, guide: str, previous: str | None, revision_id: int) -> None:
    """Write what a new revision changed, after `changed_in` of its resources is known."""
    of_previous = select(col(Revision.id)).where(col(Revision.guide) == guide, col(Revision.name) == previous)
    counts = [count.model_dump() for count in count_changes(session, session.scalar(of_previous), revision_id)]
    new = update(Revision).where(col(Revision.id) == revision_id)
    session.execute(new.values(previous=previous, changes=counts))


def _last_current(session: Session, guide: str) -> str | None:
    """Return the revision of a withdrawn guide that was current before, if there is one."""
    of_guide = select(col(Publication.previous)).where(col(Publication.guide) == guide)
    name = session.scalar(of_guide.order_by(col(Publication.sequence).desc()).limit(1))
    exists = select(col(Revision.name)).where(col(Revision.guide) == guide, col(Revision.name) == name)
    return session.scalar(exists)


def _take_over(session: Session, guide: str, former: Sequence[str]) -> None:
    """Give a guide the revisions, publications and former names of the guides that it was before."""
    for each in (guide, *former):
        unindex_guide(session, each)
    of_former = col(Revision.guide).in_(former)
    session.execute(update(Revision).prefix_with("OR REPLACE").where(of_former).values(guide=guide, is_current=False))
    for table in (Publication, FormerName):
        session.execute(update(table).prefix_with("OR REPLACE").where(col(table.guide).in_(former)).values(guide=guide))
