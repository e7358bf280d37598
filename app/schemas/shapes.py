"""The base class of public schemas, pages, and links."""

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Item = TypeVar("Item")

GUIDE = "us-japan-security-treaty"
GUIDE_URL = f"/v1/guides/{GUIDE}"
REVISION = "0123456789ab"


class PublicModel(BaseModel):
    """Base class of all public schemas: immutable, and every field is always present."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class Page(PublicModel, Generic[Item]):
    """A page of a list, with links to the next and previous page."""

    items: list[Item] = Field(description="Items of this page, in the order of the list.")
    total: int = Field(description="Number of items on all pages.", examples=[18])
    next: str | None = Field(
        description="URL of the next page; null on the last page.",
        examples=[f"{GUIDE_URL}/sections?limit=5&cursor=MTA"],
    )
    previous: str | None = Field(
        description="URL of the previous page; null on the first page.", examples=[f"{GUIDE_URL}/sections?limit=5"]
    )


class SectionLink(PublicModel):
    """A link to a section."""

    slug: str = Field(description="Slug of the section.", examples=["history"])
    title: str = Field(description="Title of the section.", examples=["History of the US-Japan Security Treaty"])
    url: str = Field(description="URL of the section.", examples=[f"{GUIDE_URL}/sections/history"])


class TopicLink(PublicModel):
    """A link to a topic."""

    slug: str = Field(description="Slug of the topic.", examples=["military-cooperation-and-exercises"])
    label: str = Field(description="Name for readers.", examples=["Military cooperation and exercises"])
    url: str = Field(description="URL of the topic.", examples=["/v1/topics/military-cooperation-and-exercises"])
