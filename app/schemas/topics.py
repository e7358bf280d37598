"""Topics."""

from pydantic import Field

from app.schemas.shapes import Page, PublicModel


class TopicCounts(PublicModel):
    """Counts for a topic, in the current revisions of all guides."""

    guides: int = Field(description="Guides with a section of this topic.", examples=[1])
    sections: int = Field(description="Sections of this topic.", examples=[4])
    passages: int = Field(description="Passages in those sections.", examples=[15])
    instruments: int = Field(description="Instruments that concern those sections.", examples=[9])
    events: int = Field(description="Events that concern those sections.", examples=[12])
    terms: int = Field(description="Terms of the glossary that concern those sections.", examples=[9])


class Topic(PublicModel):
    """A subject that sections belong to, across guides."""

    slug: str = Field(description="The name of the topic in URLs.", examples=["military-cooperation-and-exercises"])
    url: str = Field(description="URL of this resource.", examples=["/v1/topics/military-cooperation-and-exercises"])
    label: str = Field(description="Name for readers.", examples=["Military cooperation and exercises"])
    description: str = Field(
        description="Subjects that the topic covers.",
        examples=["Guidelines, interoperability and training between the Self-Defense Forces and U.S. forces."],
    )
    counts: TopicCounts
    sections_url: str = Field(
        description="URL of its sections, across guides.",
        examples=["/v1/topics/military-cooperation-and-exercises/sections"],
    )
    instruments_url: str = Field(
        description="URL of the instruments that concern these sections.",
        examples=["/v1/instruments?topic=military-cooperation-and-exercises"],
    )
    events_url: str = Field(
        description="URL of the events that concern these sections.",
        examples=["/v1/events?topic=military-cooperation-and-exercises"],
    )
    terms_url: str = Field(
        description="URL of the terms that these sections use.",
        examples=["/v1/terms?topic=military-cooperation-and-exercises"],
    )


class TopicPage(Page[Topic]):
    """A page of topics."""
