"""The tables. A revision and all that belongs to it is written once and never changed."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

# Alembic can change a constraint in SQLite only by its name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Timestamp(TypeDecorator[datetime]):
    """A moment in UTC, kept as RFC 3339 text, so that every database gives back the same characters."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> str | None:
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z") if value else None

    def process_result_value(self, value: str | None, dialect: object) -> datetime | None:
        return datetime.fromisoformat(value) if value else None


class Revision(SQLModel, table=True):
    """One published state of a guide; `name` is the first 12 hex digits of its content's digest."""

    __table_args__ = (
        UniqueConstraint("guide", "name"),
        # A guide has one current revision.
        Index("ix_revision_current", "guide", unique=True, sqlite_where=text("is_current")),
    )

    id: int = Field(default=None, primary_key=True)
    guide: str
    name: str
    digest: str
    is_current: bool
    published_at: datetime = Field(sa_type=Timestamp)
    title: str
    language: str
    summary: str
    licence: str | None
    source: str | None


def _revision_id(*, primary_key: bool = False) -> Column[int]:
    return Column(Integer, ForeignKey("revision.id", ondelete="CASCADE"), nullable=False, primary_key=primary_key)


class Section(SQLModel, table=True):
    """A section; `position` is its place in reading order, from 0, and `parent` the position of the enclosing one."""

    __table_args__ = (UniqueConstraint("revision_id", "position"), UniqueConstraint("revision_id", "slug"))

    id: int = Field(default=None, primary_key=True)
    revision_id: int = Field(sa_column=_revision_id())
    position: int
    parent: int | None
    slug: str
    number: str | None
    level: int
    title: str
    title_supplied: bool


def _section_id(*, primary_key: bool = False) -> Column[int]:
    return Column(Integer, ForeignKey("section.id", ondelete="CASCADE"), nullable=False, primary_key=primary_key)


class Passage(SQLModel, table=True):
    """A passage; `n` is its number within the section, from 1, and `original` the author's words.

    `corrected` is null where the corrected edition has the same words. What is `folded` is the text as quotations are
    compared with it.
    """

    __table_args__ = (
        UniqueConstraint("section_id", "n"),
        CheckConstraint("kind IN ('paragraph', 'list_item')", name="kind"),
    )

    id: int = Field(default=None, primary_key=True)
    section_id: int = Field(sa_column=_section_id())
    n: int
    kind: str
    original: str
    corrected: str | None
    original_folded: str
    corrected_folded: str | None


class SeeAlso(SQLModel, table=True):
    """A cross-reference of a section to a guide, held here (`guide`) or not; it stands after the passage `after`."""

    __tablename__ = "see_also"
    __table_args__ = (UniqueConstraint("section_id", "position"),)

    id: int = Field(default=None, primary_key=True)
    section_id: int = Field(sa_column=_section_id())
    position: int
    after: int
    title: str
    guide: str | None


class Topic(SQLModel, table=True):
    """A topic as one revision knows it; `position` is its place in the shared order."""

    __table_args__ = (UniqueConstraint("revision_id", "slug"),)

    id: int = Field(default=None, primary_key=True)
    revision_id: int = Field(sa_column=_revision_id())
    position: int
    slug: str
    label: str
    description: str


class SectionTopic(SQLModel, table=True):
    """That a section belongs to a topic; `position` is the topic's place in the section's own list."""

    __tablename__ = "section_topic"

    section_id: int = Field(sa_column=_section_id(primary_key=True))
    topic_id: int = Field(
        sa_column=Column(
            Integer, ForeignKey("topic.id", ondelete="CASCADE"), nullable=False, primary_key=True, index=True
        )
    )
    position: int


class Source(SQLModel, table=True):
    """A work that statements rest on; `position` is its place in the seed file."""

    __table_args__ = (UniqueConstraint("revision_id", "slug"),)

    id: int = Field(default=None, primary_key=True)
    revision_id: int = Field(sa_column=_revision_id())
    position: int
    slug: str
    title: str
    publisher: str | None
    date: str | None
    identifiers: list[str] = Field(sa_type=JSON)
    link: str | None
    checked: bool


