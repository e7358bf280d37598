"""The tool `fetch`."""

from typing import Annotated

from pydantic import BaseModel, Field
from sqlmodel import Session

from app.mcp.arguments import Arguments, EmptyIsNone
from app.mcp.documents import read_chapter
from app.mcp.ids import Resource, find_resource, to_id
from app.mcp.results import Result, clip, fits
from app.mcp.text_pages import TextPage, cut_page
from app.mcp.tool import Tool
from app.urls import URLs

CONTINUE = "The text continues: fetch the same id with this next_cursor as cursor."
SECTIONS = "Fetch a section by its id, which `contents` lists; or all of them one after the other by next_cursor."


class FetchArguments(Arguments):
    """What to read."""

    id: str = Field(
        description="An id from another result, such as `guides/{guide}/sections/{section}`, `instruments/{instrument}`"
        " or `guides/{guide}/corrections` for all that is wrong in a guide; or a URL of this service. Add"
        " `?edition=original` for the author's words.",
        min_length=1,
        max_length=500,
    )
    cursor: Annotated[
        str | None,
        EmptyIsNone,
        Field(max_length=140, description="The `next_cursor` of the previous result, to continue the same id."),
    ] = None


class Metadata(BaseModel):
    """What the text belongs to."""

    kind: str = Field(description="Kind of the resource.")
    guide: str = Field(description="Title of the guide.")
    edition: str = Field(description="`corrected` (the default), or `original`: the author's words.")
    revision: str = Field(description="Revision of the guide that was read. Cite it: it never changes.")
    language: str = Field(description="Language of the guide, as a BCP 47 tag.")


class Document(Result):
    """A text, or a part of it."""

    id: str = Field(description="The id that was requested, in its usual form.")
    title: str = Field(description="Title.")
    text: str = Field(
        description="Markdown. The id of each passage stands before it; footnotes are corrections to the words before"
        " their marks."
    )
    url: str = Field(description="URL to cite.")
    metadata: Metadata


def fetch(session: Session, urls: URLs, arguments: FetchArguments) -> Document:
    """Return a resource as Markdown, from the cursor on as far as it fits."""
    resource = find_resource(session, urls, arguments.id)

    def build(page: TextPage) -> Document:
        return _document(resource, page, urls)

    page = cut_page(
        lambda name: read_chapter(session, resource, name), arguments.cursor, lambda page: fits(build(page))
    )
    return build(page)


def _document(resource: Resource, page: TextPage, urls: URLs) -> Document:
    selected = resource.selected
    return Document(
        id=to_id(resource.url, urls),
        title=clip(resource.title),
        text=page.text,
        url=resource.url,
        metadata=Metadata(
            kind=resource.kind,
            guide=clip(selected.title),
            edition=selected.edition,
            revision=selected.revision,
            language=selected.language,
        ),
        next_cursor=page.next_cursor,
        notice=(SECTIONS if resource.kind == "guide" else CONTINUE) if page.next_cursor else None,
    )


TOOL = Tool(
    "fetch",
    "Read from the guides",
    "Read a guide, a section, a passage, a correction, a treaty, an article, an event, a term or a source as Markdown."
    " Corrections to the words stand in footnotes. Quote exactly, and check with `verify_quotations`.",
    FetchArguments,
    Document,
    fetch,
)
