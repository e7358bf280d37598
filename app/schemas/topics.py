"""Topics."""

from pydantic import Field

from app.schemas.shapes import Page, Shape


class TopicCounts(Shape):
    """How much belongs to a topic, in the current revisions of all guides."""

    guides: int = Field(description="Guides with a section of this topic.", examples=[1])
    sections: int = Field(description="Sections of this topic.", examples=[2])
    passages: int = Field(description="Passages in those sections.", examples=[4])
    instruments: int = Field(description="Instruments that concern those sections.", examples=[7])
    events: int = Field(description="Events that concern those sections.", examples=[11])
    terms: int = Field(description="Terms of the glossary that concern those sections.", examples=[3])


class Topic(Shape):
    """A subject that sections belong to, across guides."""

    slug: str = Field(description="The topic's name in addresses.", examples=["history-and-origins"])
    url: str = Field(description="Where it answers.", examples=["/v1/topics/history-and-origins"])
    label: str = Field(description="Its name for readers.", examples=["History and origins"])
    description: str = Field(
        description="What it covers.",
        examples=["How the 1951 and 1960 treaties came about and what changed between them."],
    )
    counts: TopicCounts
    sections_url: str = Field(
        description="Its sections, across guides, in pages.", examples=["/v1/topics/history-and-origins/sections"]
    )
    instruments_url: str = Field(
        description="The treaties and agreements around them.", examples=["/v1/instruments?topic=history-and-origins"]
    )
    events_url: str = Field(description="Their timeline.", examples=["/v1/events?topic=history-and-origins"])
    terms_url: str = Field(description="Their glossary.", examples=["/v1/terms?topic=history-and-origins"])


class TopicPage(Page[Topic]):
    """A page of topics."""
