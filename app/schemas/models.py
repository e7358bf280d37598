"""Base classes of the public schemas."""

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.examples import GUIDE_URL

Item = TypeVar("Item")


def remove_defaults(schema: dict[str, Any]) -> None:
    """Remove the defaults of fields from a JSON schema: a response has none."""
    for field in schema["properties"].values():
        field.pop("default", None)


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
    next_cursor: str | None = Field(
        description="The parameter `cursor` of the next page; null on the last page.", examples=[None, "MTA"]
    )
