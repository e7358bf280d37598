"""The texts by which a section, a correction or a fact is found."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.store.engines import CompiledSelect, id_list
from app.store.tables import Passage, Section, Statement, StatementSection


class Document(NamedTuple):
    """The texts of a section or a statement: its title, its other names, and its passages.

    `label` is the title for display. Of a correction it is the quote, and of an article it does not say `Article`.
    `concerns` is the number of sections that a statement concerns.
    """

    id: int
    revision_id: int
    kind: str
    slug: str
    label: str
    concerns: int
    title: str
    names: Sequence[str]
    passages: Sequence[str]

    @property
    def all_passages(self) -> list[str]:
        """Return what an excerpt may show: the passages, then the other names."""
        return [*self.passages, *self.names]


_instrument = aliased(Statement)
_passages = CompiledSelect(
    select(col(Passage.section_id), func.coalesce(col(Passage.corrected), col(Passage.original)).label("text"))
    .where(col(Passage.section_id).in_(id_list("ids")))
    .order_by(col(Passage.section_id), col(Passage.n))
)
_sections = CompiledSelect(
    select(col(Section.id), col(Section.revision_id), col(Section.slug), col(Section.title))
    .where(col(Section.id).in_(id_list("ids")))
    .order_by(col(Section.position))
)
_statements = CompiledSelect(
    select(
        col(Statement.id),
        col(Statement.revision_id),
        col(Statement.kind),
        col(Statement.slug),
        col(Statement.label),
        col(Statement.data),
        col(_instrument.label).label("instrument"),
        col(_instrument.data).label("instrument_data"),
        select(func.count())
        .select_from(StatementSection)
        .where(col(StatementSection.statement_id) == col(Statement.id))
        .scalar_subquery()
        .label("concerns"),
    )
    .outerjoin(_instrument, col(_instrument.id) == col(Statement.instrument_id))
    .where(col(Statement.id).in_(id_list("ids")))
    .order_by(col(Statement.id))
)


def section_documents(session: Session, ids: Sequence[int]) -> Iterator[Document]:
    """Yield the documents of sections, in the corrected edition."""
    passages: defaultdict[int, list[str]] = defaultdict(list)
    for section_id, text in _passages.fetch_all(session, ids=list(ids)):
        passages[section_id].append(text)
    for id_, revision_id, slug, title in _sections.fetch_all(session, ids=list(ids)):
        yield Document(id_, revision_id, "section", slug, title, 0, title, [], passages[id_])


def statement_documents(session: Session, ids: Sequence[int]) -> Iterator[Document]:
    """Yield the documents of corrections and facts."""
    for row in _statements.fetch_all(session, ids=list(ids)):
        title, names, passages = _TEXTS[row.kind](row)
        texts = title, _present(names), _present(passages)
        yield Document(row.id, row.revision_id, row.kind, row.slug, row.label, row.concerns, *texts)


Texts = tuple[str, Sequence[str | None], Sequence[str | None]]  # title, names and passages


def _correction(row: Any) -> Texts:
    # The quote is not the title: the section that has these words is the better result.
    return "", (), (row.data.get("explanation"), row.data.get("replacement"), row.label)


def _instrument_texts(row: Any) -> Texts:
    data = row.data
    members = [member.get(field) for member in data.get("members", ()) for field in ("event", "date_signed", "date")]
    names = (*_titles(data), *data.get("identifiers", ()), data.get("date_signed"), data.get("date_in_force"))
    return row.label, names, (data.get("description"), data.get("legal_note"), *members)


def _article(row: Any) -> Texts:
    title = f"{row.instrument}, Article {row.data['number']}: {row.data['title']}"
    return title, (), (row.data.get("summary"), row.data.get("note"), *_titles(row.instrument_data))


def _event(row: Any) -> Texts:
    return row.label, (row.data.get("date"),), ()


def _term(row: Any) -> Texts:
    data = row.data
    return row.label, (data.get("abbreviation"), data.get("ja"), data.get("romaji")), (data.get("definition"),)


def _titles(instrument: Mapping[str, Any]) -> Sequence[str | None]:
    return [instrument.get(name) for name in ("official_title", "title_ja", "popular_name_ja")]


def _present(texts: Sequence[str | None]) -> list[str]:
    return [text for text in texts if text]


_TEXTS: Mapping[str, Callable[[Any], Texts]] = {
    "correction": _correction,
    "instrument": _instrument_texts,
    "article": _article,
    "event": _event,
    "term": _term,
}
