"""Resources as Markdown."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from sqlmodel import Session

from app.errors import InvalidInput
from app.mcp.cursors import check_page, continuation, to_offset
from app.mcp.ids import Resource, corrections_from
from app.queries import sections
from app.representations.blocks import Block, Item, Note, NoteMark, Paragraph
from app.representations.context import RenderContext
from app.representations.documents import build_document
from app.representations.documents.parts import CLOSING
from app.representations.markdown import write_markdown


class Chapter(NamedTuple):
    """A chapter of a text, by its parts, and the name of the next one, or None.

    A part is a heading or a passage, with the notes on its words.
    """

    parts: list[str]
    next: str | None


def to_markdown(resource: Resource) -> str:
    """Return a resource as its address does with `format=md`, without the links at the end."""
    return write_markdown(_blocks(resource))


def read_chapter(session: Session, resource: Resource, name: str) -> Chapter:
    """Return a chapter of a resource: the one with an empty name comes first.

    The first chapter of a guide is its table of contents, then each section is one, so that it takes a limited time to
    read one from a guide of any length. A list of corrections has chapters, too; everything else is a single one.
    Raises `InvalidInput` for a chapter that does not exist.
    """
    following = None
    match resource.kind:
        case "guide" if name:
            section = sections.section(session, resource.selected, name)
            resource = replace(resource, kind="section", content=section)
            following = section.next.slug if section.next else None
        case "guide":
            following = resource.content.contents[0].slug
        case "corrections":
            if offset := to_offset(name):
                resource = replace(resource, content=corrections_from(session, resource.selected, offset))
                check_page(offset, resource.content.items)
            following, _ = continuation(offset + len(resource.content.items), resource.content.total)
        case _ if name:
            raise InvalidInput.of(("cursor", "This text has no such part; fetch it again without a cursor."))
    return Chapter([write_markdown(part).strip() for part in _with_notes(_blocks(resource))], following)


def _blocks(resource: Resource) -> list[Block]:
    urls = resource.selected.urls
    context = RenderContext(
        path=resource.path,
        query=(),
        urls=urls,
        absolute_urls=urls,
        selected=resource.selected,
        alternates=(),
        operation="",
    )
    return [block for block in build_document(resource.content, context) if block is not CLOSING]


def _with_notes(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    blocks = list(blocks)
    notes = {block.label: block for block in blocks if isinstance(block, Note)}
    for block in blocks:
        if isinstance(block, Paragraph | Item):
            marks = dict.fromkeys(part.label for part in block.line if isinstance(part, NoteMark))
            yield [block, *(notes[label] for label in marks)]
        elif not isinstance(block, Note):
            yield [block]
