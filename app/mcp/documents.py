"""Resources as Markdown."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from sqlmodel import Session

from app.errors import InvalidInput
from app.mcp.cursors import check_page, to_offset
from app.mcp.ids import PAGE_SIZE, Found, corrections_from
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


def whole_text(found: Found) -> str:
    """Return a resource as the Markdown that its address has, without the links to other formats."""
    return write_markdown(_blocks(found))


def read_chapter(session: Session, found: Found, name: str) -> Chapter:
    """Return a chapter of a resource: the one with an empty name comes first.

    The first chapter of a guide is its table of contents, then each section is one, so that it takes a limited time to
    read one from a guide of any length. A list of corrections has chapters, too; everything else is a single one.
    Raises `InvalidInput` for a chapter that does not exist.
    """
    following = None
    match found.kind:
        case "guide" if name:
            section = sections.section(session, found.selected, name)
            found = replace(found, kind="section", content=section)
            following = section.next.slug if section.next else None
        case "guide":
            following = found.content.contents[0].slug
        case "corrections":
            offset = to_offset(name)
            found = replace(found, content=corrections_from(session, found.selected, offset)) if offset else found
            check_page(offset, found.content.items)
            following = str(offset + PAGE_SIZE) if offset + PAGE_SIZE < found.content.total else None
        case _ if name:
            raise InvalidInput.of(("cursor", "This text has no such part; fetch it again without a cursor."))
    return Chapter([write_markdown(part).strip() for part in _with_notes(_blocks(found))], following)


def _blocks(found: Found) -> list[Block]:
    urls = found.selected.urls
    context = RenderContext(
        path=found.path,
        query=(),
        urls=urls,
        absolute_urls=urls,
        selected=found.selected,
        alternates=(),
        operation="",
    )
    return [block for block in build_document(found.content, context) if block is not CLOSING]


def _with_notes(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    blocks = list(blocks)
    notes = {block.label: block for block in blocks if isinstance(block, Note)}
    for block in blocks:
        if isinstance(block, Paragraph | Item):
            marks = dict.fromkeys(part.label for part in block.line if isinstance(part, NoteMark))
            yield [block, *(notes[label] for label in marks)]
        elif not isinstance(block, Note):
            yield [block]
