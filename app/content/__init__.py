"""Seed files in, checked guides out. Nothing here knows the store or HTTP."""

from app.content.facts import Article, Event, Fact, Instrument, LocatedCorrection, Source, Term
from app.content.guide import Guide, Passage, Section, SeeAlso, Topic
from app.content.reader import read_guides

__all__ = [
    "Article",
    "Event",
    "Fact",
    "Guide",
    "Instrument",
    "LocatedCorrection",
    "Passage",
    "Section",
    "SeeAlso",
    "Source",
    "Term",
    "Topic",
    "read_guides",
]
