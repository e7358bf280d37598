"""The table of downloads, which are made from the other tables."""

from sqlalchemy import CheckConstraint, LargeBinary
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from app import zstd
from app.store.tables import reference

COMPRESSION_LEVEL = 9  # takes 30 ms for a megabyte of JSON, and makes it a tenth of its size
BOTH = "both"


class Compressed(TypeDecorator[bytes]):
    """Bytes that are compressed in the store."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: object) -> bytes | None:
        """Compress a value."""
        return None if value is None else zstd.compress(value, COMPRESSION_LEVEL)

    def process_result_value(self, value: bytes | None, dialect: object) -> bytes | None:
        """Return a value as it was before."""
        return None if value is None else zstd.decompress(value)


class Download(SQLModel, table=True):
    """A revision as a file; `name` is that of its format, `edition` is `both` if the file has both editions."""

    __table_args__ = (CheckConstraint("edition IN ('corrected', 'original', 'both')", name="edition"),)

    revision_id: int = Field(sa_column=reference("revision", primary_key=True))
    name: str = Field(primary_key=True)
    edition: str = Field(primary_key=True)
    size: int  # bytes
    sha256: str
    content: bytes = Field(sa_type=Compressed)
