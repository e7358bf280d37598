"""Find what the resources of a revision are called in the revision before."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlmodel import Session, col

from app.queries.renames import Renames
from app.queries.selected_revisions import SelectedRevision
from app.store.engines import fetch_all
from app.store.tables import Passage, Revision, Section, Source, Statement, Topic

_TABLES: Mapping[str, type[Section | Source | Statement | Topic]] = {
    "section": Section,
    "source": Source,
    "topic": Topic,
    **dict.fromkeys(("correction", "instrument", "article", "event", "term"), Statement),
}


def names_before(session: Session, selected: SelectedRevision, names: Mapping[str, str]) -> dict[str, str] | None:
    """Return slugs and ids of parts of a guide as they were in the revision before; None if one was not there.

    They are given by the name of their parameter; other parameters stay as they are.
    """
    of_guide = select(col(Revision.id)).where(col(Revision.guide) == selected.guide)
    before = session.scalars(of_guide.where(col(Revision.name) == selected.previous)).one()
    renames = Renames(session, before, selected.revision_id)

    def name_before(kind: str, slug: str) -> str | None:
        table = _TABLES[kind]
        slugs = select(col(table.slug)).where(col(table.revision_id) == before)
        slugs = slugs.where(col(Statement.kind) == kind) if table is Statement else slugs
        return renames.name_before(kind, slug, [each for (each,) in fetch_all(session, slugs)])

    found: dict[str, str | None] = {**names}
    for name, value in names.items():
        if name == "passage":
            section, _, n = value.rpartition(".")
            slug = name_before("section", section)
            found[name] = f"{slug}.{n}" if slug and _has_passage(session, before, slug, int(n)) else None
        elif name == "article":
            article = name_before(name, f"{names['instrument']}/{value}")
            found[name] = article and article.rpartition("/")[2]
        elif name in _TABLES:
            found[name] = name_before(name, value)
        elif name == "parent" and value != "none":
            found[name] = name_before("section", value)
    kept = {name: value for name, value in found.items() if value is not None}
    return kept if kept.keys() == found.keys() else None


def _has_passage(session: Session, revision_id: int, section: str, n: int) -> bool:
    passages = select(col(Passage.id)).join(Section, col(Section.id) == col(Passage.section_id))
    of_section = passages.where(col(Section.revision_id) == revision_id, col(Section.slug) == section)
    return session.scalar(of_section.where(col(Passage.n) == n)) is not None
