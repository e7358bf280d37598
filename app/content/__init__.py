"""Seed files in, checked guides out. Nothing here knows the store or HTTP."""

from app.content.facts import Article, Event, Fact, Instrument, LocatedCorrection, Source, Term
from app.content.faults import ContentError, Fault
from app.content.guide import Guide, Passage, Section, SeeAlso, Topic
from app.content.reading import read_guides

__all__ = [
    "Article",
    "ContentError",
    "Event",
    "Fact",
    "Fault",
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
