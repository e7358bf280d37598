"""Find which resources have different slugs in two revisions of a guide because they were renamed."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, MutableMapping

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from app.store.engines import CompiledSelect
from app.store.publication_tables import FormerName
from app.store.tables import Revision

_compared = select(col(Revision.sequence)).where(col(Revision.id).in_((bindparam("first"), bindparam("second"))))
_former_names = CompiledSelect(
    select(col(FormerName.kind), col(FormerName.old), col(FormerName.new))
    .join(Revision, col(Revision.guide) == col(FormerName.guide))
    .where(
        col(Revision.id) == bindparam("second"),
        col(FormerName.sequence) <= _compared.order_by(col(Revision.sequence).desc()).limit(1).scalar_subquery(),
    )
)


class Renames:
    """The former names that the parts of a guide had when the newer of two revisions was published.

    Revisions are given by the ids of their rows, in either order. The slug of an article begins with that of its
    instrument, as in `treaty-1960/5`.
    """

    def __init__(self, session: Session, before: int | None, after: int) -> None:
        rows = _former_names.fetch_all(session, first=before, second=after)
        self._new = {(row.kind, row.old): row.new for row in rows}

    def between(self, kind: str, before: Iterable[str], after: Iterable[str]) -> Mapping[str, str]:
        """Return the slug after of each renamed resource by its slug before, given all slugs of a kind.

        A slug that is in both revisions is not renamed, and each slug is used once.
        """
        old, new = dict.fromkeys(before), dict.fromkeys(after)
        for slug in old.keys() & new.keys():
            del old[slug], new[slug]
        forth = dict(self._pairs(kind, old, new))
        back = {last: first for first, last in self._pairs(kind, new, old)}
        return forth | back

    def name_before(self, kind: str, slug: str, before: Collection[str]) -> str | None:
        """Return the slug before of a resource of the revision after, given all slugs before; None if it is new."""
        if slug in before:
            return slug
        return next((other for other in before if self._follow(kind, other, (slug,))), None)

    def _pairs(
        self, kind: str, old: MutableMapping[str, None], new: MutableMapping[str, None]
    ) -> Iterator[tuple[str, str]]:
        """Remove and yield the slugs that belong together, the old one first."""
        for slug in list(old):
            if last := self._follow(kind, slug, new):
                del old[slug], new[last]
                yield slug, last

    def _follow(self, kind: str, slug: str | None, ends: Container[str]) -> str | None:
        """Return the first of the later names of a resource that is among `ends`."""
        seen = set()
        while slug is not None and slug not in ends:
            seen.add(slug)
            slug = self._next(kind, slug)
            if slug in seen:
                return None
        return slug

    def _next(self, kind: str, slug: str) -> str | None:
        if kind == "article" and (kind, slug) not in self._new:
            instrument, _, article = slug.partition("/")
            new = self._new.get(("instrument", instrument))
            return new and f"{new}/{article}"
        return self._new.get((kind, slug))
