"""Find the passages of two versions of a text that belong together."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from rapidfuzz.distance import Indel

from app.text.differences import split_text

MIN_SIMILARITY = 0.5  # of the words of two versions of a passage, 0 to 1
MAX_COMPARISONS = 5_000  # of different texts; each takes about 10 microseconds


class Passage(NamedTuple):
    """A passage of one version, with the id of its row; `n` is its number in the section, from 1."""

    id: int
    section: str
    n: int
    kind: str
    text: str

    @property
    def passage_id(self) -> str:
        """Return the id that clients see."""
        return f"{self.section}.{self.n}"


class Pair(NamedTuple):
    """The same passage in both versions; None if a version does not have it."""

    before: Passage | None
    after: Passage | None


def pair_passages(before: Iterable[Passage], after: Iterable[Passage]) -> Iterator[Pair]:
    """Yield every passage of both versions once, with the same passage of the other version.

    A passage is the same if it has the same id and text; otherwise the same text, first in the same section; otherwise
    most of its words in the same section; otherwise the same id.
    """
    old, new = {passage.id: passage for passage in before}, {passage.id: passage for passage in after}
    steps: Sequence[Callable[[Collection[Passage], Collection[Passage]], Iterable[tuple[Passage, Passage]]]] = (
        partial(_with_equal, lambda passage: (passage.section, passage.n, passage.text)),
        partial(_with_equal, lambda passage: (passage.section, passage.text)),
        partial(_with_equal, lambda passage: passage.text),
        _with_similar_text,
        partial(_with_equal, lambda passage: (passage.section, passage.n)),
    )
    for find_pairs in steps:
        for first, second in list(find_pairs(old.values(), new.values())):
            del old[first.id], new[second.id]
            yield Pair(first, second)
    yield from (Pair(passage, None) for passage in old.values())
    yield from (Pair(None, passage) for passage in new.values())


def _with_equal(
    key: Callable[[Passage], Hashable], old: Collection[Passage], new: Collection[Passage]
) -> Iterator[tuple[Passage, Passage]]:
    """Yield pairs with the same key, in order."""
    by_key: dict[Hashable, list[Passage]] = defaultdict(list)
    for passage in reversed(list(old)):
        by_key[key(passage)].append(passage)
    for passage in new:
        if same := by_key.get(key(passage)):
            yield same.pop(), passage


def _with_similar_text(old: Collection[Passage], new: Collection[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """Yield pairs in the same section that have most of their words in common, the most similar first."""
    by_section: dict[str, list[tuple[Passage, Sequence[str]]]] = defaultdict(list)
    sections = {passage.section for passage in new}
    for passage in old:
        if passage.section in sections:
            by_section[passage.section].append((passage, _words(passage)))
    comparisons = 0
    similar = []
    for passage in new:
        others = by_section.get(passage.section, ())
        comparisons += len(others)
        if comparisons > MAX_COMPARISONS:
            break
        words = _words(passage) if others else ()
        for other, its_words in others:
            similarity = Indel.normalized_similarity(its_words, words, score_cutoff=MIN_SIMILARITY)
            if similarity:
                similar.append((similarity, other, passage))
    taken: set[int] = set()
    for _, other, passage in sorted(similar, key=lambda pair: -pair[0]):
        if not taken & {other.id, passage.id}:
            taken |= {other.id, passage.id}
            yield other, passage


def _words(passage: Passage) -> Sequence[str]:
    return [token for token in split_text(passage.text) if not token.isspace()]
