"""The tables. A revision and all that belongs to it is written once and never changed."""

from datetime import UTC, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, UniqueConstraint, text
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
    """A passage; `n` is its number within the section, from 1, and `original` the author's words."""

    __table_args__ = (
        UniqueConstraint("section_id", "n"),
        CheckConstraint("kind IN ('paragraph', 'list_item')", name="kind"),
    )

    id: int = Field(default=None, primary_key=True)
    section_id: int = Field(sa_column=_section_id())
    n: int
    kind: str
    original: str


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
