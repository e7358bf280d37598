"""The tables of the read model, which is made from the ledger.

A revision and its rows are not changed after they are written, except for which one is current.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.ledger.tables import NAMING_CONVENTION, Timestamp

SQLModel.metadata.naming_convention = NAMING_CONVENTION


def reference(table: str, *, primary_key: bool = False, index: bool = False, nullable: bool = False) -> Column[int]:
    """Return a column for the id of a row; deleting that row deletes this one."""
    key = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(Integer, key, nullable=nullable, primary_key=primary_key, index=index)


def _changed_in() -> Any:
    return Field(sa_column_kwargs={"server_default": ""})


class Revision(SQLModel, table=True):
    """One published state of a guide; `name` is the start of the digest of its content.

    `sequence` is that of its first publication, which orders revisions. `previous` names the revision that was current
    before that, and `changes` counts what differs from it, by kind. All revisions of a withdrawn guide are withdrawn,
    and none of them is current. `formerly` are former slugs, separated by spaces, here and in `Section`.
    """

    __table_args__ = (
        UniqueConstraint("guide", "name"),
        # A guide has one current revision.
        Index("ix_revision_current", "guide", unique=True, sqlite_where=text("is_current")),
    )

    id: int = Field(default=None, primary_key=True)
    guide: str
    name: str
    digest: str
    sequence: int
    is_current: bool
    is_withdrawn: bool
    published_at: datetime = Field(sa_type=Timestamp)
    title: str
    language: str
    summary: str
    licence: str | None
    source: str | None
    formerly: str
    previous: str | None = None
    changes: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class Section(SQLModel, table=True):
    """A section; `position` counts from 0 in reading order, `parent` is another's position.

    The numbers of words are those of its passages in each edition. `changed_in` names the revision in which it last
    changed, here and in the tables below.
    """

    __table_args__ = (
        UniqueConstraint("revision_id", "position"),
        UniqueConstraint("revision_id", "slug"),
        Index("ix_section_parent", "revision_id", "parent"),
    )

    id: int = Field(default=None, primary_key=True)
    revision_id: int = Field(sa_column=reference("revision"))
    position: int
    parent: int | None
    slug: str
    number: str | None
    level: int
    title: str
    title_supplied: bool
    formerly: str
    original_words: int
    corrected_words: int
    changed_in: str = _changed_in()


class Passage(SQLModel, table=True):
    """A passage; `n` is its number within the section, from 1, and `original` the author's text.

    `corrected` is null if the corrected edition has the same text. Each text has the first digits of its digest, and a
    `folded` form, with which quotations are compared.
    `mentions` are those of the original text as a list of objects; null if they are not computed yet, and
    `corrected_mentions` are null if `corrected` is.
    """

    __table_args__ = (
        UniqueConstraint("section_id", "n"),
        CheckConstraint("kind IN ('paragraph', 'list_item')", name="kind"),
    )

    id: int = Field(default=None, primary_key=True)
    section_id: int = Field(sa_column=reference("section"))
    n: int
    kind: str
    original: str
    corrected: str | None
    original_digest: str = Field(index=True)
    corrected_digest: str | None = Field(index=True)
    original_folded: str
    corrected_folded: str | None
    mentions: list[dict[str, Any]] | None = Field(sa_type=JSON(none_as_null=True))
    corrected_mentions: list[dict[str, Any]] | None = Field(sa_type=JSON(none_as_null=True))
    changed_in: str = _changed_in()


class SeeAlso(SQLModel, table=True):
    """A cross-reference to another guide, after passage `after`; `guide` is null if external."""

    __tablename__ = "see_also"
    __table_args__ = (UniqueConstraint("section_id", "position"),)

    id: int = Field(default=None, primary_key=True)
    section_id: int = Field(sa_column=reference("section"))
    position: int
    after: int
    title: str
    guide: str | None


class Topic(SQLModel, table=True):
    """A topic of a revision; `position` is its index in topics.yaml.

    The counts are of its sections, their passages, and the facts that concern these sections. They are stored, because
    counting them in thousands of guides takes too long.
    """

    __table_args__ = (UniqueConstraint("revision_id", "slug"),)

    id: int = Field(default=None, primary_key=True)
    revision_id: int = Field(sa_column=reference("revision"))
    position: int
    slug: str
    label: str
    description: str
    sections: int = 0
    passages: int = 0
    instruments: int = 0
    events: int = 0
    terms: int = 0


class SectionTopic(SQLModel, table=True):
    """A topic of a section; `position` orders the topics of the section."""

    __tablename__ = "section_topic"

    section_id: int = Field(sa_column=reference("section", primary_key=True))
    topic_id: int = Field(sa_column=reference("topic", primary_key=True, index=True))
    position: int


class Source(SQLModel, table=True):
    """A work that statements cite; its fields are in `data`, its place in the file `position`."""

    __table_args__ = (UniqueConstraint("revision_id", "slug"),)

    id: int = Field(default=None, primary_key=True)
    revision_id: int = Field(sa_column=reference("revision"))
    position: int
    slug: str
    data: dict[str, Any] = Field(sa_type=JSON)
    changed_in: str = _changed_in()


class Statement(SQLModel, table=True):
    """A correction or fact: its fields are in `data`; columns are for queries.

    `slug` is the last part of its URL, `treaty/5` for an article; `label` names it in links. Only an article has an
    `instrument_id`, and only an event has dates: the first and last day that its date may mean.
    """

    __table_args__ = (
        UniqueConstraint("revision_id", "kind", "slug"),
        CheckConstraint("kind IN ('correction', 'instrument', 'article', 'event', 'term')", name="kind"),
    )

    id: int = Field(default=None, primary_key=True)
    revision_id: int = Field(sa_column=reference("revision"))
    kind: str
    position: int
    slug: str
    label: str
    confidence: str | None
    instrument_id: int | None = Field(index=True)
    earliest_date: str | None
    latest_date: str | None
    data: dict[str, Any] = Field(sa_type=JSON)
    changed_in: str = _changed_in()


class StatementSection(SQLModel, table=True):
    """A section that a statement concerns; `position` orders the sections of the statement."""

    __tablename__ = "statement_section"

    statement_id: int = Field(sa_column=reference("statement", primary_key=True))
    section_id: int = Field(sa_column=reference("section", primary_key=True, index=True))
    position: int


class Citation(SQLModel, table=True):
    """A source of a statement and the place in it; `position` orders the statement's sources."""

    statement_id: int = Field(sa_column=reference("statement", primary_key=True))
    source_id: int = Field(sa_column=reference("source", primary_key=True, index=True))
    position: int
    pinpoint: str | None


class Place(SQLModel, table=True):
    """The place of a correction's quote, at position 0, or of a further quote.

    Offsets count Unicode code points of the passage in either edition, end exclusive.
    """

    __table_args__ = (UniqueConstraint("statement_id", "position"),)

    id: int = Field(default=None, primary_key=True)
    statement_id: int = Field(sa_column=reference("statement"))
    position: int
    passage_id: int = Field(sa_column=reference("passage", index=True))
    original_start: int
    original_end: int
    corrected_start: int
    corrected_end: int
    prefix: str
    suffix: str
