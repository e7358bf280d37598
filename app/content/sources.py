"""Works that corrections and facts cite."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, WithJsonSchema, model_validator

from app.content.fields import PARTIAL_DATE, ContentModel, Formerly, PartialDate, Slug, Text, WebURL

# The item types of CSL 1.0.2, https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types
# fmt: off
SourceType = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
]
# fmt: on


class Author(ContentModel):
    """A person with `family` and `given` name, or a body with its `literal` name."""

    family: Text | None = Field(
        default=None, description="A person's family name; null for a body.", examples=["Kapur"]
    )
    given: Text | None = Field(default=None, description="A person's given names; null for a body.", examples=["Nick"])
    literal: Text | None = Field(default=None, description="A body's name; null for a person.", examples=[None])

    @model_validator(mode="after")
    def _check_names(self) -> Self:
        if (self.family is None) == (self.literal is None) or (self.given is not None and self.family is None):
            raise ValueError("Name a person with “family” and “given”, or a body with “literal”")
        return self

    @property
    def name(self) -> str:
        """Return the name of a body, or a person's given and family name."""
        return self.literal or " ".join(filter(None, (self.given, self.family)))


class SourceFields(BaseModel):
    """The fields of a source, in a seed file and in a response."""

    slug: Slug = Field(description="The source's name in URLs.", examples=["treaty-1960"])
    type: Annotated[SourceType, WithJsonSchema({"type": "string"})] = Field(
        description="The type of the work, from the CSL 1.0.2 vocabulary, such as `treaty`.", examples=["treaty"]
    )
    title: Text = Field(
        description="Its title.",
        examples=["Treaty of Mutual Cooperation and Security between Japan and the United States of America"],
    )
    authors: tuple[Author, ...] = Field(
        default=(), description="Its authors, in the order of the work; empty if unknown.", examples=[[]]
    )
    publisher: Text | None = Field(
        default=None, description="Its publisher; null if unknown.", examples=["Ministry of Foreign Affairs of Japan"]
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

    formerly: Formerly = ()
