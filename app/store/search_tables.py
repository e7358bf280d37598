"""The tables of search, which are computed from those of `app.store.tables`."""

from sqlmodel import Field, SQLModel

from app.store.tables import reference


class IndexEntry(SQLModel, table=True):
    """A row of the full-text index: a section, or a statement, of a current revision.

    A statement `concerns` a number of sections. Each match is joined to its entry, so entries have no long fields.
    """

    __tablename__ = "index_entry"

    id: int = Field(default=None, primary_key=True)
    revision_id: int = Field(sa_column=reference("revision", index=True))
    kind: str
    section_id: int | None = Field(sa_column=reference("section", index=True, nullable=True))
    statement_id: int | None = Field(sa_column=reference("statement", index=True, nullable=True))
    concerns: int


class Word(SQLModel, table=True):
    """A folded word of a revision, its usual spelling, and how many sections and facts have it."""

    revision_id: int = Field(sa_column=reference("revision", primary_key=True))
    word: str = Field(primary_key=True)
    form: str
    sections: int
    facts: int


class Related(SQLModel, table=True):
    """A section with similar content; `position` counts from the most similar, 0.

    `score` is the cosine of the two sections' weighted words, from 0 to 1.
    """

    section_id: int = Field(sa_column=reference("section", primary_key=True))
    position: int = Field(primary_key=True)
    other_id: int = Field(sa_column=reference("section", index=True))
    score: float
