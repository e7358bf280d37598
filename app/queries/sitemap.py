"""Query for the pages that a sitemap lists."""

from typing import Any, NamedTuple

from sqlmodel import Session

from app.store.engines import fetch_raw
from app.urls import URLs


def _parts(place: int, kind: str, table: str) -> str:
    """Return SQL for the rows of a table that belong to current revisions."""
    return f"""
    SELECT {place}, revision.guide, {kind}, position, slug, (
        SELECT published_at FROM revision AS changed
        WHERE changed.guide = revision.guide AND changed.name = changed_in
    )
    FROM {table} JOIN revision ON revision.id = revision_id
    WHERE is_current"""  # noqa: S608 - of constants


_PAGES = f"""
WITH page(place, guide, kind, position, slug, changed_at) AS (
    SELECT 0, '', 'front page', 0, '', max(published_at) FROM revision WHERE is_current
    UNION ALL
    SELECT 1, guide, 'guide', 0, '', published_at FROM revision WHERE is_current
    UNION ALL {_parts(2, "'section'", "section")}
    UNION ALL
    SELECT 3, '', 'topic', min(position), slug, NULL FROM topic JOIN revision ON revision.id = revision_id
    WHERE is_current GROUP BY slug
    UNION ALL {_parts(4, "kind", "statement")} AND kind <> 'correction'
    UNION ALL {_parts(5, "'source'", "source")}
)
SELECT guide, kind, slug, changed_at, count(*) OVER () AS total FROM page
ORDER BY place, guide, kind, position, slug
LIMIT :limit OFFSET :offset
"""  # noqa: S608 - of constants


class SitePage(NamedTuple):
    """The URL of a page, and the time of the publication that changed it last (RFC 3339, UTC)."""

    url: str
    changed_at: str | None


def pages(session: Session, urls: URLs, limit: int, offset: int = 0) -> tuple[list[SitePage], int]:
    """Return pages of the current revisions in a fixed order, and their total number."""
    rows = fetch_raw(session, _PAGES, {"limit": limit, "offset": offset})
    return [SitePage(_url(urls, row), row.changed_at) for row in rows], rows[0].total if rows else 0


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
