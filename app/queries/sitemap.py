"""Query for the pages that a sitemap lists."""

from typing import Any, NamedTuple

from sqlmodel import Session

from app.store.engines import fetch_raw
from app.urls import URLs


class _Pages(NamedTuple):
    """SQL for pages of a kind, in their order, and for the number of them."""

    rows: str
    number: str


def _parts(kind: str, table: str, condition: str = "TRUE") -> _Pages:
    """Return SQL for the rows of a table that belong to current revisions."""
    parts = f"FROM revision CROSS JOIN {table} ON revision.id = revision_id WHERE is_current AND {condition}"
    changed_at = (
        "(SELECT published_at FROM revision AS changed"
        " WHERE changed.guide = revision.guide AND changed.name = changed_in) AS changed_at"
    )
    columns = f"revision.guide, {kind} AS kind, slug, {changed_at}"
    order = "ORDER BY revision.guide, kind, position"
    return _Pages(f"SELECT {columns} {parts} {order}", f"SELECT count(*) {parts}")


# The pages in their order. Each statement reads in the order of an index; to sort all pages at once takes a second with
# 200,000 sections.
_PAGES = (
    _Pages(
        "SELECT '' AS guide, 'front page' AS kind, '' AS slug, max(published_at) AS changed_at FROM revision"
        " WHERE is_current",
        "SELECT 1",
    ),
    _Pages(
        "SELECT guide, 'guide' AS kind, '' AS slug, published_at AS changed_at FROM revision WHERE is_current"
        " ORDER BY guide",
        "SELECT count(*) FROM revision WHERE is_current",
    ),
    _parts("'section'", "section"),
    _Pages(
        "SELECT '' AS guide, 'topic' AS kind, slug, NULL AS changed_at FROM topic"
        " JOIN revision ON revision.id = revision_id WHERE is_current GROUP BY slug ORDER BY min(position)",
        "SELECT count(DISTINCT slug) FROM topic JOIN revision ON revision.id = revision_id WHERE is_current",
    ),
    _parts("kind", "statement", "kind <> 'correction'"),
    _parts("'source'", "source"),
)
_COUNTS = f"SELECT {', '.join(f'({pages.number})' for pages in _PAGES)}"


class SitePage(NamedTuple):
    """The URL of a page, and the time of the publication that changed it last (RFC 3339, UTC)."""

    url: str
    changed_at: str | None


def pages(session: Session, urls: URLs, limit: int, offset: int = 0) -> tuple[list[SitePage], int]:
    """Return pages of the current revisions in a fixed order, and their total number."""
    found: list[SitePage] = []
    total = 0
    (counts,) = fetch_raw(session, _COUNTS, {})
    for kind, count in zip(_PAGES, counts, strict=True):
        first = max(0, offset - total)
        if first < count and len(found) < limit:
            page = {"limit": limit - len(found), "offset": first}
            rows = fetch_raw(session, f"{kind.rows} LIMIT :limit OFFSET :offset", page)
            found += [SitePage(_url(urls, row), row.changed_at) for row in rows]
        total += count
    return found, total


def _url(urls: URLs, row: Any) -> str:
    match row.kind:
        case "front page":
            return urls.at("/")
        case "guide":
            return urls.guide(row.guide)
        case "section":
            return urls.section(row.guide, row.slug)
        case "topic":
            return urls.topic(row.slug)
        case "article":
            return urls.article(*row.slug.split("/"))
        case kind:
            return urls.of(kind, row.slug)
