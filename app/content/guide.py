"""A checked guide in memory, and the digest that names its revision."""

import hashlib
import json
from functools import cached_property
from typing import Literal

from pydantic import Field

from app.content.corrections import LocatedCorrection
from app.content.events import Event
from app.content.fields import ContentModel, Slug, Text
from app.content.instruments import Instrument
from app.content.sources import Source
from app.content.terms import Term


class Passage(ContentModel):
    """The smallest citable unit: a paragraph or a list item.

    `text` is the author's; `corrected` is the text of the corrected edition, None if it is the same.
    """

    kind: Literal["paragraph", "list_item"]
    text: str
    corrected: str | None = Field(default=None, exclude=True)
    line: int = Field(exclude=True)


class SeeAlso(ContentModel):
    """A cross-reference to another guide, after the passage number `after`; `guide` is None for a guide elsewhere."""

    title: str
    guide: Slug | None
    after: int
    line: int = Field(exclude=True)


class Section(ContentModel):
    """A titled part of a guide, in reading order; level 1 is the outermost."""

    slug: Slug
    number: str | None
    level: int
    title: str
    title_supplied: bool
    parent: Slug | None
    topics: tuple[Slug, ...]
    passages: tuple[Passage, ...]
    see_also: tuple[SeeAlso, ...]
    line: int = Field(exclude=True)


class TopicEntry(ContentModel):
    """An entry of topics.yaml."""

    slug: Slug = Field(description="The topic's name in URLs.", examples=["history-and-origins"])
    label: Text = Field(description="The topic's name for readers.", examples=["History and origins"])
    description: Text = Field(description="What the topic covers, in a sentence.")


class Topic(TopicEntry):
    """A subject that sections belong to, across guides; `position` is its index in topics.yaml."""

    position: int = Field(exclude=True)


class Guide(ContentModel):
    """The checked content of a guide's folder; `topics` are those of its sections, in the order of topics.yaml."""

    slug: Slug
    title: Text
    language: str
    summary: Text
    licence: Text | None = None
    source: str | None = None
    topics: tuple[Topic, ...]
    sections: tuple[Section, ...]
    corrections: tuple[LocatedCorrection, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    events: tuple[Event, ...] = ()
    terms: tuple[Term, ...] = ()
    sources: tuple[Source, ...] = ()

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hex, of the content as canonical JSON: sorted keys, no white space, UTF-8.

        Default values are left out, so that a field added later does not rename existing revisions.
        """
        content = self.model_dump(mode="json", exclude_defaults=True)
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def revision(self) -> str:
        """The name of the revision: the first 12 hex digits of the digest."""
        return self.digest[:12]
