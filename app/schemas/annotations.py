"""Corrections in the Web Annotation Data Model (https://www.w3.org/TR/annotation-model/)."""

from typing import Annotated, Literal

from pydantic import Field

from app.schemas.examples import GUIDE_URL, REVISION
from app.schemas.models import PublicModel

Context = Literal["http://www.w3.org/ns/anno.jsonld"]
CONTEXT: Context = "http://www.w3.org/ns/anno.jsonld"

_url = f"{GUIDE_URL}/annotations"
_comment = {
    "type": "TextualBody",
    "purpose": "commenting",
    "value": "The treaty is that of 1960.",
    "format": "text/plain",
    "language": "en",
}
_quote = {
    "type": "TextQuoteSelector",
    "exact": "Established in {YEAR}",
    "prefix": "ity and geopolitical stability. ",
    "suffix": ", this treaty symbolizes the end",
}
_position = {"type": "TextPositionSelector", "start": 123, "end": 144}


class TextualBody(PublicModel):
    """A text about the quote: an explanation, a replacement, or the name of a source."""

    type: Literal["TextualBody"] = Field("TextualBody", description="Always `TextualBody`.", examples=["TextualBody"])
    purpose: Literal["commenting", "editing", "describing"] = Field(
        description="`commenting`: the explanation. `editing`: the words to put in place of the quote. `describing`: a"
        " source and the place in it; the next body links the source.",
        examples=[_comment["purpose"]],
    )
    value: str = Field(description="The text.", examples=[_comment["value"]])
    format: Literal["text/plain"] = Field("text/plain", description="Always `text/plain`.", examples=["text/plain"])
    language: str = Field(description="Language of the text, as a BCP 47 tag.", examples=["en"])


class LinkedSource(PublicModel):
    """A link to a source."""

    type: Literal["SpecificResource"] = Field(
        "SpecificResource", description="Always `SpecificResource`.", examples=["SpecificResource"]
    )
    purpose: Literal["linking"] = Field("linking", description="Always `linking`.", examples=["linking"])
    source: str = Field(
        description="URL of the work on the web, or, if it is unknown, of the source in this service.",
        examples=["https://www.mofa.go.jp/region/n-america/us/q&a/ref/1.html"],
    )


class TextQuoteSelector(PublicModel):
    """The quote, with the words around it."""

    type: Literal["TextQuoteSelector"] = Field(
        "TextQuoteSelector", description="Always `TextQuoteSelector`.", examples=["TextQuoteSelector"]
    )
    exact: str = Field(description="The author's exact words.", examples=[_quote["exact"]])
    prefix: str = Field(description="The words before them, 32 characters at most.", examples=[_quote["prefix"]])
    suffix: str = Field(description="The words after them, 32 characters at most.", examples=[_quote["suffix"]])


class TextPositionSelector(PublicModel):
    """The place of the quote in Unicode code points of the passage's original text."""

    type: Literal["TextPositionSelector"] = Field(
        "TextPositionSelector", description="Always `TextPositionSelector`.", examples=["TextPositionSelector"]
    )
    start: int = Field(description="Offset of the first character, from 0.", examples=[_position["start"]])
    end: int = Field(description="Offset after the last character.", examples=[_position["end"]])


class AnnotationTarget(PublicModel):
    """A quote in a passage."""

    source: str = Field(
        description="URL of the passage in the original edition of a revision, whose text never changes.",
        examples=[f"{GUIDE_URL}/passages/significance.1?edition=original&revision={REVISION}"],
    )
    selector: list[Annotated[TextQuoteSelector | TextPositionSelector, Field(discriminator="type")]] = Field(
        description="The quote, and its position: two ways to find the same words.", examples=[[_quote, _position]]
    )


class Annotation(PublicModel):
    """A correction as a Web Annotation of the original text."""

    context: Context = Field(
        CONTEXT, serialization_alias="@context", description="The JSON-LD context.", examples=[CONTEXT]
    )
    id: str = Field(description="URL of this annotation.", examples=[f"{_url}/year-placeholder"])
    type: Literal["Annotation"] = Field("Annotation", description="Always `Annotation`.", examples=["Annotation"])
    motivation: Literal["commenting", "editing"] = Field(
        description="`editing` if the correction has a replacement, otherwise `commenting`.", examples=["editing"]
    )
    body: list[Annotated[TextualBody | LinkedSource, Field(discriminator="type")]] = Field(
        description="The explanation, the replacement if there is one, and the sources.", examples=[[_comment]]
    )
    target: list[AnnotationTarget] = Field(description="The quotes that the correction is about, its own quote first.")


class AnnotationCollection(PublicModel):
    """All annotations that the filters select."""

    id: str = Field(description="URL of the collection. It leads to the first page.", examples=[f"{_url}#collection"])
    type: Literal["AnnotationCollection"] = Field(
        "AnnotationCollection", description="Always `AnnotationCollection`.", examples=["AnnotationCollection"]
    )
    label: str = Field(
        description="Name of the collection.",
        examples=["Corrections of “The Definitive Guide to the US-Japan Security Treaty”"],
    )
    total: int = Field(description="Number of annotations on all pages.", examples=[51])
    first: str = Field(description="URL of the first page.", examples=[_url])


class AnnotationPage(PublicModel):
    """A page of the corrections of a guide as Web Annotations."""

    context: Context = Field(
        CONTEXT, serialization_alias="@context", description="The JSON-LD context.", examples=[CONTEXT]
    )
    id: str = Field(description="URL of this page.", examples=[_url])
    type: Literal["AnnotationPage"] = Field(
        "AnnotationPage", description="Always `AnnotationPage`.", examples=["AnnotationPage"]
    )
    part_of: AnnotationCollection = Field(
        serialization_alias="partOf", description="The collection that the page belongs to."
    )
    start_index: int = Field(
        serialization_alias="startIndex",
        description="Position of the page's first annotation in the collection, from 0.",
        examples=[0],
    )
    items: list[Annotation] = Field(description="The annotations on this page, in the order of the corrections.")
    next: str | None = Field(
        description="URL of the next page; null on the last page.", examples=[f"{_url}?cursor=MjA"]
    )
    prev: str | None = Field(description="URL of the previous page; null on the first page.", examples=[None])
