"""Put the pages of a book together (https://www.w3.org/TR/epub-33)."""

import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import FileSystemLoader

from app.downloads.archives import zip_files
from app.downloads.epub.passages import marked
from app.downloads.guide_content import GuideContent
from app.downloads.tables import timestamp
from app.representations.blocks import percent_encoded
from app.representations.html.environment import TEMPLATES_FOLDER
from app.representations.html.environment import environment as web_pages
from app.representations.html.words import PAGE_LANG, PAGE_LANGUAGE, lang_attribute

MEDIA_TYPE = b"application/epub+zip"
FOLDER = "EPUB"
STYLESHEET = "book.css"
CONTAINER = b"""\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

# Characters that XML does not allow (https://www.w3.org/TR/xml/#charsets).
_not_in_xml = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_service_link = re.compile(r'(?<= href=")(/[^"?]*)[^"]*(?=")')
_templates = Path(__file__).parent / "templates"
_environment = web_pages.overlay(loader=FileSystemLoader([_templates, TEMPLATES_FOLDER]))
_environment.filters = {**web_pages.filters, "marked": marked, "web_address": percent_encoded}


@dataclass(frozen=True)
class Page:
    """A page of the book: its file, its title, and the template that writes it."""

    file: str
    title: str
    template: str
    arguments: Mapping[str, object]


def epub(content: GuideContent) -> bytes:
    """Return the book, whose bytes depend on the content alone."""
    sections = [
        Page(f"section-{section.slug}.xhtml", section.title, "section.xhtml", {"section": section})
        for section in content.sections
    ]
    appendices = list(_appendices(content))
    front = Page("title.xhtml", content.guide.title, "title_page.xhtml", {})
    contents = Page("contents.xhtml", "Contents", "contents.xhtml", {"appendices": appendices})
    pages = [front, contents, *sections, *appendices]
    render = _renderer(content)
    files = {page.file: render(page) for page in pages}
    files["package.opf"] = render(Page("package.opf", "", "package.opf", {"pages": pages}))
    files[STYLESHEET] = (_templates / STYLESHEET).read_text(encoding="utf-8")
    return zip_files(
        [
            ("mimetype", MEDIA_TYPE),
            ("META-INF/container.xml", CONTAINER),
            *((f"{FOLDER}/{name}", text.encode()) for name, text in files.items()),
        ],
        stored=["mimetype"],
    )


def _appendices(content: GuideContent) -> Iterator[Page]:
    """Yield the pages after the text, without those that would be empty."""
    facts = content.facts
    applied = [correction for correction in content.corrections if correction.status == "applied"]
    if applied:
        yield Page(
            "differences.xhtml", "Differences between the editions", "differences.xhtml", {"corrections": applied}
        )
    if facts.events:
        yield Page("timeline.xhtml", "Timeline", "timeline.xhtml", {"events": facts.events})
    if facts.instruments:
        yield Page("treaties.xhtml", "Treaties and agreements", "treaties.xhtml", {"instruments": facts.instruments})
    if facts.terms:
        yield Page("glossary.xhtml", "Glossary", "glossary.xhtml", {"terms": facts.terms})
    if facts.sources:
        yield Page("sources.xhtml", "Sources", "sources.xhtml", {"sources": facts.sources})


def _renderer(content: GuideContent) -> Callable[[Page], str]:
    """Return a function that writes pages, with links to other pages in place of those to the service."""
    guide = content.guide
    places = _places(content)
    shared = {
        "guide": guide,
        "titles": {section.slug: section.title for section in content.sections},
        "edition": content.edition,
        "identifier": uuid.uuid5(uuid.NAMESPACE_URL, f"{guide.url}#{content.edition}"),
        "published": timestamp(guide.published_at.replace(microsecond=0)),
        "page_language": PAGE_LANGUAGE,
        "guide_lang": lang_attribute(guide.language),
        "page_lang": PAGE_LANG if guide.language != PAGE_LANGUAGE else "",
    }

    def render(page: Page) -> str:
        text = _environment.get_template(page.template).render(page=page, **shared, **page.arguments)
        text = _service_link.sub(lambda link: places[link[1]], text)
        return _not_in_xml.sub("\N{REPLACEMENT CHARACTER}", text)

    return render


def _places(content: GuideContent) -> dict[str, str]:
    """Return the place of each resource in the book by its path in the service."""
    facts = content.facts
    places: dict[str, str] = {}

    def put(item: Any, place: str) -> None:
        places[urlsplit(item.url).path] = place

    put(content.guide, "title.xhtml")
    for section in content.sections:
        put(section, f"section-{section.slug}.xhtml")
        for passage in section.passages:
            put(passage, f"section-{section.slug}.xhtml#passage.{passage.id}")
    for correction in content.corrections:
        put(correction, f"section-{correction.section}.xhtml#note.{correction.section}.{correction.slug}")
    for instrument in facts.instruments:
        put(instrument, f"treaties.xhtml#instrument-{instrument.slug}")
        for article in instrument.articles:
            put(article, f"treaties.xhtml#article-{instrument.slug}-{article.slug}")
    for event in facts.events:
        put(event, f"timeline.xhtml#event-{event.slug}")
    for term in facts.terms:
        put(term, f"glossary.xhtml#term-{term.slug}")
    for source in facts.sources:
        put(source, f"sources.xhtml#source-{source.slug}")
    return places
