"""The tool `contents`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from pydantic import BaseModel, Field
from sqlmodel import Session

from app import schemas
from app.mcp.arguments import Arguments, Cursor, EmptyIsNone, slug
from app.mcp.cursors import check_page, continuation, to_offset
from app.mcp.ids import to_id
from app.mcp.results import Result, clip, fill
from app.mcp.tool import Tool
from app.queries import guides
from app.queries.selected_revisions import select_revision
from app.urls import URLs

PAGE_SIZE = 100  # guides, or sections


class ContentsArguments(Arguments):
    """What to list."""

    guide: Annotated[str | None, EmptyIsNone] = slug("Slug of a guide; leave it out to list the guides.")
    cursor: Annotated[Cursor, EmptyIsNone] = None


class Entry(BaseModel):
    """A section, or a guide if no guide was named."""

    id: str = Field(description="Pass it to `fetch` to read it.")
    title: str = Field(description="Title, with the number of the section.")
    url: str = Field(description="URL to cite.")
    level: int = Field(description="0 for a guide, 1 for a section at the top level, 2 for its subsections.")
    words: int = Field(description="Number of words, of a section without its subsections.")


class Contents(Result):
    """The sections of a guide in reading order, or the guides by slug."""

    guide: str | None = Field(description="Slug of the guide; null for the list of guides.")
    title: str = Field(description="Title of the guide, or of the list.")
    entries: list[Entry]


def contents(session: Session, urls: URLs, arguments: ContentsArguments) -> Contents:
    """Return the sections of a guide with their lengths, or the guides."""
    offset = to_offset(arguments.cursor)
    if arguments.guide is None:
        found, total = guides.guides(session, urls, PAGE_SIZE, offset)
        title, entries = "Guides", [_guide_entry(guide, urls) for guide in found]
    else:
        guide = guides.guide(session, select_revision(session, urls, arguments.guide))
        title, sections = guide.title, list(_section_entries(guide.contents, urls))
        total, entries = len(sections), sections[offset : offset + PAGE_SIZE]
    check_page(offset, entries)

    def build(shown: Sequence[Entry]) -> Contents:
        cursor, notice = continuation(offset + len(shown), total)
        return Contents(
            guide=arguments.guide, title=clip(title), entries=list(shown), next_cursor=cursor, notice=notice
        )

    return fill(entries, build)


def _guide_entry(guide: schemas.Guide, urls: URLs) -> Entry:
    words = sum(entry.words for entry in _section_entries(guide.contents, urls))
    return Entry(id=to_id(guide.url, urls), title=clip(guide.title), url=guide.url, level=0, words=words)


def _section_entries(entries: Iterable[schemas.ContentsEntry], urls: URLs, level: int = 1) -> Iterator[Entry]:
    for entry in entries:
        title = f"{entry.number} {entry.title}" if entry.number else entry.title
        yield Entry(id=to_id(entry.url, urls), title=clip(title), url=entry.url, level=level, words=entry.words)
        yield from _section_entries(entry.children, urls, level + 1)


TOOL = Tool(
    "contents",
    "List the guides, or the sections of one",
    "Without a guide, list the guides. With the slug of a guide, list its sections with their numbers of words, to"
    " decide what to `fetch`.",
    ContentsArguments,
    Contents,
    contents,
)
