"""The table of the ledger. The migrations create and change it."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)
from sqlalchemy.types import TypeDecorator

# Alembic can change a constraint in SQLite only by its name.
NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Timestamp(TypeDecorator[datetime]):
    """A time in UTC, stored as RFC 3339 text: every database returns the same characters."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> str | None:
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z") if value else None

    def process_result_value(self, value: str | None, dialect: object) -> datetime | None:
        return datetime.fromisoformat(value) if value else None


metadata = MetaData(naming_convention=NAMING_CONVENTION)

# `sequence` orders the entries and is never reused; `at` is never earlier than in the entry before. `digest` is the
# SHA-256 of the content that the entry makes current, or prunes; a withdrawal has none. `content` is compressed; it is
# null if another entry has it, or it was pruned. `topic_positions` are the indexes of topics in topics.yaml, by slug;
# they depend on other guides, so they are not part of the content.
ledger = Table(
    "ledger",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Timestamp, nullable=False),
    Column("kind", String, nullable=False),
    Column("guide", String, nullable=False),
    Column("title", String, nullable=False),
    Column("digest", String(64), index=True),
    Column("note", String),
    Column("former_names", JSON(none_as_null=True)),
    Column("topic_positions", JSON(none_as_null=True)),
    Column("content", LargeBinary),
    CheckConstraint(
        "kind IN ('published', 'renamed', 'rolled_back', 'withdrawn', 'restored', 'pruned')",
        name="kind",
    ),
)
