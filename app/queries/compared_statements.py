"""Compare the corrections, facts and sources of two revisions of a guide."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, literal, select
from sqlmodel import Session, col

from app.queries.corrections import corrections_with_ids
from app.queries.facts import facts_with_ids
from app.queries.renames import Renames
from app.queries.sources import sources_with_ids
from app.schemas.changes import ChangeKind, ChangeType
from app.schemas.facts import Correction
from app.schemas.models import PublicModel
from app.store.engines import CompiledSelect
from app.store.tables import Source, Statement
from app.text.passage_pairs import Pair
from app.urls import URLs

KINDS: tuple[ChangeKind, ...] = ("correction", "instrument", "article", "event", "term", "source")


class Difference(NamedTuple):
    """A resource that differs: the ids of its rows in the two revisions, None where it does not exist."""

    kind: ChangeKind
    change: ChangeType
    before: int | None
    after: int | None


# Fields that say where a resource stands, or that show other resources.
_LINKS = {"__all__": {"title", "url", "link"}}
_PLACE = {"section", "passage", "prefix", "suffix", "original_span", "corrected_span", "url"}
_NOT_CONTENT: Any = {
    **dict.fromkeys((*_PLACE, "slug", "revision", "articles", "cited_by"), True),
    "also": {"__all__": _PLACE},
    "instrument": {"title", "url"},
    "members": {"__all__": {"sources": _LINKS}},
    "sections": _LINKS,
    "sources": _LINKS,
}


_of_revision: BindParameter[int] = bindparam("revision_id")
_statements = CompiledSelect(
    select(col(Statement.kind), col(Statement.slug), col(Statement.id), col(Statement.changed_in))
    .where(col(Statement.revision_id) == _of_revision)
    .order_by(col(Statement.position))
)
_sources = CompiledSelect(
    select(literal("source").label("kind"), col(Source.slug), col(Source.id), col(Source.changed_in))
    .where(col(Source.revision_id) == _of_revision)
    .order_by(col(Source.position))
)


def compare_statements(
    session: Session,
    before: int | None,
    after: int,
    passages: Iterable[Pair],
    renames: Renames,
    sections: Mapping[str, str],
) -> Iterator[Difference]:
    """Yield corrections, facts and sources by kind, in the order of their files.

    With the same content, one with another slug is `moved`; so is a correction that is about the same words in another
    passage, unless that passage was moved itself. `sections` are the new slugs of renamed sections by their old ones.
    """
    old, new = (_rows(session, id_) for id_ in (before, after))
    new_ids = {pair.before.passage_id: pair.after.passage_id for pair in passages if pair.before and pair.after}
    names: dict[str, Mapping[str, str]] = {"section": sections}
    names |= {kind: renames.between(kind, old[kind], new[kind]) for kind in KINDS}
    for kind in KINDS:
        old_rows = {names[kind].get(slug, slug): row for slug, row in old[kind].items()}
        slugs = dict.fromkeys((*new[kind], *old_rows))
        pairs = [(old_rows.get(slug), new[kind].get(slug)) for slug in slugs]
        possible = [pair for pair in pairs if pair[0] and pair[1] and pair[0].changed_in != pair[1].changed_in]
        resources = [
            statements_with_ids(session, URLs(), kind, [row.id for row in rows]) for rows in zip(*possible, strict=True)
        ]
        for first, second in pairs:
            if not first or not second:
                yield one_sided(kind, first, second)
            elif first.changed_in == second.changed_in:
                continue
            elif change := _statement_change(resources[0][first.id], resources[1][second.id], new_ids, names):
                yield Difference(kind, change, first.id, second.id)
            elif first.slug != second.slug:
                yield Difference(kind, "moved", first.id, second.id)


def _rows(session: Session, revision_id: int | None) -> Mapping[str, Mapping[str, Any]]:
    """Return rows by kind and slug."""
    rows: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    for statement in (_statements, _sources):
        for row in statement.fetch_all(session, revision_id=revision_id):
            rows[row.kind][row.slug] = row
    return rows


def _statement_change(
    before: PublicModel, after: PublicModel, new_ids: Mapping[str, str], names: Mapping[str, Mapping[str, str]]
) -> ChangeType | None:
    content = before.model_dump(exclude=_NOT_CONTENT)
    _rename_links(content, names)
    if content != after.model_dump(exclude=_NOT_CONTENT):
        return "changed"
    if not (isinstance(before, Correction) and isinstance(after, Correction)):
        return None
    return "moved" if [new_ids.get(passage, passage) for passage in _places(before)] != _places(after) else None


def _rename_links(content: dict[str, Any], names: Mapping[str, Mapping[str, str]]) -> None:
    """Give the links of a resource the slugs that renamed resources have in the later revision."""
    linked = [("section", link) for link in content.get("sections", ())]
    linked += [("source", link) for each in (content, *content.get("members", ())) for link in each.get("sources", ())]
    if instrument := content.get("instrument"):
        linked.append(("instrument", instrument))
    for kind, link in linked:
        link["slug"] = names[kind].get(link["slug"], link["slug"])


def _places(correction: Correction) -> list[str]:
    return [correction.passage, *(place.passage for place in correction.also)]


def statements_with_ids(session: Session, urls: URLs, kind: str, ids: Sequence[int]) -> Mapping[int, PublicModel]:
    """Return corrections, facts or sources by the ids of their rows."""
    if kind == "correction":
        return corrections_with_ids(session, urls, ids)
    return sources_with_ids(session, urls, ids) if kind == "source" else facts_with_ids(session, urls, kind, ids)


def one_sided(kind: ChangeKind, before: Any, after: Any) -> Difference:
    """Return the difference of a resource that one revision does not have, from its row."""
    return Difference(kind, "added" if after else "removed", before and before.id, after and after.id)
