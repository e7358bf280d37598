"""Read and check seed files. This package imports neither the store nor HTTP."""

from app.content.corrections import LocatedCorrection
from app.content.events import Event
from app.content.fields import Fact
from app.content.guide import Guide, Passage, Section, SeeAlso, Topic
from app.content.instruments import Article, Instrument
from app.content.reader import read_guides
from app.content.sources import Source
from app.content.terms import Term

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
