"""Tables of the naive service."""

from typing import Any

from sqlmodel import JSON, Field, Relationship, SQLModel


class SectionTopic(SQLModel, table=True):
    """The topics of sections."""

    section_slug: str = Field(foreign_key="section.slug", primary_key=True)
    topic_slug: str = Field(foreign_key="topic.slug", primary_key=True)


class SectionFact(SQLModel, table=True):
    """The facts of sections."""

    section_slug: str = Field(foreign_key="section.slug", primary_key=True)
    fact_url: str = Field(foreign_key="fact.url", primary_key=True)


class Related(SQLModel, table=True):
    """Related sections."""

    section_slug: str = Field(foreign_key="section.slug", primary_key=True)
    other_slug: str = Field(foreign_key="section.slug", primary_key=True)


class Topic(SQLModel, table=True):
    """A topic."""

    slug: str = Field(primary_key=True)
    title: str
    url: str


class PassageBase(SQLModel):
    """The fields of a passage."""

    id: str = Field(primary_key=True)
    kind: str
    text: str
    digest: str
    url: str
    corrections: list[dict[str, Any]] = Field(sa_type=JSON)
    mentions: list[dict[str, Any]] = Field(sa_type=JSON)


class Passage(PassageBase, table=True):
    """A passage."""

    section_slug: str = Field(foreign_key="section.slug", index=True)


class CorrectionBase(SQLModel):
    """The fields of a correction."""

    slug: str = Field(primary_key=True)
    guide: str
    title: str
    url: str
    status: str
    kind: str
    severity: str
    section: str
    passage: str
    quote: str
    prefix: str
    suffix: str
    replacement: str | None
    original_span: dict[str, int] = Field(sa_type=JSON)
    corrected_span: dict[str, int] = Field(sa_type=JSON)
    also: list[dict[str, Any]] = Field(sa_type=JSON)
    explanation: str
    sources: list[dict[str, Any]] = Field(sa_type=JSON)
    revision: str


class Correction(CorrectionBase, table=True):
    """A correction; one that concerns several sections has a row for each."""

    section_slug: str = Field(foreign_key="section.slug", primary_key=True)


class SeeAlsoBase(SQLModel):
    """The fields of a cross-reference."""

    title: str
    guide: str | None
    url: str | None
    after: str | None


class SeeAlso(SeeAlsoBase, table=True):
    """A cross-reference."""

    id: int | None = Field(default=None, primary_key=True)
    section_slug: str = Field(foreign_key="section.slug", index=True)


class FactBase(SQLModel):
    """The fields of an instrument, article, event or term."""

    slug: str
    title: str
    url: str = Field(primary_key=True)
    confidence: str


class Fact(FactBase, table=True):
    """An instrument, article, event or term."""

    kind: str
    date: str | None = None
    date_signed: str | None = None
    number: str | None = None
    summary: str | None = None
    instrument: dict[str, str] | None = Field(default=None, sa_type=JSON)
    abbreviation: str | None = None
    definition: str | None = None


class SectionBase(SQLModel):
    """The fields of a section."""

    slug: str = Field(primary_key=True)
    guide: str
    url: str
    number: str | None
    level: int
    title: str
    title_supplied: bool
    edition: str
    revision: str


def _to(column: str) -> dict[str, object]:
    return {"foreign_keys": f"Section.{column}", "remote_side": "Section.slug"}


def _facts(kind: str) -> Any:
    joined = f"and_(SectionFact.fact_url == Fact.url, Fact.kind == '{kind}')"
    return Relationship(link_model=SectionFact, sa_relationship_kwargs={"secondaryjoin": joined, "viewonly": True})


class Section(SectionBase, table=True):
    """A section."""

    position: int = Field(index=True)
    parent_slug: str | None = Field(foreign_key="section.slug", index=True)
    previous_slug: str | None = Field(foreign_key="section.slug")
    next_slug: str | None = Field(foreign_key="section.slug")

    parent: "Section" = Relationship(back_populates="children", sa_relationship_kwargs=_to("parent_slug"))
    children: list["Section"] = Relationship(
        back_populates="parent", sa_relationship_kwargs={"foreign_keys": "Section.parent_slug"}
    )
    previous: "Section" = Relationship(sa_relationship_kwargs=_to("previous_slug"))
    next: "Section" = Relationship(sa_relationship_kwargs=_to("next_slug"))
    topics: list[Topic] = Relationship(link_model=SectionTopic)
    passages: list[Passage] = Relationship()
    see_also: list[SeeAlso] = Relationship()
    related: list["Section"] = Relationship(
        link_model=Related,
        sa_relationship_kwargs={
            "primaryjoin": "Section.slug == Related.section_slug",
            "secondaryjoin": "Section.slug == Related.other_slug",
        },
    )
    corrections: list[Correction] = Relationship()
    instruments: list[Fact] = _facts("instruments")
    articles: list[Fact] = _facts("articles")
    events: list[Fact] = _facts("events")
    terms: list[Fact] = _facts("terms")
