"""Full-text search over the current revisions of all guides."""

import json
import re
from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import Session

from app import search

RAREST_WORDS = 8  # of a quotation, that its nearest passages are looked for by
NEAREST_SECTIONS = 20

_OPEN, _CLOSE = "\x02", "\x03"
_MARKED = re.compile(f"{_OPEN}([^{_CLOSE}]*)")

# The statements are made once: SQLAlchemy takes longer to make one than SQLite to run it.
_rarest = text(
    "SELECT word FROM word JOIN revision ON revision.id = word.revision_id"
    " WHERE revision.is_current AND word IN (SELECT value FROM json_each(:words))"
    " GROUP BY word ORDER BY sum(places), length(word) DESC, word LIMIT :limit"
)
_marked = text(
    "SELECT section_index.rowid, highlight(section_index, 2, :open, :close) FROM section_index"
    " WHERE section_index MATCH :query ORDER BY rank LIMIT :limit"
).bindparams(open=_OPEN, close=_CLOSE)
_passage_ids = text(
    "SELECT section_id, n, id FROM passage WHERE section_id IN (SELECT value FROM json_each(:sections))"
)


def nearest_passages(session: Session, quotation: str, limit: int = 20) -> Sequence[int]:
    """The ids of the passages, in current revisions, that share the rarest words of a quotation, nearest first."""
    asked = sorted({search.without_accents(word) for word in search.words(quotation)})
    rarest = session.scalars(_rarest, {"words": json.dumps(asked), "limit": RAREST_WORDS}).all()
    if not rarest:
        return []
    found = session.execute(_marked, {"query": f"text: ({search.any_of(rarest)})", "limit": NEAREST_SECTIONS}).all()
    ids = {
        (section_id, n): passage_id
        for section_id, n, passage_id in session.execute(
            _passage_ids, {"sections": json.dumps([section_id for section_id, _ in found])}
        )
    }
    shared = [
        (len(set(_MARKED.findall(passage.lower()))), ids[section_id, n])
        for section_id, marked in found
        for n, passage in enumerate(search.shown(marked), start=1)
        if _OPEN in passage
    ]
    # The sort is stable: among equals, the passage of the better section stays first.
    return [passage_id for _, passage_id in sorted(shared, key=lambda each: -each[0])][:limit]
