"""Compare a publication with the revision that was current before, kind by kind."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from sqlalchemy import String, and_, cast, literal, select, union_all
from sqlmodel import Session, col

from app.ledger.entries import FormerName
from app.store.tables import Passage, Revision, Section, Source, Statement, Topic


class Change(NamedTuple):
    """How much of a kind was there before, and how much of it was added, removed and renamed."""

    kind: str
    before: int
    added: int
    removed: int
    renamed: int = 0

    def __str__(self) -> str:
        more = self.added - self.removed
        plural = "s" * (abs(more) != 1)
        size = f"{abs(more)} {'more' if more > 0 else 'fewer'} {self.kind}{plural} than before"
        renamed = f", {self.renamed} renamed" if self.renamed else ""
        parts = f"{self.added} added, {self.removed} removed{renamed}"
        return f"{size if more else f'as many {self.kind}s as before'} ({parts})."

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


def compare(
    before: Mapping[str, Set[str]], after: Mapping[str, Set[str]], names: Iterable[FormerName] = ()
) -> Iterator[Change]:
    """Yield what changed of each kind; the first publication of a guide changes nothing.

    `names` are the former slugs of what was renamed.
    """
    new_slugs = {(name.kind, name.old): name.new for name in names}
    for kind in sorted(before.keys() | after.keys()) if before else ():
        old, new = before.get(kind, set()), after.get(kind, set())
        if old != new:
            removed = old - new
            renamed = {_new_slug(kind, slug, new_slugs) for slug in removed} & (new - old)
            yield Change(kind, len(old), len(new - old - renamed), len(removed) - len(renamed), len(renamed))


def _new_slug(kind: str, slug: str, new_slugs: Mapping[tuple[str, str], str]) -> str:
    """Return the slug that a resource has now; passages and articles change theirs with the section or instrument."""
    if kind == "passage":
        section, _, n = slug.rpartition(".")
        return f"{new_slugs.get(('section', section), section)}.{n}"
    if kind == "article":
        instrument, _, article = slug.partition("/")
        slug = f"{new_slugs.get(('instrument', instrument), instrument)}/{article}"
    return new_slugs.get((kind, slug), slug)
