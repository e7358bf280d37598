"""Compare two revisions of a guide.

Resources with the same `changed_in` are equal, so only the others are compared.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from typing import Any

from sqlalchemy import BindParameter, bindparam, case, select
from sqlmodel import Session, col

from app.queries.compared_statements import Difference, compare_statements, one_sided
from app.queries.renames import Renames
from app.store.engines import CompiledSelect, id_list
from app.store.tables import Passage, Revision, Section, SectionTopic, SeeAlso, Topic
from app.text.passage_pairs import Pair, pair_passages
from app.text.passage_pairs import Passage as PassageText

BATCH_SECTIONS = 500  # whose passages one statement reads

Rows = Mapping[str, Any]  # by the slug that the section has in the later revision


_of_revision: BindParameter[int] = bindparam("revision_id")
_guide = CompiledSelect(
    select(col(Revision.title), col(Revision.summary), col(Revision.language), col(Revision.licence)).where(
        col(Revision.id) == _of_revision
    )
)
_sections = CompiledSelect(
    select(
        col(Section.slug),
        col(Section.id),
        col(Section.changed_in),
        col(Section.position),
        col(Section.parent),
        col(Section.title),
        col(Section.title_supplied),
    )
    .where(col(Section.revision_id) == _of_revision)
    .order_by(col(Section.position))
)
_ids = id_list("ids")
_topics = CompiledSelect(
    select(col(SectionTopic.section_id), col(Topic.slug))
    .join(Topic, col(Topic.id) == col(SectionTopic.topic_id))
    .where(col(SectionTopic.section_id).in_(_ids))
    .order_by(col(SectionTopic.position))
)
_see_also = CompiledSelect(
    select(col(SeeAlso.section_id), col(SeeAlso.title), col(SeeAlso.guide))
    .where(col(SeeAlso.section_id).in_(_ids))
    .order_by(col(SeeAlso.position))
)
_passages = CompiledSelect(
    select(
        col(Passage.id),
        col(Section.slug).label("section"),
        col(Passage.n),
        col(Passage.kind),
        case((col(Passage.corrected).is_(None), col(Passage.original)), else_=col(Passage.corrected)).label("text"),
    )
    .join(Section, col(Section.id) == col(Passage.section_id))
    .where(col(Passage.section_id).in_(_ids))
    .order_by(col(Section.position), col(Passage.n))
)


def compare_revisions(session: Session, before: int | None, after: int) -> list[Difference]:
    """Return what differs between two revisions of a guide, given by the ids of their rows.

    The guide itself comes first, then its sections and its passages in reading order, then corrections, facts and
    sources. Without a revision before, everything is added. Texts are those of the corrected edition.
    """
    if before == after:
        return []
    old, new = ({row.slug: row for row in _sections.fetch_all(session, revision_id=id_)} for id_ in (before, after))
    renames = Renames(session, before, after)
    names = renames.between("section", old, new)
    old = {names.get(slug, slug): row for slug, row in old.items()}
    passages = _different_passages(session, old, new, names)
    return [
        *_compare_guides(session, before, after),
        *_compare_sections(session, old, new),
        *map(_passage_difference, passages),
        *compare_statements(session, before, after, passages, renames, names),
    ]


def _compare_guides(session: Session, before: int | None, after: int) -> Iterator[Difference]:
    old, new = (_guide.fetch_all(session, revision_id=id_) for id_ in (before, after))
    if old != new:
        yield Difference("guide", "changed" if old else "added", before, after)


def _compare_sections(session: Session, old: Rows, new: Rows) -> Iterator[Difference]:
    """Yield sections: `changed` with another title, topic or cross-reference, `moved` if only place or slug differ."""
    shared = [slug for slug in new if slug in old]
    in_order = longest_increasing([old[slug].position for slug in shared])
    parents = [{row.position: slug for slug, row in rows.items()} for rows in (old, new)]
    possible = [slug for slug in shared if old[slug].changed_in != new[slug].changed_in]
    contents = [_contents_of_sections(session, [rows[slug] for slug in possible]) for rows in (old, new)]
    for slug in sorted(old.keys() | new.keys(), key=lambda slug: (new.get(slug, old.get(slug)).position, slug in new)):
        before, after = old.get(slug), new.get(slug)
        if not before or not after:
            yield one_sided("section", before, after)
        elif contents[0].get(before.id) != contents[1].get(after.id):
            yield Difference("section", "changed", before.id, after.id)
        elif (
            before.slug != after.slug
            or before.position not in in_order
            or parents[0].get(before.parent) != parents[1].get(after.parent)
        ):
            yield Difference("section", "moved", before.id, after.id)


def _contents_of_sections(session: Session, sections: Sequence[Any]) -> Mapping[int, Sequence[Any]]:
    contents: dict[int, list[Any]] = {row.id: [row.title, row.title_supplied] for row in sections}
    for statement in (_topics, _see_also):
        for section_id, *content in statement.fetch_all(session, ids=list(contents)):
            contents[section_id].append(content)
    return contents


def longest_increasing(numbers: Sequence[int]) -> Set[int]:
    """Return a longest subsequence of different numbers in ascending order."""
    ends: list[int] = []  # the smallest number that ends a subsequence of each length
    before: dict[int, int | None] = {}
    for number in numbers:
        length = bisect_left(ends, number)
        before[number] = ends[length - 1] if length else None
        ends[length : length + 1] = [number]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def _different_passages(session: Session, old: Rows, new: Rows, names: Mapping[str, str]) -> list[Pair]:
    """Return the passages that differ, in reading order, each with the same passage of the other revision."""
    versions = ((row.slug, row.changed_in) for row in new.values())
    unchanged = {slug for slug, revision in versions if slug in old and old[slug].changed_in == revision}
    before = {passage.id: passage for passage in _passages_of(session, old, unchanged)}
    # A passage of a renamed section belongs to one of that section.
    renamed = (passage._replace(section=names.get(passage.section, passage.section)) for passage in before.values())
    pairs = pair_passages(renamed, _passages_of(session, new, unchanged))

    def place(pair: Pair) -> tuple[int, int, bool]:
        passage = pair.after or pair.before
        assert passage  # noqa: S101 - a pair has at least one
        return (new if pair.after else old)[passage.section].position, passage.n, bool(pair.after)

    in_order = (Pair(first and before[first.id], second) for first, second in sorted(pairs, key=place))
    return [
        pair
        for pair in in_order
        if not (pair.before and pair.after) or pair.before._replace(id=pair.after.id) != pair.after
    ]


def _passages_of(session: Session, sections: Rows, without: Collection[str]) -> Iterator[PassageText]:
    ids = [row.id for slug, row in sections.items() if slug not in without]
    for start in range(0, len(ids), BATCH_SECTIONS):
        for row in _passages.fetch_all(session, ids=ids[start : start + BATCH_SECTIONS]):
            yield PassageText(*row)


def _passage_difference(pair: Pair) -> Difference:
    before, after = pair
    if not before or not after:
        return one_sided("passage", before, after)
    is_moved = before.text == after.text and before.passage_id != after.passage_id
    return Difference("passage", "moved" if is_moved else "changed", before.id, after.id)
