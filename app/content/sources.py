"""Works that corrections and facts rest on."""

from pydantic import BaseModel, Field

from app.content.fields import PARTIAL_DATE, ContentModel, PartialDate, Slug, Text, WebURL


class SourceFields(BaseModel):
    """The fields of a source, in a seed file and in a response."""

    slug: Slug = Field(description="The source's name in URLs.", examples=["treaty-1960"])
    title: Text = Field(
        description="Its title.",
        examples=["Treaty of Mutual Cooperation and Security between Japan and the United States of America"],
    )
    publisher: Text | None = Field(
        default=None,
        description="Its publisher; null if unknown.",
        examples=["Ministry of Foreign Affairs of Japan"],
    )
    date: PartialDate | None = Field(
        default=None, description=f"Its date: {PARTIAL_DATE}; null if unknown.", examples=["1960-01-19"]
    )
    identifiers: tuple[Text, ...] = Field(
        default=(), description="Its identifiers, such as numbers in a series.", examples=[["11 UST 1632"]]
    )
    link: WebURL | None = Field(
        default=None,
        description="URL of the work on the web; null if unknown.",
        examples=["https://www.mofa.go.jp/region/n-america/us/q&a/ref/1.html"],
    )
    checked: bool = Field(
        description="Whether the editors found in it every statement that cites it; if false, some detail is"
        " still to be checked.",
        examples=[False],
    )


class Source(SourceFields, ContentModel):
    """An entry of sources.yaml."""
