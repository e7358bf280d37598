"""What search reads: the full-text index of the current revisions, and the vocabulary of each.

The index is two FTS5 tables, which SQLAlchemy's models cannot describe and migration 0003 makes: `section_index` for
sections, `fact_index` for instruments with their articles, events and terms. Their rowids are those of the section and
of the statement. A release that indexes differently brings a migration that empties them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Select, func, literal, select, text
from sqlmodel import Session, col

from app.search.indexed_text import index_text
from app.store.engines import fetch_all
from app.store.rows import insert_rows
from app.store.tables import Article, Event, Instrument, Passage, Section, Statement, Term, Word
from app.text.words import normalize_word, split_words

ROWS_AT_A_TIME = 500

_CURRENT_SECTIONS = (
    "SELECT section.id FROM section JOIN revision ON revision.id = section.revision_id WHERE revision.is_current"
)
_CURRENT_FACTS = (
    "SELECT statement.id FROM statement JOIN revision ON revision.id = statement.revision_id"
    " WHERE revision.is_current AND statement.kind IN ('instrument', 'event', 'term')"
)


class Entry(NamedTuple):
    """A row of the index: a section or a fact."""

    id: int
    title: str
    names: str
    text: str


def update_search_index(session: Session) -> None:
    """Have the index hold the current revisions of all guides, all of each and nothing else."""
    _update(session, "section_index", _CURRENT_SECTIONS, _sections)
    _update(session, "fact_index", _CURRENT_FACTS, _facts)


def _update(
    session: Session, table: str, current: str, entries: Callable[[Session, list[int]], Iterator[Entry]]
) -> None:
    # These statements are made of the constants above and of nothing that anybody typed.
    session.execute(text(f"DELETE FROM {table} WHERE rowid NOT IN ({current})"))  # noqa: S608
    missing = session.scalars(text(f"{current} EXCEPT SELECT rowid FROM {table}")).all()  # noqa: S608
    insert = text(f"INSERT INTO {table} (rowid, title, names, text) VALUES (:id, :title, :names, :text)")  # noqa: S608
    for batch in _batches(missing):
        session.execute(insert, [entry._asdict() for entry in entries(session, batch)])


def section_entries(session: Session, revision_id: int) -> Iterator[Entry]:
    """The sections of a revision in reading order, in their corrected edition."""
    ids = select(col(Section.id)).where(col(Section.revision_id) == revision_id).order_by(col(Section.position))
    for batch in _batches(session.scalars(ids).all()):
        yield from _sections(session, batch)


def write_vocabulary(session: Session, revision_id: int) -> None:
    """Write the words of a revision's sections and facts."""
    facts = session.scalars(select(col(Statement.id)).where(col(Statement.revision_id) == revision_id)).all()
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    in_sections = _counted(section_entries(session, revision_id), forms)
    in_facts = _counted(_facts(session, facts), forms)
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


def _counted(entries: Iterable[Entry], forms: defaultdict[str, Counter[str]]) -> Counter[str]:
    """How many entries have each word; how often it is written in which form goes into `forms`."""
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
    while batch := list(islice(waiting, ROWS_AT_A_TIME)):
        yield batch


def _sections(session: Session, ids: Sequence[int]) -> Iterator[Entry]:
    """Sections in their corrected edition."""
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
    """Instruments, events and terms; what the articles of an instrument say belongs to its text."""
    articles: defaultdict[int, list[str]] = defaultdict(list)
    for instrument_id, number, title, summary in fetch_all(
        session,
        select(col(Article.instrument_id), col(Article.number), col(Article.title), col(Article.summary))
        .where(col(Article.instrument_id).in_(ids))
        .order_by(col(Article.statement_id)),
    ):
        articles[instrument_id].append(f"{number}: {title}. {summary}")
    described: list[Select[*tuple[Any, ...]]] = [
        select(
            col(Instrument.statement_id),
            col(Instrument.short_name),
            col(Instrument.description),
            col(Instrument.official_title),
            col(Instrument.title_ja),
        ),
        select(col(Event.statement_id), col(Event.event), literal(""), col(Event.date)),
        select(
            col(Term.statement_id),
            col(Term.term),
            col(Term.definition),
            col(Term.abbreviation),
            col(Term.ja),
            col(Term.romaji),
        ),
    ]
    for statement in described:
        id_column = statement.selected_columns[0]
        for id_, title, description, *names in fetch_all(session, statement.where(id_column.in_(ids))):
            other_names = " · ".join(filter(None, names))
            passages = [description, *articles[id_]]
            yield Entry(id_, index_text([title]), index_text([other_names]), index_text(passages))
