"""Compute folded passages, numbers of words, mentions, vocabulary, related sections and the search index.

A migration leaves them empty, because it must not import the code that computes them.
"""

from collections import defaultdict

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from app.publishing.mentions import write_mentions
from app.search.index import update_search_index
from app.search.related import write_related
from app.search.vocabulary import write_vocabulary
from app.store.engines import fetch_all
from app.store.search_tables import Word
from app.store.tables import Passage, Revision, Section
from app.text.quotations import normalize_typography
from app.text.words import count_words


def fill_derived(session: Session) -> None:
    """Compute the missing data of all revisions, and index the current ones."""
    unfolded = select(col(Passage.id), col(Passage.original)).where(col(Passage.original_folded) == "")
    for id_, original in fetch_all(session, unfolded):
        session.execute(
            update(Passage).where(col(Passage.id) == id_).values(original_folded=normalize_typography(original))
        )
    _count_words(session)
    without_mentions = select(col(Section.revision_id)).join(Passage).where(col(Passage.mentions).is_(None)).distinct()
    for revision_id in session.scalars(without_mentions).all():
        write_mentions(session, revision_id)
    without_words = select(col(Revision.id)).where(col(Revision.id).not_in(select(col(Word.revision_id))))
    for revision_id in session.scalars(without_words).all():
        write_vocabulary(session, revision_id)
        write_related(session, revision_id)
    update_search_index(session)


def _count_words(session: Session) -> None:
    uncounted = (
        select(col(Section.id), col(Passage.original), col(Passage.corrected))
        .outerjoin(Passage, col(Passage.section_id) == col(Section.id))
        .where(col(Section.original_words).is_(None))
    )
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for id_, original, corrected in fetch_all(session, uncounted):
        words = count_words(original or "")
        counts[id_][0] += words
        counts[id_][1] += words if corrected is None else count_words(corrected)
    rows = [{"section_id": id_, "original": words[0], "corrected": words[1]} for id_, words in counts.items()]
    if rows:
        counted = update(Section).where(col(Section.id) == bindparam("section_id"))
        counted = counted.values(original_words=bindparam("original"), corrected_words=bindparam("corrected"))
        session.connection().execute(counted, rows)
