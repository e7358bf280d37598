"""Entries of the timeline."""

from typing import Literal

from pydantic import BaseModel, Field

from app.content.fields import PARTIAL_DATE, Fact, PartialDate, Slug, Text

Category = Literal["treaty", "agreement", "political", "domestic", "judicial", "exercise", "culture"]


class EventFields(BaseModel):
    """The fields of an event, in a seed file and in a response."""

    slug: Slug = Field(description="The event's name in URLs.", examples=["1960-01-19"])
    date: PartialDate = Field(description=f"When it happened: {PARTIAL_DATE}.", examples=["1960-01-19"])
    category: Category = Field(description="The kind of event.", examples=["treaty"])


class Event(EventFields, Fact):
    """An entry of events.yaml."""

    event: Text = Field(description="What happened.", examples=["The Treaty of Mutual Cooperation and Security …"])
