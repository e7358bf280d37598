"""Seed files in, checked guides out. Nothing here knows the store or HTTP."""

from app.content.faults import ContentError, Fault
from app.content.guide import Guide, Passage, Section, SeeAlso, Topic
from app.content.reading import read_guides

__all__ = ["ContentError", "Fault", "Guide", "Passage", "Section", "SeeAlso", "Topic", "read_guides"]
