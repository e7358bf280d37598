"""A naive service: FastAPI and SQLModel as in a tutorial, with a session for each request.

At its start it fills the database `DATABASE` with the sections of the file `SECTIONS`.
"""

import json
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Query
from sqlmodel import Session, SQLModel, col, create_engine, select

from benchmarks.naive.tables import (
    Correction,
    CorrectionBase,
    Fact,
    FactBase,
    Passage,
    PassageBase,
    Related,
    Section,
    SectionBase,
    SectionFact,
    SectionTopic,
    SeeAlso,
    SeeAlsoBase,
    Topic,
)


class SectionLink(SQLModel):
    """A link to a section."""

    slug: str
    title: str
    url: str


class TopicLink(SQLModel):
    """A link to a topic."""

    slug: str
    title: str
    url: str


class Instrument(FactBase):
    """An instrument with its date."""

    date_signed: str | None


class Article(FactBase):
    """An article with its summary."""

    number: str
    summary: str
    instrument: dict[str, str]


class Event(FactBase):
    """An event with its date."""

    date: str


class Term(FactBase):
    """A term with its definition."""

    abbreviation: str | None
    definition: str


class SectionPublic(SectionBase):
    """A section with its passages and topics."""

    topics: list[TopicLink]
    passages: list[PassageBase]


class WholeSection(SectionPublic):
    """A section with everything that the treaty guide returns."""

    parent: SectionLink | None
    children: list[SectionLink]
    previous: SectionLink | None
    next: SectionLink | None
    see_also: list[SeeAlsoBase]
    related: list[SectionLink]
    corrections: list[CorrectionBase]
    instruments: list[Instrument]
    articles: list[Article]
    events: list[Event]
    terms: list[Term]


engine = create_engine(f"sqlite:///{os.environ['DATABASE']}", connect_args={"check_same_thread": False})


def get_session() -> Iterator[Session]:
    """Open a session for one request."""
    with Session(engine) as session:
        yield session


def fill() -> None:
    """Create and fill the tables."""
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        for position, section in enumerate(json.loads(Path(os.environ["SECTIONS"]).read_bytes())["sections"]):
            slug = section["slug"]
            neighbours: dict[str, Any] = {
                f"{name}_slug": (section[name] or {}).get("slug") for name in ("parent", "previous", "next")
            }
            own = {name: section[name] for name in SectionBase.model_fields}
            session.add(Section(position=position, **own, **neighbours))
            session.add_all(Passage(section_slug=slug, **passage) for passage in section["passages"])
            session.add_all(SeeAlso(section_slug=slug, **reference) for reference in section["see_also"])
            session.add_all(Correction(section_slug=slug, **correction) for correction in section["corrections"])
            session.add_all(Related(section_slug=slug, other_slug=other["slug"]) for other in section["related"])
            for topic in section["topics"]:
                session.merge(Topic(**topic))
                session.add(SectionTopic(section_slug=slug, topic_slug=topic["slug"]))
            for kind in ("instruments", "articles", "events", "terms"):
                for fact in section[kind]:
                    session.merge(Fact(kind=kind, **fact))
                    session.add(SectionFact(section_slug=slug, fact_url=fact["url"]))
        session.commit()


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Fill the database before the first request."""
    fill()
    yield


app = FastAPI(lifespan=lifespan)
SessionDep = Annotated[Session, Depends(get_session)]
Limit = Annotated[int, Query(le=100)]


@app.get("/sections", response_model=list[SectionPublic])
def read_sections(session: SessionDep, offset: int = 0, limit: Limit = 20) -> Any:
    """List sections."""
    return session.exec(select(Section).order_by(col(Section.position)).offset(offset).limit(limit)).all()


@app.get("/whole-sections", response_model=list[WholeSection])
def read_whole_sections(session: SessionDep, offset: int = 0, limit: Limit = 20) -> Any:
    """List sections with everything that belongs to them."""
    return session.exec(select(Section).order_by(col(Section.position)).offset(offset).limit(limit)).all()


def _section(session: Session, slug: str) -> Section:
    section = session.get(Section, slug)
    if not section:
        raise HTTPException(status_code=404, detail="Section not found")
    return section


@app.get("/sections/{slug}", response_model=SectionPublic)
def read_section(slug: str, session: SessionDep) -> Any:
    """Get a section."""
    return _section(session, slug)


@app.get("/whole-sections/{slug}", response_model=WholeSection)
def read_whole_section(slug: str, session: SessionDep) -> Any:
    """Get a section with everything that belongs to it."""
    return _section(session, slug)


@app.get("/search", response_model=list[PassageBase])
def search(q: str, session: SessionDep, offset: int = 0, limit: Limit = 20) -> Any:
    """Find the passages that contain all words."""
    conditions = [col(Passage.text).contains(word) for word in q.split()]
    return session.exec(select(Passage).where(*conditions).offset(offset).limit(limit)).all()
