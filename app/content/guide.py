"""A checked guide in memory, and the digest that names its revision."""

import hashlib
import json
from functools import cached_property
from typing import Literal

from pydantic import Field

from app.content.corrections import LocatedCorrection
from app.content.events import Event
from app.content.fields import ContentModel, Formerly, LanguageTag, Slug, Text
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
    line: int = Field(default=0, exclude=True)


class SeeAlso(ContentModel):
    """A cross-reference to another guide, after passage `after`; `guide` is None if external."""

    title: str
    guide: Slug | None
    after: int
    line: int = Field(default=0, exclude=True)


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
    formerly: tuple[Slug, ...] = ()
    line: int = Field(default=0, exclude=True)


class TopicEntry(ContentModel):
    """An entry of topics.yaml."""

    slug: Slug = Field(description="The topic's name in URLs.", examples=["history-and-origins"])
    label: Text = Field(description="The topic's name for readers.", examples=["History and origins"])
    description: Text = Field(description="What the topic covers, in a sentence.")


class Topic(TopicEntry):
    """A subject that sections belong to, across guides; `position` is its index in topics.yaml."""

    position: int = Field(default=0, exclude=True)


class GuideFields(ContentModel):
    """The keys of a guide as a whole."""

    slug: Slug = Field(description="The guide's name in URLs, and its folder.", examples=["us-japan-security-treaty"])
    title: Text = Field(description="The guide's title.", examples=["A Guide to the Treaty of Nowhere"])
    language: LanguageTag = Field(description="The language of the text, as a BCP 47 tag.", examples=["en"])
    summary: Text = Field(description="The guide's subject, in a sentence or two.")
    licence: Text | None = Field(
        default=None, description="The licence of the text; null if its author stated none.", examples=["CC0-1.0"]
    )
    formerly: Formerly = ()


class FrontMatter(GuideFields):
    """The keys between the two `---` lines at the top of guide.md."""

    topics: dict[str, list[Slug]] = Field(
        default_factory=dict, description="The topics of each section.", examples=[{"history": ["history-and-origins"]}]
    )


class Facts(ContentModel):
    """The facts in a guide's folder, and the works that they cite."""

    instruments: tuple[Instrument, ...] = ()
    events: tuple[Event, ...] = ()
    terms: tuple[Term, ...] = ()
    sources: tuple[Source, ...] = ()


class Guide(GuideFields, Facts):
    """The checked content of a guide's folder.

    `topics` are those of its sections, in the order of topics.yaml.
    """

    source: str | None = None
    topics: tuple[Topic, ...]
    sections: tuple[Section, ...]
    corrections: tuple[LocatedCorrection, ...] = ()

    @cached_property
    def canonical(self) -> bytes:
        """Return the content as canonical JSON: keys are sorted, without white space, in UTF-8.

        Default values are left out, so that a field added later does not rename existing revisions. So are the fields
        that are computed from others: `from_canonical` in `app.content.canonical` computes them again.
        """
        content = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256, in hex, of the canonical content."""
        return hashlib.sha256(self.canonical).hexdigest()

    @property
    def revision(self) -> str:
        """Return the name of the revision: the first 12 hex digits of the digest."""
        return self.digest[:12]
