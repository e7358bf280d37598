"""The tables of what happened to the guides, which is read from the ledger."""

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from app.ledger.tables import Timestamp


class Publication(SQLModel, table=True):
    """An entry of the ledger: what happened to a guide, under the slug that the guide has now.

    `revision` became current, and `previous` was so before; both are null if there is none. `note` is the text of the
    publisher, or the reason of a withdrawal. `former_guides` are the slugs that a renamed guide had before.
    """

    __table_args__ = (Index("ix_publication_guide", "guide", "sequence"),)

    sequence: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Timestamp)
    kind: str
    guide: str
    title: str
    revision: str | None
    previous: str | None
    note: str | None
    former_guides: list[str] = Field(sa_type=JSON)


class FormerName(SQLModel, table=True):
    """A slug that a resource of a guide had before, and the one that it got instead.

    `kind` is `guide`, `section`, or the kind of a statement or source. The slug of an article begins with that of its
    instrument, as in `Statement`. `sequence` is that of the entry with which the resource was renamed.
    """

    __tablename__ = "former_name"

    guide: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    old: str = Field(primary_key=True)
    new: str
    sequence: int
