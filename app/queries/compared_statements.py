"""Compare the corrections, facts and sources of two revisions of a guide."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, literal, select
from sqlmodel import Session, col

from app.queries.corrections import corrections_with_ids
from app.queries.facts import facts_with_ids
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
    **dict.fromkeys((*_PLACE, "revision", "articles", "cited_by"), True),
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
    session: Session, before: int | None, after: int, passages: Iterable[Pair]
) -> Iterator[Difference]:
    """Yield corrections, facts and sources by kind, in the order of their files.

    A correction is `moved` if it is about the same words in another passage, unless that passage was moved itself.
    """
    old, new = (
        {
            (row.kind, row.slug): row
            for statement in (_statements, _sources)
            for row in statement.fetch_all(session, revision_id=id_)
        }
        for id_ in (before, after)
    )
    new_ids = {pair.before.passage_id: pair.after.passage_id for pair in passages if pair.before and pair.after}
    for kind in KINDS:
        keys = [key for key in dict.fromkeys((*new, *old)) if key[0] == kind]
        possible = {key for key in keys if key in old and key in new and old[key].changed_in != new[key].changed_in}
        resources = [
            statements_with_ids(session, URLs(), kind, [rows[key].id for key in possible]) if possible else {}
            for rows in (old, new)
        ]
        for key in keys:
            first, second = old.get(key), new.get(key)
            if not first or not second:
                yield one_sided(kind, first, second)
            elif key in possible and (
                change := _statement_change(resources[0][first.id], resources[1][second.id], new_ids)
            ):
                yield Difference(kind, change, first.id, second.id)


def _statement_change(before: PublicModel, after: PublicModel, new_ids: Mapping[str, str]) -> ChangeType | None:
    if before.model_dump(exclude=_NOT_CONTENT) != after.model_dump(exclude=_NOT_CONTENT):
        return "changed"
    if not (isinstance(before, Correction) and isinstance(after, Correction)):
        return None
    return "moved" if [new_ids.get(passage, passage) for passage in _places(before)] != _places(after) else None


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
