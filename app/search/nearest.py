"""Find the passages most similar to a quotation that is absent."""

import json

from sqlalchemy import text
from sqlmodel import Session

from app.search.indexed_text import MARK_END, MARK_START, matched_words, split_passages
from app.search.query import match_any
from app.text.words import normalize_word, split_words

MAX_WORDS = 6  # rarest words of a quotation to search for
MAX_SECTIONS = 10  # to compare

_RAREST = text("""
    SELECT word FROM word JOIN revision ON revision.id = word.revision_id
    WHERE revision.is_current AND word IN (SELECT value FROM json_each(:words))
    AND (:guide IS NULL OR guide = :guide)
    GROUP BY word ORDER BY sum(sections + facts), length(word) DESC, word LIMIT :limit
""")
_NEAREST = text("""
    SELECT section_index.rowid, highlight(section_index, 2, :open, :close) FROM section_index
    WHERE section_index MATCH :query AND (:guide IS NULL OR section_index.rowid IN (
        SELECT section.id FROM section JOIN revision ON revision.id = section.revision_id WHERE guide = :guide
    ))
    ORDER BY rank LIMIT :limit
""").bindparams(open=MARK_START, close=MARK_END)
_PASSAGE_IDS = text("""
    SELECT section_id, n, id FROM passage WHERE section_id IN (SELECT value FROM json_each(:sections))
""")


def nearest_passages(session: Session, quotation: str, guide: str | None = None, limit: int = 20) -> list[int]:
    """Return the ids of passages with the rarest words of a quotation, most shared words first.

    They are in all guides, or in one.
    """
    words = sorted({normalize_word(word) for word in split_words(quotation)})
    rarest = session.scalars(_RAREST, {"words": json.dumps(words), "guide": guide, "limit": MAX_WORDS}).all()
    if not rarest:
        return []
    query = f"text: ({match_any(rarest)})"
    rows = session.execute(_NEAREST, {"query": query, "guide": guide, "limit": MAX_SECTIONS}).all()
    sections = json.dumps([section_id for section_id, _ in rows])
    ids = {(section_id, n): id_ for section_id, n, id_ in session.execute(_PASSAGE_IDS, {"sections": sections})}
    shared = [
        (len(matched_words(passage)), ids[section_id, n])
        for section_id, marked in rows
        for n, passage in enumerate(split_passages(marked), start=1)
        if MARK_START in passage
    ]
    # The sort is stable: among equals, the passage of the better section stays first.
    return [passage_id for _, passage_id in sorted(shared, key=lambda pair: -pair[0])][:limit]
