"""Find what a resource is called now that had another slug before."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, exists, select
from sqlmodel import Session, col

from app.queries.selected_revisions import SelectedRevision
from app.store.engines import fetch_all
from app.store.publication_tables import FormerName
from app.store.tables import Revision, Section, Source, Statement

GLOBAL_KINDS = ("instrument", "event", "term", "source")  # their slugs are unique across guides


def former_slugs(session: Session, selected: SelectedRevision) -> Mapping[str, str]:
    """Return the former slugs of each section by its slug, and of the guide by an empty text, in a revision."""
    of_guide = select(col(Revision.formerly)).where(selected.is_read)
    of_sections = select(col(Section.slug), col(Section.formerly))
    rows = fetch_all(session, of_sections.where(col(Section.revision_id) == selected.revision_id))
    return {"": session.scalars(of_guide).one(), **{row.slug: row.formerly for row in rows}}


def current_names(session: Session, names: Mapping[str, str]) -> dict[str, str]:
    """Return names in which every former slug is replaced by the one that the resource has now.

    `names` are slugs and ids by the name of their parameter, perhaps with the `revision` that is read.
    """
    found = dict(names)
    is_read: ColumnElement[bool] = and_(col(Revision.is_current))
    if names.get("revision"):
        is_read = col(Revision.name) == names["revision"]
    if guide := names.get("guide"):
        found["guide"] = guide = _guide(session, guide)
        is_read &= col(Revision.guide) == guide
    reader = _Reader(session, is_read, guide)
    for parameter in ("section", "parent"):
        if slug := names.get(parameter):
            found[parameter] = reader.follow("section", slug)[-1]
    if (passage := names.get("passage")) and "." in passage:
        section, _, n = passage.rpartition(".")
        found["passage"] = f"{reader.follow('section', section)[-1]}.{n}"
    if slug := names.get("correction"):
        found["correction"] = reader.follow("correction", slug)[-1]
    for kind in GLOBAL_KINDS:
        if slug := names.get(kind):
            found[kind] = reader.follow(kind, slug)[-1]
    if (article := names.get("article")) and (instrument := names.get("instrument")):
        instruments = reader.follow("instrument", instrument)
        found["article"] = reader.follow("article", article, instruments[::-1])[-1]
    return found


class _Reader:
    """Follow former slugs to those that exist in the revisions that are read, of a guide or of all."""

    def __init__(self, session: Session, is_read: ColumnElement[bool], guide: str | None) -> None:
        self.session = session
        self.is_read = is_read
        self.guide = guide

    def follow(self, kind: str, slug: str, within: tuple[str, ...] | list[str] = ("",)) -> list[str]:
        """Return the slugs that a resource had, from this one to the one that exists; only this one if none does.

        `within` are the slugs of an article's instrument, from the present one to the former ones.
        """
        followed = [slug]
        while not self._exists(kind, f"{within[0]}/{followed[-1]}".strip("/")):
            steps = (self._new(kind, f"{instrument}/{followed[-1]}".strip("/")) for instrument in within)
            new = next(filter(None, steps), None)
            if new is None or (last := new.rpartition("/")[2]) in followed:
                return [slug]
            followed.append(last)
        return followed

    def _exists(self, kind: str, slug: str) -> bool:
        tables: Mapping[str, type[Section | Source | Statement]] = {"section": Section, "source": Source}
        table = tables.get(kind, Statement)
        of_kind = [col(Statement.kind) == kind] if table is Statement else []
        found = select(col(table.id)).join(Revision).where(self.is_read, col(table.slug) == slug, *of_kind)
        return self.session.scalar(select(exists(found))) or False

    def _new(self, kind: str, old: str) -> str | None:
        names = select(col(FormerName.new)).where(col(FormerName.kind) == kind, col(FormerName.old) == old)
        if self.guide and kind in {"section", "correction"}:
            names = names.where(col(FormerName.guide) == self.guide)
        return self.session.scalar(names.limit(1))


def _guide(session: Session, guide: str) -> str:
    """Return the slug of a guide, or that of the guide which had the slug before."""
    if session.scalar(select(col(Revision.guide)).where(col(Revision.guide) == guide).limit(1)):
        return guide
    of_guide = col(FormerName.kind) == "guide", col(FormerName.old) == guide
    return session.scalar(select(col(FormerName.guide)).where(*of_guide).limit(1)) or guide
