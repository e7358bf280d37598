"""Which sections of a revision are nearest to each other in content.

A section is a vector of its words, each weighing (1 + ln tf) · ln(N / df), and the nearest have the smallest angle.
After Manning, Raghavan and Schütze, Introduction to Information Retrieval, 6.2 to 6.4, with the champion lists of 7.1.3
(https://nlp.stanford.edu/IR-book/), without which a large guide takes minutes.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest

from sqlmodel import Session

from app.search.index import section_entries
from app.store.rows import insert_rows
from app.store.tables import Related
from app.text.languages.english import spellings
from app.text.words import normalize_word, split_words

MOST_RELATED = 5
TELLING_WORDS = 30  # of a section, by weight, that it is compared by
CHAMPIONS = 20  # sections, by weight, that a word leads to
LEAST_LETTERS = 3  # of a word that counts

Vector = Mapping[str, float]


def write_related(session: Session, revision_id: int) -> None:
    """Write the nearest sections of each section of a revision, none where it shares no telling word with another."""
    ids, counts = [], []
    for id_, *texts in section_entries(session, revision_id):
        ids.append(id_)
        counts.append(_counted(texts))
    insert_rows(
        session,
        Related,
        (
            {"section_id": ids[section], "position": position, "other_id": ids[other], "score": round(cosine, 6)}
            for section, nearest in enumerate(_nearest(_weighted(counts)))
            for position, (cosine, other) in enumerate(nearest)
        ),
    )


def _counted(texts: Sequence[str]) -> Counter[str]:
    """How often each word is there, in any of its spellings."""
    counts: Counter[str] = Counter()
    for form, count in Counter(word for text in texts for word in split_words(text)).items():
        if len(form) >= LEAST_LETTERS:
            counts[min(spellings(normalize_word(form)))] += count
    return counts


def _weighted(counts: Sequence[Counter[str]]) -> list[Vector]:
    """The words by which sections can be near each other, in vectors that were of unit length with all words."""
    sections_with = Counter(word for counted in counts for word in counted)
    rarity = {word: math.log(len(counts) / number) for word, number in sections_with.items()}
    vectors: list[Vector] = []
    for counted in counts:
        weights = {word: (1 + math.log(count)) * rarity[word] for word, count in counted.items()}
        length = math.hypot(*weights.values()) or 1.0
        shared = ((weight, word) for word, weight in weights.items() if sections_with[word] > 1 and weight)
        vectors.append({word: weight / length for weight, word in nlargest(TELLING_WORDS, shared)})
    return vectors


def _nearest(vectors: Sequence[Vector]) -> Iterator[list[tuple[float, int]]]:
    """For each vector the cosines and numbers of the nearest others, nearest first."""
    having: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for word, weight in vector.items():
            having[word].append((weight, number))
    champions = {word: nlargest(CHAMPIONS, sections) for word, sections in having.items()}
    for number, vector in enumerate(vectors):
        cosines: dict[int, float] = {}
        for word, weight in vector.items():
            for others_weight, other in champions[word]:
                cosines[other] = cosines.get(other, 0.0) + weight * others_weight
        cosines.pop(number, None)
        nearest = sorted(cosines.items(), key=lambda each: (-each[1], each[0]))
        yield [(cosine, other) for other, cosine in nearest[:MOST_RELATED]]