class Statement(SQLModel, table=True):
    """What corrections, instruments, articles, events and terms share; each has a row of its kind's table beside it.

    `slug` is the address below that of its kind, which is `treaty/5` for an article, and `label` names it in links.
    """

    __table_args__ = (
        UniqueConstraint("revision_id", "kind", "slug"),
        CheckConstraint("kind IN ('correction', 'instrument', 'article', 'event', 'term')", name="kind"),
    )

    id: int = Field(default=None, primary_key=True)
    revision_id: int = Field(sa_column=_revision_id())
    kind: str
    position: int
    slug: str
    label: str
    confidence: str | None


def _statement_id(*, primary_key: bool = True, index: bool = False) -> Column[int]:
    reference = ForeignKey("statement.id", ondelete="CASCADE")
    return Column(Integer, reference, nullable=False, primary_key=primary_key, index=index)


class StatementSection(SQLModel, table=True):
    """That a statement concerns a section; `position` is the section's place in the statement's own list."""

    __tablename__ = "statement_section"

    statement_id: int = Field(sa_column=_statement_id())
    section_id: int = Field(
        sa_column=Column(
            Integer, ForeignKey("section.id", ondelete="CASCADE"), nullable=False, primary_key=True, index=True
        )
    )
    position: int


class Citation(SQLModel, table=True):
    """That a statement rests on a source, and on which place in it."""

    statement_id: int = Field(sa_column=_statement_id())
    source_id: int = Field(
        sa_column=Column(
            Integer, ForeignKey("source.id", ondelete="CASCADE"), nullable=False, primary_key=True, index=True
        )
    )
    position: int
    pinpoint: str | None


class Correction(SQLModel, table=True):
    """An editorial note on the text."""

    statement_id: int = Field(sa_column=_statement_id())
    kind: str
    severity: str
    status: str
    replacement: str | None
    explanation: str


class Place(SQLModel, table=True):
    """Where a correction's quote stands: first its own, at position 0, then the further ones.

    Offsets count Unicode code points of the passage in either edition, end exclusive.
    """

    __table_args__ = (UniqueConstraint("statement_id", "position"),)

    id: int = Field(default=None, primary_key=True)
    statement_id: int = Field(sa_column=_statement_id(primary_key=False))
    position: int
    passage_id: int = Field(
        sa_column=Column(Integer, ForeignKey("passage.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    original_start: int
    original_end: int
    corrected_start: int
    corrected_end: int
    prefix: str
    suffix: str


class Instrument(SQLModel, table=True):
    """A treaty, agreement, exchange of notes or statement; dates are RFC 3339, or as precise as they are known."""

    statement_id: int = Field(sa_column=_statement_id())
    short_name: str
    official_title: str
    title_ja: str | None
    legal_character: str
    legal_note: str | None
    parties: list[str] = Field(sa_type=JSON)
    date_signed: str | None
    place_signed: str | None
    date_in_force: str | None
    date_ended: str | None
    status: str
    identifiers: list[str] = Field(sa_type=JSON)
    description: str
    link: str | None
    members: list[dict[str, Any]] = Field(sa_type=JSON)


class Article(SQLModel, table=True):
    """A numbered part of an instrument, summarised."""

    statement_id: int = Field(sa_column=_statement_id())
    instrument_id: int = Field(
        sa_column=Column(Integer, ForeignKey("instrument.statement_id", ondelete="CASCADE"), nullable=False, index=True)
    )
    number: str
    title: str
    summary: str
    note: str | None


class Event(SQLModel, table=True):
    """An entry of the timeline; `earliest` and `latest` are the first and last day that its date may mean."""

    statement_id: int = Field(sa_column=_statement_id())
    date: str
    earliest: str
    latest: str
    event: str
    category: str


class Term(SQLModel, table=True):
    """An entry of the glossary."""

    statement_id: int = Field(sa_column=_statement_id())
    term: str
    abbreviation: str | None
    ja: str | None
    romaji: str | None
    definition: str


class Word(SQLModel, table=True):
    """A word of a revision, without case and accents, and how many of its sections and of its facts have it.

    `form` is the way it is most often written.
    """

    revision_id: int = Field(sa_column=_revision_id(primary_key=True))
    word: str = Field(primary_key=True)
    form: str
    sections: int
    facts: int


class Related(SQLModel, table=True):
    """That `other_id` is among the sections nearest to a section in content; `position` counts from the nearest, 0.

    `score` is the cosine of the two sections' weighted words, from 0 to 1.
    """

    section_id: int = Field(sa_column=_section_id(primary_key=True))
    position: int = Field(primary_key=True)
    other_id: int = Field(
        sa_column=Column(Integer, ForeignKey("section.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    score: float
