"""Documents of guides."""

from collections.abc import Iterable, Iterator

from app import schemas
from app.representations.blocks import Block, Heading, Paragraph, fact, link
from app.representations.context import RenderContext
from app.representations.documents.parts import bullet, continued, head, page, passage_address
from app.representations.documents.sections import body, numbered
from app.text.display import size_in_words


def guide_list(content: schemas.GuidePage, context: RenderContext) -> Iterator[Block]:
    """Yield a page of guides."""
    items = (bullet(link(each.title, each.url), f": {each.summary}") for each in content.items)
    return page("Guides", context, content, items)


def whole_guide(content: schemas.WholeGuide, context: RenderContext) -> Iterator[Block]:
    """Yield a guide with all its sections.

    The note on a correction of several sections stands below the first.
    """
    yield from head(content.title, content.url)
    yield Paragraph((content.summary,))
    yield from fact("Language", content.language)
    yield from fact("Licence of the text", content.licence or "not stated by the author")
    if context.selected:
        yield from fact("Edition", context.selected.edition)
    yield from fact("Revision", f"{content.revision}, published {content.published_at:%Y-%m-%d}")
    yield Heading(2, "Contents")
    yield from _contents(content.contents)
    noted: set[str] = set()
    for section in content.sections:
        yield from head(numbered(section.number, section.title), section.url, section.level + 1)
        yield from body(section, noted)
        noted.update(correction.slug for correction in section.corrections)
    links = content.links
    parts = {
        "Corrections": links.corrections,
        "Treaties and agreements": links.instruments,
        "Timeline": links.events,
        "Glossary": links.terms,
        "Sources": links.sources,
        "Source document": links.source,
        "Revisions": links.revisions,
        "Downloads": links.downloads,
    }
    yield from continued(
        context, *(bullet(link(name, url)) for name, url in parts.items() if url), *passage_address(context)
    )


def _contents(entries: Iterable[schemas.ContentsEntry], depth: int = 0) -> Iterator[Block]:
    for entry in entries:
        words = f"{entry.words:,} word{'' if entry.words == 1 else 's'}"
        yield bullet(f"{numbered(entry.number, entry.title)} ({words})", depth=depth)
        yield from _contents(entry.children, depth + 1)


def download_list(content: schemas.DownloadPage, context: RenderContext) -> Iterator[Block]:
    """Yield a page of downloads."""
    items = (
        bullet(link(each.title, each.url), f" ({each.media_type}, {size_in_words(each.bytes)}, SHA-256 {each.sha256})")
        for each in content.items
    )
    return page("Downloads", context, content, items)
