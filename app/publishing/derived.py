"""Compute folded passages, mentions, vocabulary, related sections and the search index.

A migration leaves them empty, because it must not import the code that computes them.
"""

from sqlalchemy import select, update
from sqlmodel import Session, col

from app.publishing.mentions import write_mentions
from app.search.index import update_search_index
from app.search.related import write_related
from app.search.vocabulary import write_vocabulary
from app.store.engines import fetch_all
from app.store.search_tables import Word
from app.store.tables import Passage, Revision, Section
from app.text.quotations import normalize_typography


def fill_derived(session: Session) -> None:
    """Compute the missing data of all revisions, and index the current ones."""
    unfolded = select(col(Passage.id), col(Passage.original)).where(col(Passage.original_folded) == "")
    for id_, original in fetch_all(session, unfolded):
        session.execute(
            update(Passage).where(col(Passage.id) == id_).values(original_folded=normalize_typography(original))
        )
    without_mentions = select(col(Section.revision_id)).join(Passage).where(col(Passage.mentions).is_(None)).distinct()
    for revision_id in session.scalars(without_mentions).all():
        write_mentions(session, revision_id)
    without_words = select(col(Revision.id)).where(col(Revision.id).not_in(select(col(Word.revision_id))))
    for revision_id in session.scalars(without_words).all():
        write_vocabulary(session, revision_id)
        write_related(session, revision_id)
    update_search_index(session)
