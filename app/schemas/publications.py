"""Schemas of what happened to guides: publications, rollbacks, renames and withdrawals."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from app.schemas.examples import GUIDE, GUIDE_URL, REVISION
from app.schemas.models import Page, PublicModel

PublicationKind = Literal["published", "rolled_back", "renamed", "withdrawn", "restored"]


class Publication(PublicModel):
    """Something that happened to a guide."""

    sequence: int = Field(description="Its number: later ones have greater numbers.", examples=[1])
    kind: PublicationKind = Field(description="What happened.", examples=["published"])
    guide: str = Field(description="Slug of the guide, as it is now.", examples=[GUIDE])
    title: str = Field(
        description="Title of the guide.", examples=["The Definitive Guide to the US-Japan Security Treaty"]
    )
    formerly: list[str] = Field(description="If it was renamed, the slugs that the guide had before.", examples=[[]])
    revision: str | None = Field(
        description="The revision that became current; null if the guide was withdrawn.", examples=[REVISION]
    )
    previous: str | None = Field(description="The revision that was current before; null if none was.", examples=[None])
    at: datetime = Field(
        description="When it happened: an RFC 3339 timestamp in UTC.", examples=["2026-11-22T09:30:00Z"]
    )
    note: str | None = Field(
        description="What the publisher said about it, or why the guide was withdrawn.", examples=[None]
    )
    url: str = Field(description="URL of the guide.", examples=[GUIDE_URL])
    changes_url: str | None = Field(
        description="URL of what differs from `previous`; null if there is nothing to compare any more.",
        examples=[f"{GUIDE_URL}/changes?until={REVISION}"],
    )


class PublicationPage(Page[Publication]):
    """A page of publications."""

    next_cursor: str = Field(
        description="Store it, and pass it as `since` later to get what happened in the meantime. It is never null.",
        examples=["1"],
    )
