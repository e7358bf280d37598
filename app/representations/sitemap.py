"""Write sitemaps (https://www.sitemaps.org/protocol.html)."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from app.queries.sitemap import SitePage

MAX_URLS = 10_000  # in a file; the protocol allows 50,000, but such a file is too large for the response cache

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_QUOTES = {"'": "&apos;", '"': "&quot;"}


def sitemap(pages: Iterable[SitePage]) -> str:
    """Return a sitemap of pages."""
    return _document("urlset", (_entry("url", page.url, page.changed_at) for page in pages))


def sitemap_index(urls: Iterable[str]) -> str:
    """Return a sitemap index: the URLs of sitemaps."""
    return _document("sitemapindex", (_entry("sitemap", url) for url in urls))


def _document(name: str, entries: Iterable[str]) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{_NAMESPACE}">\n{"".join(entries)}</{name}>\n'


def _entry(name: str, url: str, changed_at: str | None = None) -> str:
    changed = f"<lastmod>{changed_at}</lastmod>" if changed_at else ""
    return f"<{name}><loc>{escape(url, _QUOTES)}</loc>{changed}</{name}>\n"
