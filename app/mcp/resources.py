"""Resources: guides and sections as Markdown, at the URLs of their Markdown."""

from collections.abc import Iterable
from dataclasses import replace

import mcp_types as types
from sqlmodel import Session

from app import schemas
from app.errors import NotFound
from app.formats import MARKDOWN
from app.mcp.cursors import check_page, continuation, to_offset
from app.mcp.documents import to_markdown
from app.mcp.ids import find_resource
from app.queries import guides
from app.queries.whole_guide import whole_guide
from app.urls import URLs

PAGE_SIZE = 100
MAX_WORDS = 30_000  # of a guide that is read as a whole
KINDS = {"guide", "section"}


def list_resources(session: Session, urls: URLs, cursor: str | None) -> types.ListResourcesResult:
    """Return a page of the guides."""
    offset = to_offset(cursor)
    found, total = guides.guides(session, urls, PAGE_SIZE, offset)
    check_page(offset, found)
    cursor, _ = continuation(offset + len(found), total)
    return types.ListResourcesResult(
        resources=[
            types.Resource(
                uri=_address(urls.guide(guide.slug)),
                name=guide.slug,
                title=guide.title,
                description=guide.summary,
                mime_type=MARKDOWN.media_type,
            )
            for guide in found
        ],
        next_cursor=cursor,
    )


def templates(urls: URLs) -> types.ListResourceTemplatesResult:
    """Return the templates of the resources."""
    addresses = {
        "guide": ("Guide", "A whole guide with its corrections.", urls.guide("{guide}")),
        "section": ("Section", "A section of a guide with its corrections.", urls.section("{guide}", "{section}")),
    }
    return types.ListResourceTemplatesResult(
        resource_templates=[
            types.ResourceTemplate(
                uri_template=_address(url), name=name, title=title, description=text, mime_type=MARKDOWN.media_type
            )
            for name, (title, text, url) in addresses.items()
        ]
    )


def read_resource(session: Session, urls: URLs, uri: str) -> types.ReadResourceResult:
    """Return a guide or section as Markdown; of a very long guide, its table of contents.

    Raises `NotFound` for any other URI.
    """
    resource = find_resource(session, urls, uri)
    if resource.kind == "guide" and _words(resource.content.contents) <= MAX_WORDS:
        resource = replace(resource, content=whole_guide(session, resource.selected))
    elif resource.kind not in KINDS:
        raise NotFound("Only guides and sections are resources; read everything else with the tool `fetch`.")
    contents = types.TextResourceContents(uri=uri, mime_type=MARKDOWN.media_type, text=to_markdown(resource))
    return types.ReadResourceResult(contents=[contents])


def _words(entries: Iterable[schemas.ContentsEntry]) -> int:
    return sum(entry.words + _words(entry.children) for entry in entries)


def _address(url: str) -> str:
    return f"{url}?format={MARKDOWN.name}"
