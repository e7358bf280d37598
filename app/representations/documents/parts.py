"""Parts of all documents: the head, the pages of a list, and the links to continue."""

from collections.abc import Iterable, Iterator
from typing import Any

from app import schemas
from app.representations.blocks import Block, Heading, Inline, Item, Line, Paragraph, fact, joined, link
from app.representations.context import RenderContext

# Parameters that select no items of a list.
_UNFILTERED = {"cursor", "edition", "limit", "q", "revision"}

CLOSING = Paragraph(
    (
        "Links lead to the format that your client accepts. Add format=md or format=txt to the query of an address for"
        " Markdown or plain text.",
    )
)


def head(title: str, url: str, level: int = 1) -> Iterator[Block]:
    """Yield a title and the address."""
    yield Heading(level, title)
    yield Paragraph((link(url, url),))


def continued(context: RenderContext, *links: Block) -> Iterator[Block]:
    """Yield the last part of a document: links, and the other formats."""
    yield Heading(2, "Continue")
    yield from links
    formats = ((link(format_.title, url),) for format_, url in context.alternates)
    yield from fact("Other formats", *joined(formats))
    yield CLOSING


def guide_link(context: RenderContext) -> list[Block]:
    """Return a link to the guide that was read, if it is one."""
    selected = context.selected
    return fact("Guide", link(selected.title, context.urls.guide(selected.guide))) if selected else []


def passage_address(context: RenderContext) -> list[Block]:
    """Return the address of a passage, for an id in the text."""
    selected = context.selected
    return fact("Address of a passage", context.urls.passage(selected.guide, "ID")) if selected else []


def reading(context: RenderContext, changed_in: str | None = None) -> Line:
    """Return the guide, the edition, and the revision: the requested one or the one in which the content last changed.

    The current revision of the guide would change the document with each publication, whatever it changes.
    """
    if not (selected := context.selected):
        return ()
    revision = context.urls.revision or changed_in
    named = f", revision {revision}" if revision else ""
    return selected.title, f", {selected.edition} edition{named}."


def page(
    title: str, context: RenderContext, content: schemas.Page[Any], items: Iterable[Block], *links: Block
) -> Iterator[Block]:
    """Yield a page of a list: its size and filters, the items, and links to the other pages."""
    yield from head(title, context.url)
    filters = [f"{name}={value}" for name, value in context.query if name not in _UNFILTERED]
    selected_by = f", selected by {', '.join(filters)}" if filters else ""
    shown = len(content.items)
    number = f"{shown} of {content.total}" if shown < content.total else f"{content.total} in all"
    yield Paragraph((f"{number}{selected_by}. ", *reading(context)))
    yield from items
    yield from continued(
        context,
        *fact("Next page", *_own(content.next)),
        *fact("Previous page", *_own(content.previous)),
        *links,
        *guide_link(context),
    )


def _own(url: str | None) -> Line:
    return (link(url, url),) if url else ()


def linked(links: Iterable[Any]) -> Line:
    """Return links to resources with a `title` and a `url`."""
    return joined((link(each.title, each.url),) for each in links)


def sources(cited: Iterable[schemas.SourceLink]) -> Line:
    """Return the titles of works with their places; each leads to the work, or to its page here."""
    return joined(
        ((link(each.title, each.link or each.url), f", {each.pinpoint}" if each.pinpoint else "") for each in cited),
        "; ",
    )


def quotation(text: str) -> Line:
    """Return a text in quotation marks, which its direction does not affect."""
    return "“", text, "”"


def bullet(*line: Inline | None, depth: int = 0) -> Item:
    """Return an item of a list, without the parts that are missing."""
    return Item(tuple(part for part in line if part), depth)
