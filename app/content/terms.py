"""Entries of the glossary."""

from pydantic import BaseModel, Field

from app.content.fields import Fact, Slug, Text


class TermFields(BaseModel):
    """The fields of a term, in a seed file and in a response."""

    slug: Slug = Field(description="The term's name in URLs.", examples=["anpo"])
    abbreviation: Text | None = Field(
        default=None, description="Its abbreviation; null if it has none.", examples=[None]
    )
    ja: Text | None = Field(
        default=None, description="The term in Japanese; null if none is given.", examples=["安保(日米安全保障条約)"]
    )
    romaji: Text | None = Field(
        default=None,
        description="The Japanese term in Latin letters; null if none is given.",
        examples=["Anpo (Nichibei anzen hoshō jōyaku)"],
    )
    definition: Text = Field(description="What it means.", examples=["Everyday Japanese short form for …"])


class Term(TermFields, Fact):
    """An entry of terms.yaml."""

    term: Text = Field(description="The term in English.", examples=["Anpo"])
