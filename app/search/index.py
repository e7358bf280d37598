"""Write the full-text index of the current revisions, and the vocabulary of each revision.

The index is two FTS5 tables, created by migration 0003 because SQLAlchemy's models cannot describe them:
`section_index` for sections, `fact_index` for instruments with their articles, events and terms. Their rowids are the
ids of the section and of the statement. A release that indexes differently needs a migration that empties them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import func, select, text
from sqlmodel import Session, col

from app.search.indexed_text import index_text
from app.store.engines import fetch_all
from app.store.rows import insert_rows
from app.store.tables import Passage, Section, Statement, Word
from app.text.words import normalize_word, split_words

BATCH_ROWS = 500

_CURRENT_SECTIONS = (
    "SELECT section.id FROM section JOIN revision ON revision.id = section.revision_id WHERE revision.is_current"
)
_CURRENT_FACTS = (
    "SELECT statement.id FROM statement JOIN revision ON revision.id = statement.revision_id"
    " WHERE revision.is_current AND statement.kind IN ('instrument', 'event', 'term')"
)

# By kind, the fields with other names of a fact and the field with its text; the label is its title.
_INDEXED: dict[str, tuple[Sequence[str], str | None]] = {
    "instrument": (("official_title", "title_ja"), "description"),
    "event": (("date",), None),
    "term": (("abbreviation", "ja", "romaji"), "definition"),
}


class Entry(NamedTuple):
    """A row of the index: a section or a fact."""

    id: int
    title: str
    names: str
    text: str


def update_search_index(session: Session) -> None:
    """Update the index to contain exactly the current revisions of all guides."""
    _update(session, "section_index", _CURRENT_SECTIONS, _sections)
    _update(session, "fact_index", _CURRENT_FACTS, _facts)


def _update(
    session: Session, table: str, current: str, entries: Callable[[Session, list[int]], Iterator[Entry]]
) -> None:
    # These statements consist of the constants above, without user input.
    session.execute(text(f"DELETE FROM {table} WHERE rowid NOT IN ({current})"))  # noqa: S608
    missing = session.scalars(text(f"{current} EXCEPT SELECT rowid FROM {table}")).all()  # noqa: S608
    insert = text(f"INSERT INTO {table} (rowid, title, names, text) VALUES (:id, :title, :names, :text)")  # noqa: S608
    for batch in _batches(missing):
        session.execute(insert, [entry._asdict() for entry in entries(session, batch)])


def section_entries(session: Session, revision_id: int) -> Iterator[Entry]:
    """Yield the sections of a revision in reading order, in the corrected edition."""
    ids = select(col(Section.id)).where(col(Section.revision_id) == revision_id).order_by(col(Section.position))
    for batch in _batches(session.scalars(ids).all()):
        yield from _sections(session, batch)


def write_vocabulary(session: Session, revision_id: int) -> None:
    """Write the words of a revision's sections and facts."""
    facts = session.scalars(select(col(Statement.id)).where(col(Statement.revision_id) == revision_id)).all()
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    in_sections = _count_words(section_entries(session, revision_id), forms)
    in_facts = _count_words(_facts(session, facts), forms)
    insert_rows(
        session,
        Word,
        (
            {
                "revision_id": revision_id,
                "word": word,
                "form": written.most_common(1)[0][0],
                "sections": in_sections[word],
                "facts": in_facts[word],
            }
            for word, written in sorted(forms.items())
        ),
    )


def _count_words(entries: Iterable[Entry], forms: defaultdict[str, Counter[str]]) -> Counter[str]:
    """Return the number of entries that contain each word, and count its spellings in `forms`."""
    entries_with: Counter[str] = Counter()
    for _, *texts in entries:
        written = Counter(word for each in texts for word in split_words(each))
        words = {form: normalize_word(form) for form in written}
        for form, count in written.items():
            forms[words[form]][form] += count
        entries_with.update(set(words.values()))
    return entries_with


def _batches(ids: Sequence[int]) -> Iterator[list[int]]:
    waiting = iter(ids)
    while batch := list(islice(waiting, BATCH_ROWS)):
        yield batch


def _sections(session: Session, ids: Sequence[int]) -> Iterator[Entry]:
    """Yield sections in the corrected edition."""
    passages: defaultdict[int, list[str]] = defaultdict(list)
    for section_id, passage in fetch_all(
        session,
        select(col(Passage.section_id), func.coalesce(col(Passage.corrected), col(Passage.original)))
        .where(col(Passage.section_id).in_(ids))
        .order_by(col(Passage.section_id), col(Passage.n)),
    ):
        passages[section_id].append(passage)
    for id_, title in fetch_all(
        session,
        select(col(Section.id), col(Section.title)).where(col(Section.id).in_(ids)).order_by(col(Section.position)),
    ):
        yield Entry(id_, index_text([title]), "", index_text(passages[id_]))


def _facts(session: Session, ids: Sequence[int]) -> Iterator[Entry]:
    """Yield instruments, events and terms; the articles of an instrument belong to its text."""
    articles: defaultdict[int, list[str]] = defaultdict(list)
    of_instruments = select(col(Statement.instrument_id), col(Statement.data)).where(
        col(Statement.instrument_id).in_(ids)
    )
    for instrument_id, data in fetch_all(session, of_instruments.order_by(col(Statement.id))):
        articles[instrument_id].append("{number}: {title}. {summary}".format_map(data))
    facts = select(col(Statement.id), col(Statement.kind), col(Statement.label), col(Statement.data))
    of_kinds = facts.where(col(Statement.id).in_(ids), col(Statement.kind).in_(_INDEXED))
    for id_, kind, label, data in fetch_all(session, of_kinds.order_by(col(Statement.id))):
        names, text_field = _INDEXED[kind]
        other_names = " · ".join(filter(None, map(data.get, names)))
        passages = [data[text_field] if text_field else "", *articles[id_]]
        yield Entry(id_, index_text([label]), index_text([other_names]), index_text(passages))
