"""Queries for the changes between two revisions of a guide."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import Session

from app import schemas
from app.queries import guides
from app.queries.compared_statements import Difference, statements_with_ids
from app.queries.comparison import compare_revisions
from app.queries.passages import passages_with_ids
from app.queries.sections import sections_with_ids
from app.queries.selected_revisions import SelectedRevision
from app.text.differences import compare_words


def changes(
    session: Session, since: SelectedRevision | None, until: SelectedRevision, limit: int, offset: int
) -> tuple[list[schemas.Change], int]:
    """Return a page of what differs between two revisions of a guide, and the total number of differences.

    None stands for an empty guide.
    """
    found = compare_revisions(session, since.revision_id if since else None, until.revision_id)
    page = found[offset : offset + limit]
    before = _resources(session, since, ((each.kind, each.before) for each in page)) if since else {}
    after = _resources(session, until, ((each.kind, each.after) for each in page))
    return [
        _build_change(each, before.get((each.kind, each.before)), after.get((each.kind, each.after))) for each in page
    ], len(found)


def count_changes(session: Session, before: int | None, after: int) -> list[schemas.ChangeCount]:
    """Count what differs between two revisions, given by the ids of their rows, by kind."""
    counts: dict[Any, Counter[str]] = defaultdict(Counter)
    for difference in compare_revisions(session, before, after):
        counts[difference.kind][difference.change] += 1
    return [
        schemas.ChangeCount(kind=kind, **{change: count[change] for change in ("added", "removed", "changed", "moved")})
        for kind, count in counts.items()
    ]


def _resources(
    session: Session, selected: SelectedRevision, wanted: Iterable[tuple[str, int | None]]
) -> Mapping[tuple[str, int | None], Any]:
    """Return the resources of a revision by their kinds and the ids of their rows."""
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, id_ in wanted:
        if id_ is not None:
            ids[kind].append(id_)
    return {(kind, id_): found for kind in ids for id_, found in _load(session, selected, kind, ids[kind]).items()}


def _load(session: Session, selected: SelectedRevision, kind: str, ids: Sequence[int]) -> Mapping[int, Any]:
    match kind:
        case "guide":
            return {selected.revision_id: guides.guide(session, selected)}
        case "section":
            return sections_with_ids(session, selected.urls, selected.edition, ids)
        case "passage":
            return passages_with_ids(session, selected, ids)
    return statements_with_ids(session, selected.urls, kind, ids)


def _build_change(difference: Difference, before: Any, after: Any) -> schemas.Change:
    shown = after or before
    is_passage = difference.kind == "passage"
    return schemas.Change(
        kind=difference.kind,
        slug=None if is_passage else shown.slug,
        id=shown.id if is_passage else None,
        title=shown.id if is_passage else shown.title,
        change=difference.change,
        before=before,
        after=after,
        words=_words(before, after) if is_passage else None,
        url=shown.url,
    )


def _words(before: schemas.Passage | None, after: schemas.Passage | None) -> list[schemas.WordChange]:
    texts = (passage.text if passage else "" for passage in (before, after))
    return [schemas.WordChange(op=op, text=text) for op, text in compare_words(*texts)]
