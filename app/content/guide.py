"""A checked guide in memory: what a guide's folder says, and the digest that names it."""

import hashlib
import json
from functools import cached_property
from typing import Literal

from pydantic import Field

from app.content.facts import Event, Instrument, LocatedCorrection, Source, Term
from app.content.fields import Content, Slug, Words


class Passage(Content):
    """The smallest citable unit; its number within the section, from 1, is its place in `Section.passages`.

    `text` is the author's; `corrected` is how the corrected edition has it, None where it has the same.
    """

    kind: Literal["paragraph", "list_item"]
    text: str
    corrected: str | None = Field(default=None, exclude=True)
    line: int = Field(exclude=True)


class SeeAlso(Content):
    """A cross-reference to another guide: its title, its slug where it is held here, and the passage it follows."""

    title: str
    guide: Slug | None
    after: int
    line: int = Field(exclude=True)


class Section(Content):
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


class TopicEntry(Content):
    """A topic as topics.yaml has it."""

    slug: Slug
    label: Words
    description: Words


class Topic(TopicEntry):
    """A subject that sections belong to, across guides; `position` is its place in topics.yaml, from 0."""

    position: int = Field(exclude=True)


class Guide(Content):
    """All that a guide's folder says, checked; `topics` are those that its sections belong to, in shared order."""

    slug: Slug
    title: Words
    language: str
    summary: Words
    licence: Words | None = None
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
        """SHA-256, in hex, of the canonical JSON of the content: sorted keys, no white space, UTF-8.

        Values equal to their default are left out, so that a field added to the format later does not rename what
        was published before it.
        """
        content = self.model_dump(mode="json", exclude_defaults=True)
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def revision(self) -> str:
        """The name under which this content is published: the first 12 hex digits of its digest."""
        return self.digest[:12]
