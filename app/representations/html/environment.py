"""The Jinja environment of the web pages: what every template can use."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.formats import CITATION_FORMATS
from app.representations.changed_fields import change_name, changed_fields, former_name
from app.representations.citations.sentence import written_date
from app.representations.html import elements, passages, words
from app.representations.html.assets import ASSETS
from app.representations.html.citations import cite_guide, cite_passage, cite_section
from app.representations.html.timeline import NARROW_WIDTH, WIDE_WIDTH, lay_out_timeline
from app.representations.jsonld import script_content, structured_data
from app.representations.page_metadata import description, open_graph_type
from app.text.display import in_words, size_in_words

TEMPLATES_FOLDER = Path(__file__).parent / "templates"
SITE_NAME = "Treaty guide"
NAVIGATION: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("Guides", "/v1/guides", {}),
    ("Topics", "/v1/topics", {}),
    ("Timeline", "/v1/events", {"limit": "100"}),
    ("Glossary", "/v1/terms", {"limit": "100"}),
    ("Treaties", "/v1/instruments", {"limit": "100"}),
    ("Sources", "/v1/sources", {}),
    ("Changes", "/v1/changes", {}),
)
MOST_CHAPTERS = 20  # of a guide in a list of guides


environment = Environment(
    loader=FileSystemLoader(TEMPLATES_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
environment.filters.update(
    article_name=words.article_name,
    blocks=passages.blocks,
    by_letter=words.by_letter,
    change_name=change_name,
    changed_fields=changed_fields,
    correction_kind=words.correction_kind,
    counted=words.counted,
    date=elements.date,
    doubt=elements.doubt,
    elsewhere=passages.elsewhere,
    former_name=former_name,
    in_words=in_words,
    link=elements.link,
    link_list=elements.link_list,
    notes=passages.notes,
    reference=passages.reference,
    script_content=script_content,
    size_in_words=size_in_words,
    source_list=elements.source_list,
    with_links=passages.with_links,
    with_notes=passages.with_notes,
    written_date=written_date,
)
environment.tests["web_url"] = elements.is_web_url
environment.globals.update(
    assets=ASSETS,
    category_names=words.CATEGORY_NAMES,
    citation_formats=CITATION_FORMATS,
    cite_guide=cite_guide,
    cite_passage=cite_passage,
    cite_section=cite_section,
    confidence_words=words.CONFIDENCE_WORDS,
    description=description,
    filter_names=words.FILTER_NAMES,
    lang_attribute=words.lang_attribute,
    lay_out_timeline=lay_out_timeline,
    legal_character_names=words.LEGAL_CHARACTER_NAMES,
    most_chapters=MOST_CHAPTERS,
    narrow_width=NARROW_WIDTH,
    navigation=NAVIGATION,
    open_graph_type=open_graph_type,
    site_name=SITE_NAME,
    source_words=words.SOURCE_WORDS,
    status_names=words.STATUS_NAMES,
    structured_data=structured_data,
    wide_width=WIDE_WIDTH,
)
