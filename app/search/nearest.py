"""Find the passages most similar to a quotation that is absent."""

import json

from sqlalchemy import text
from sqlmodel import Session

from app.search.indexed_text import PASSAGE
from app.search.query import any_of
from app.text.analyser import analyse

MAX_TERMS = 6  # rarest terms of a quotation to search for
MAX_SECTIONS = 10  # to compare

_RAREST = text("""
    SELECT word FROM word JOIN revision ON revision.id = word.revision_id
    WHERE revision.is_current AND word IN (SELECT value FROM json_each(:words))
    AND (:guide IS NULL OR guide = :guide)
    GROUP BY word ORDER BY sum(sections + facts), length(word) DESC, word LIMIT :limit
""")
_NEAREST = text("""
    SELECT index_entry.section_id, search_index.text
    FROM search_index
    CROSS JOIN index_entry ON index_entry.id = search_index.rowid
    CROSS JOIN revision ON revision.id = index_entry.revision_id
    WHERE search_index MATCH :query AND index_entry.kind = 'section' AND (:guide IS NULL OR revision.guide = :guide)
    ORDER BY rank LIMIT :limit
""")
_PASSAGE_IDS = text("""
    SELECT section_id, n, id FROM passage WHERE section_id IN (SELECT value FROM json_each(:sections))
""")


def nearest_passages(session: Session, quotation: str, guide: str | None = None, limit: int = 20) -> list[int]:
    """Return the ids of passages with the rarest words of a quotation, most shared words first.

    They are in all guides, or in one.
    """
    terms = {token.word: token.term for token in analyse(quotation).tokens}
    parameters = {"words": json.dumps(sorted(terms)), "guide": guide, "limit": MAX_TERMS}
    rarest = {terms[word] for word in session.scalars(_RAREST, parameters)}
    if not rarest:
        return []
    parameters = {"query": f"text: ({any_of(sorted(rarest))})", "guide": guide, "limit": MAX_SECTIONS}
    rows = session.execute(_NEAREST, parameters).all()
    sections = json.dumps([section_id for section_id, _ in rows])
    ids = {(section_id, n): id_ for section_id, n, id_ in session.execute(_PASSAGE_IDS, {"sections": sections})}
    shared = [
        (len(found), ids[section_id, n])
        for section_id, passages in rows
        # A passage follows each of the signs, so the first is number 1.
        for n, passage in enumerate(passages.split(PASSAGE))
        if (found := rarest.intersection(passage.split()))
    ]
    # The sort is stable: among equals, the passage of the better section stays first.
    return [passage_id for _, passage_id in sorted(shared, key=lambda pair: -pair[0])][:limit]
