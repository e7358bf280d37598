"""Treaties, agreements, notes and statements, and their articles."""

from typing import Literal

from pydantic import BaseModel, Field

from app.content.fields import PARTIAL_DATE, Date, Fact, PartialDate, Slug, Sourced, Text, WebURL

LegalCharacter = Literal["treaty", "executive_agreement", "exchange_of_notes", "political_document", "domestic_measure"]


class ArticleFields(BaseModel):
    """The fields of an article, in a seed file and in a response."""

    slug: Slug = Field(description="The article's name in URLs.", examples=["5"])
    number: Text = Field(description="Its number in the instrument.", examples=["V"])
    title: Text = Field(description="Its subject.", examples=["Response to armed attack"])
    summary: Text = Field(
        description="Its content in the editors' words.",
        examples=["An armed attack on either party in territory administered by Japan …"],
    )
    note: Text | None = Field(
        default=None, description="What a reader of the summary should know; null for nothing.", examples=[None]
    )


class Article(ArticleFields, Fact):
    """An article in articles.yaml."""


class MemberFields(BaseModel):
    """The fields of a member, in a seed file and in a response."""

    date_signed: PartialDate | None = Field(
        default=None, description=f"When it was signed: {PARTIAL_DATE}; null for an occasion.", examples=["1987-01-30"]
    )
    date_in_force: Date | None = Field(
        default=None,
        description="The day on which it entered into force: an RFC 3339 date; null for an occasion.",
        examples=["1987-06-01"],
    )
    date: PartialDate | None = Field(
        default=None, description=f"When it happened: {PARTIAL_DATE}; null for an agreement.", examples=[None]
    )
    event: Text | None = Field(default=None, description="What happened; null for an agreement.", examples=[None])


class Member(MemberFields, Sourced):
    """An agreement or occasion in a series, which is one entry of instruments.yaml."""


class InstrumentFields(BaseModel):
    """The fields of an instrument, in a seed file and in a response."""

    slug: Slug = Field(description="The instrument's name in URLs.", examples=["treaty-1960"])
    official_title: Text = Field(
        description="Its official title in English.",
        examples=["Treaty of Mutual Cooperation and Security between Japan and the United States of America"],
    )
    title_ja: Text | None = Field(
        default=None,
        description="Its official title in Japanese; null if there is none or it is unknown.",
        examples=["日本国とアメリカ合衆国との間の相互協力及び安全保障条約"],
    )
    popular_name_ja: Text | None = Field(
        default=None, description="Its usual Japanese name; null if unknown.", examples=["日米安全保障条約"]
    )
    legal_character: LegalCharacter = Field(description="Its legal form.", examples=["treaty"])
    legal_note: Text | None = Field(
        default=None, description="A remark on its legal form; null for none.", examples=[None]
    )
    parties: tuple[Text, ...] = Field(
        description="Who is bound by it, or who made the statement.", examples=[["Japan", "United States of America"]]
    )
    date_signed: PartialDate | None = Field(
        default=None,
        description=f"When it was signed or made: {PARTIAL_DATE}; null if unknown.",
        examples=["1960-01-19"],
    )
    place_signed: Text | None = Field(
        default=None, description="Where it was signed; null if unknown.", examples=["Washington"]
    )
    date_in_force: Date | None = Field(
        default=None,
        description="The day on which it entered into force: an RFC 3339 date; null if it never did, or cannot.",
        examples=["1960-06-23"],
    )
    date_ended: Date | None = Field(
        default=None,
        description="The first day on which it was no longer in force: an RFC 3339 date; null if there is none.",
        examples=[None],
    )
    status: Text = Field(
        description="Whether it is in force, in words.",
        examples=["in force; terminable on one year's notice since June 1970 (Article X)"],
    )
    identifiers: tuple[Text, ...] = Field(
        default=(), description="Its places in published series.", examples=[["11 UST 1632"]]
    )
    description: Text = Field(description="What it does.", examples=["The treaty the guide is about …"])
    link: WebURL | None = Field(
        default=None,
        description="URL of its text on the web; null if unknown.",
        examples=["https://www.mofa.go.jp/region/n-america/us/q&a/ref/1.html"],
    )


class InstrumentEntry(InstrumentFields, Fact):
    """An entry of instruments.yaml."""

    short_name: Text = Field(description="Its usual short name.", examples=["1960 treaty (US-Japan Security Treaty)"])
    members: tuple[Member, ...] = Field(
        default=(), description="If it stands for a series, the agreements or occasions in it.", examples=[[]]
    )


class Instrument(InstrumentEntry):
    """An instrument with its articles, which articles.yaml lists."""

    articles: tuple[Article, ...] = ()
