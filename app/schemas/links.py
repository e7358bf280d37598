"""Links to resources: slug, title and URL, and what a page needs to show."""

from pydantic import Field

from app.content.fields import PARTIAL_DATE, Confidence
from app.schemas.examples import GUIDE_URL, SOURCE_LINK, TOPIC, TOPIC_URL
from app.schemas.models import PublicModel


class SectionLink(PublicModel):
    """Link to a section."""

    slug: str = Field(description="Slug of the section.", examples=["history"])
    title: str = Field(description="Title of the section.", examples=["History of the US-Japan Security Treaty"])
    url: str = Field(description="URL of the section.", examples=[f"{GUIDE_URL}/sections/history"])


class TopicLink(PublicModel):
    """Link to a topic."""

    slug: str = Field(description="Slug of the topic.", examples=[TOPIC])
    title: str = Field(description="Name of the topic.", examples=["Military cooperation and exercises"])
    url: str = Field(description="URL of the topic.", examples=[TOPIC_URL])


class SourceLink(PublicModel):
    """A source, and the place in it."""

    slug: str = Field(description="Slug of the source.", examples=[SOURCE_LINK["slug"]])
    title: str = Field(description="Title of the work.", examples=[SOURCE_LINK["title"]])
    pinpoint: str | None = Field(description="The place in the work; null for all of it.", examples=[None])
    url: str = Field(description="URL of the source in this service.", examples=[SOURCE_LINK["url"]])
    link: str | None = Field(description="URL of the work on the web; null if unknown.", examples=[SOURCE_LINK["link"]])


class InstrumentName(PublicModel):
    """Link to the instrument that an article belongs to."""

    slug: str = Field(description="Slug of the instrument.", examples=["treaty-1960"])
    title: str = Field(description="Its usual short name.", examples=["1960 treaty (US-Japan Security Treaty)"])
    url: str = Field(description="URL of the instrument.", examples=["/v1/instruments/treaty-1960"])


class InstrumentLink(InstrumentName):
    """Link to an instrument, with its date."""

    date_signed: str | None = Field(
        description=f"When it was signed or made: {PARTIAL_DATE}; null if unknown.", examples=["1960-01-19"]
    )
    confidence: Confidence = Field(examples=["partly_checked"])


class ArticleLink(PublicModel):
    """Link to an article, with its number and summary."""

    slug: str = Field(description="Slug of the article.", examples=["3"])
    title: str = Field(description="Its subject.", examples=["Self-help and mutual aid"])
    url: str = Field(description="URL of the article.", examples=["/v1/instruments/treaty-1960/articles/3"])
    number: str = Field(description="Its number in the instrument.", examples=["III"])
    summary: str = Field(
        description="Its content in the editors' words.",
        examples=["Each side keeps up and develops its own capacity to resist armed attack …"],
    )
    instrument: InstrumentName = Field(description="The instrument that it belongs to.")
    confidence: Confidence


class EventLink(PublicModel):
    """Link to an event, with its date."""

    slug: str = Field(description="Slug of the event.", examples=["1986"])
    title: str = Field(
        description="What happened.", examples=["The Keen Sword series of bilateral field exercises begins."]
    )
    url: str = Field(description="URL of the event.", examples=["/v1/events/1986"])
    date: str = Field(description=f"When it happened: {PARTIAL_DATE}.", examples=["1986"])
    confidence: Confidence


class TermLink(PublicModel):
    """Link to a term, with its definition."""

    slug: str = Field(description="Slug of the term.", examples=["self-defense-forces"])
    title: str = Field(description="The term in English.", examples=["Self-Defense Forces"])
    url: str = Field(description="URL of the term.", examples=["/v1/terms/self-defense-forces"])
    abbreviation: str | None = Field(description="Its abbreviation; null if it has none.", examples=["SDF"])
    definition: str = Field(description="What it means.", examples=["Japan's ground, maritime and air forces …"])
    confidence: Confidence


FactLink = InstrumentLink | ArticleLink | EventLink | TermLink
