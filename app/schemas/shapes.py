"""What all public shapes share, pages of them, and links from one thing to another."""

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Item = TypeVar("Item")

GUIDE = "us-japan-security-treaty"
GUIDE_URL = f"/v1/guides/{GUIDE}"
REVISION = "0123456789ab"


class PublicModel(BaseModel):
    """What all public shapes share."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class Page(PublicModel, Generic[Item]):
    """A page of a list, with the addresses of the pages beside it."""

    items: list[Item] = Field(description="The items of this page, in the order of the list.")
    total: int = Field(description="How many items the whole list has, on all its pages.", examples=[18])
    next: str | None = Field(
        description="The address of the next page; null on the last.",
        examples=[f"{GUIDE_URL}/sections?limit=5&cursor=MTA"],
    )
    previous: str | None = Field(
        description="The address of the page before; null on the first.", examples=[f"{GUIDE_URL}/sections?limit=5"]
    )


class SectionLink(PublicModel):
    """A section by name and address."""

    slug: str = Field(description="The section's slug.", examples=["history"])
    title: str = Field(description="The section's title.", examples=["History of the US-Japan Security Treaty"])
    url: str = Field(description="Where the section answers.", examples=[f"{GUIDE_URL}/sections/history"])


class TopicLink(PublicModel):
    """A topic by name and address."""

    slug: str = Field(description="The topic's slug.", examples=["military-cooperation-and-exercises"])
    label: str = Field(description="The topic's name for readers.", examples=["Military cooperation and exercises"])
    url: str = Field(description="Where the topic answers.", examples=["/v1/topics/military-cooperation-and-exercises"])
