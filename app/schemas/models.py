"""Base classes of the public schemas, and links to sections and topics."""

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.examples import GUIDE_URL, TOPIC, TOPIC_URL

Item = TypeVar("Item")


class PublicModel(BaseModel):
    """Base class of everything that the API returns."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class Page(PublicModel, Generic[Item]):
    """One page of a list, with links to the next and the previous page."""

    items: list[Item] = Field(description="Items on this page, in the order of the list.")
    total: int = Field(description="Number of items on all pages.", examples=[18])
    next: str | None = Field(
        description="URL of the next page; null on the last page.",
        examples=[f"{GUIDE_URL}/sections?limit=5&cursor=MTA"],
    )
    previous: str | None = Field(
        description="URL of the previous page; null on the first page.", examples=[f"{GUIDE_URL}/sections?limit=5"]
    )


class SectionLink(PublicModel):
    """Link to a section."""

    slug: str = Field(description="Slug of the section.", examples=["history"])
    title: str = Field(description="Title of the section.", examples=["History of the US-Japan Security Treaty"])
    url: str = Field(description="URL of the section.", examples=[f"{GUIDE_URL}/sections/history"])


class TopicLink(PublicModel):
    """Link to a topic."""

    slug: str = Field(description="Slug of the topic.", examples=[TOPIC])
    label: str = Field(description="Name of the topic.", examples=["Military cooperation and exercises"])
    url: str = Field(description="URL of the topic.", examples=[TOPIC_URL])
