"""Read and check seed files. This package imports neither the store nor HTTP."""

from app.content.corrections import LocatedCorrection
from app.content.events import Event
from app.content.fields import Fact
from app.content.guide import Guide, Section
from app.content.instruments import Instrument
from app.content.reader import read_guides
from app.content.sources import Source

__all__ = ["Event", "Fact", "Guide", "Instrument", "LocatedCorrection", "Section", "Source", "read_guides"]
