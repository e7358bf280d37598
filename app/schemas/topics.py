"""Schemas of topics."""

from pydantic import Field

from app.schemas.examples import TOPIC, TOPIC_URL
from app.schemas.models import Page, PublicModel


class TopicCounts(PublicModel):
    """Number of items of each kind that belong to a topic, in all guides."""

    guides: int = Field(description="Number of guides with a section of this topic.", examples=[1])
    sections: int = Field(description="Number of sections.", examples=[5])
    passages: int = Field(description="Number of passages in these sections.", examples=[18])
    instruments: int = Field(description="Number of instruments that concern these sections.", examples=[14])
    events: int = Field(description="Number of events that concern these sections.", examples=[20])
    terms: int = Field(description="Number of glossary terms that concern these sections.", examples=[18])


class Topic(PublicModel):
    """A subject of sections, across guides."""

    slug: str = Field(description="Slug of the topic.", examples=[TOPIC])
    title: str = Field(description="Name of the topic.", examples=["Military cooperation and exercises"])
    url: str = Field(description="URL of this resource.", examples=[TOPIC_URL])
    description: str = Field(
        description="Description of the topic.",
        examples=["Guidelines, interoperability and training of the forces of the two sides."],
    )
    counts: TopicCounts
    sections_url: str = Field(
        description="URL of the list of its sections, across guides.", examples=[f"{TOPIC_URL}/sections"]
    )
    instruments_url: str = Field(
        description="URL of the treaties and agreements that concern these sections.",
        examples=[f"/v1/instruments?topic={TOPIC}"],
    )
    events_url: str = Field(
        description="URL of the events that concern these sections.", examples=[f"/v1/events?topic={TOPIC}"]
    )
    terms_url: str = Field(
        description="URL of the glossary terms that concern these sections.", examples=[f"/v1/terms?topic={TOPIC}"]
    )


class TopicPage(Page[Topic]):
    """A page of topics."""
