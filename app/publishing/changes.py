"""Compare a publication with the revision that was current before, kind by kind."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from sqlalchemy import String, and_, cast, literal, select, union_all
from sqlmodel import Session, col

from app.store.tables import Passage, Revision, Section, Source, Statement, Topic


class Change(NamedTuple):
    """How much of a kind was there before, and how much of it was added and removed."""

    kind: str
    before: int
    added: int
    removed: int

    def __str__(self) -> str:
        more = self.added - self.removed
        plural = "s" * (abs(more) != 1)
        size = f"{abs(more)} {'more' if more > 0 else 'fewer'} {self.kind}{plural} than before"
        return f"{size if more else f'as many {self.kind}s as before'} ({self.added} added, {self.removed} removed)."

    @property
    def lost(self) -> str | None:
        """Describe what is lost if everything was removed and nothing added; otherwise None."""
        if self.added or self.removed < self.before:
            return None
        return f"all {self.before} {self.kind}s" if self.before > 1 else f"the only {self.kind}"


def current_slugs(session: Session, guide: str) -> Mapping[str, Set[str]]:
    """Return the slugs in the current revision of a guide by kind; of passages their ids."""
    is_current = and_(col(Revision.is_current), col(Revision.guide) == guide)
    passage_id = col(Section.slug) + "." + cast(col(Passage.n), String)
    everything = union_all(
        select(col(Statement.kind), col(Statement.slug)).join(Revision).where(is_current),
        select(literal("source"), col(Source.slug)).join(Revision).where(is_current),
        select(literal("section"), col(Section.slug)).join(Revision).where(is_current),
        select(literal("topic"), col(Topic.slug)).join(Revision).where(is_current),
        select(literal("source document"), literal("source.txt")).where(is_current, col(Revision.source).is_not(None)),
        select(literal("passage"), passage_id).join_from(Passage, Section).join(Revision).where(is_current),
    )
    slugs: dict[str, set[str]] = defaultdict(set)
    for kind, slug in session.connection().execute(everything):
        slugs[kind].add(slug)
    return slugs


def compare(before: Mapping[str, Set[str]], after: Mapping[str, Set[str]]) -> Iterator[Change]:
    """Yield what changed of each kind; the first publication of a guide changes nothing."""
    for kind in sorted(before.keys() | after.keys()) if before else ():
        old, new = before.get(kind, set()), after.get(kind, set())
        if old != new:
            yield Change(kind, len(old), len(new - old), len(old - new))
