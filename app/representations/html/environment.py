"""The Jinja environment of the web pages: what every template can use."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.representations.citations.sentence import written_date
from app.representations.context import RenderContext
from app.representations.html import passages, words
from app.representations.html.assets import ASSETS
from app.representations.html.citations import cite_guide, cite_passage, cite_section
from app.representations.html.timeline import NARROW_WIDTH, WIDE_WIDTH, lay_out_timeline
from app.representations.jsonld import script_content, structured_data
from app.representations.page_metadata import description, open_graph_type
from app.text.editions import Edition

SITE_NAME = "Treaty guide"
NAVIGATION: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("Guides", "/v1/guides", {}),
    ("Topics", "/v1/topics", {}),
    ("Timeline", "/v1/events", {"limit": "100"}),
    ("Glossary", "/v1/terms", {"limit": "100"}),
    ("Treaties", "/v1/instruments", {"limit": "100"}),
    ("Sources", "/v1/sources", {}),
)
MOST_CHAPTERS = 20  # of a guide in a list of guides
FORMAT_NAMES = {
    "json": "JSON",
    "md": "Markdown",
    "html": "Web page",
    "txt": "Plain text",
    "jsonld": "JSON-LD",
    "csl-json": "CSL-JSON",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "text": "References",
}


def is_web_url(text: str | None) -> bool:
    """Return whether a text is a link that a page may contain: `javascript:` must not run."""
    return text is not None and text.startswith(("http://", "https://"))


def correction_url(context: RenderContext, guide: str, edition: Edition) -> Callable[[str], str]:
    """Return a function from the slug of a guide's correction to its URL in an edition."""
    return partial(replace(context.urls, edition=edition).correction, guide)


environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
environment.filters.update(
    blocks=passages.blocks,
    elsewhere=passages.elsewhere,
    notes=passages.notes,
    script_content=script_content,
    with_links=passages.with_links,
    with_notes=passages.with_notes,
    written_date=written_date,
)
environment.tests["web_url"] = is_web_url
environment.globals.update(
    site_name=SITE_NAME,
    most_chapters=MOST_CHAPTERS,
    navigation=NAVIGATION,
    format_names=FORMAT_NAMES,
    assets=ASSETS,
    correction_url=correction_url,
    description=description,
    open_graph_type=open_graph_type,
    structured_data=structured_data,
    cite_guide=cite_guide,
    cite_passage=cite_passage,
    cite_section=cite_section,
)

# What the pages of facts, sources and search results use.
environment.filters.update(
    in_words=words.in_words,
    short_form=words.short_form,
    article_name=words.article_name,
    author_name=words.author_name,
    by_letter=words.by_letter,
)
environment.globals.update(
    lay_out_timeline=lay_out_timeline,
    narrow_width=NARROW_WIDTH,
    wide_width=WIDE_WIDTH,
    category_names=words.CATEGORY_NAMES,
    legal_character_names=words.LEGAL_CHARACTER_NAMES,
    confidence_words=words.CONFIDENCE_WORDS,
    source_words=words.SOURCE_WORDS,
    filter_names=words.FILTER_NAMES,
    citation_formats=words.CITATION_FORMATS,
)
