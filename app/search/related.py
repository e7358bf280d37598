"""Find the sections of a revision that are most similar in content.

A section is a vector of its words, each weighted by (1 + ln tf) · ln(N / df); similarity is the cosine of two vectors.
After Manning, Raghavan and Schütze, Introduction to Information Retrieval, 6.2 to 6.4, with the champion lists of 7.1.3
(https://nlp.stanford.edu/IR-book/), which save minutes on a large guide.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest

from sqlmodel import Session

from app.search.documents import Document
from app.search.vocabulary import documents_of
from app.store.rows import insert_rows
from app.store.search_tables import Related
from app.text.analyser import analyse

MAX_RELATED = 5  # sections
MAX_WORDS = 30  # of a section, by weight, in its vector
MAX_CHAMPIONS = 20  # sections compared for each word, by weight
MIN_WORD_LENGTH = 3  # letters; shorter words are ignored

Vector = Mapping[str, float]


def write_related(session: Session, revision_id: int) -> None:
    """Write the most similar sections of each section of a revision, if any."""
    ids, counts = [], []
    for document in documents_of(session, revision_id):
        ids.append(document.id)
        counts.append(_count_terms(document))
    insert_rows(
        session,
        Related,
        (
            {"section_id": ids[section], "position": position, "other_id": ids[other], "score": round(cosine, 6)}
            for section, nearest in enumerate(_nearest(_to_vectors(counts)))
            for position, (cosine, other) in enumerate(nearest)
        ),
    )


def _count_terms(document: Document) -> Counter[str]:
    """Count the terms of a section, without those of short words."""
    tokens = (token for text in (document.title, *document.passages) for token in analyse(text).tokens)
    return Counter(token.term for token in tokens if len(token.word) >= MIN_WORD_LENGTH)


def _to_vectors(counts: Sequence[Counter[str]]) -> list[Vector]:
    """Return a vector per section: of unit length, then cut to words that other sections share."""
    sections_with = Counter(word for counted in counts for word in counted)
    rarity = {word: math.log(len(counts) / number) for word, number in sections_with.items()}
    vectors: list[Vector] = []
    for counted in counts:
        weights = {word: (1 + math.log(count)) * rarity[word] for word, count in counted.items()}
        length = math.hypot(*weights.values()) or 1.0
        shared = ((weight, word) for word, weight in weights.items() if sections_with[word] > 1 and weight)
        vectors.append({word: weight / length for weight, word in nlargest(MAX_WORDS, shared)})
    return vectors


def _nearest(vectors: Sequence[Vector]) -> Iterator[list[tuple[float, int]]]:
    """Yield for each vector the (cosine, number) of the most similar others, most similar first."""
    postings: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for word, weight in vector.items():
            postings[word].append((weight, number))
    champions = {word: nlargest(MAX_CHAMPIONS, sections) for word, sections in postings.items()}
    for number, vector in enumerate(vectors):
        cosines: dict[int, float] = {}
        for word, weight in vector.items():
            for other_weight, other in champions[word]:
                cosines[other] = cosines.get(other, 0.0) + weight * other_weight
        cosines.pop(number, None)
        nearest = sorted(cosines.items(), key=lambda item: (-item[1], item[0]))
        yield [(cosine, other) for other, cosine in nearest[:MAX_RELATED]]
