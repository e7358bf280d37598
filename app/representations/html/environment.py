"""The Jinja environment of the web pages: what every template can use."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.representations.citations.sentence import written_date
from app.representations.html.assets import ASSETS

SITE_NAME = "Treaty guide"
NAVIGATION: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("Guides", "/v1/guides", {}),
    ("Topics", "/v1/topics", {}),
    ("Timeline", "/v1/events", {"limit": "100"}),
    ("Glossary", "/v1/terms", {"limit": "100"}),
    ("Treaties", "/v1/instruments", {"limit": "100"}),
    ("Sources", "/v1/sources", {}),
)
FORMAT_NAMES = {"json": "JSON", "md": "Markdown", "html": "Web page", "txt": "Plain text", "jsonld": "JSON-LD"}


def is_web_url(text: str | None) -> bool:
    """Return whether a text is a link that a page may contain: `javascript:` must not run."""
    return text is not None and text.startswith(("http://", "https://"))


environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
environment.filters["written_date"] = written_date
environment.tests["web_url"] = is_web_url
environment.globals.update(site_name=SITE_NAME, navigation=NAVIGATION, format_names=FORMAT_NAMES, assets=ASSETS)
