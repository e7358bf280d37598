"""Write publications as an Atom feed (RFC 4287).

An entry stands for a guide: it has the guide's address as its id, and every publication updates it. A withdrawn guide,
and the former address of a renamed one, are deleted entries (RFC 6721).
"""

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from app import schemas
from app.representations.context import RenderContext
from app.text.display import in_words, one_line

NEVER = "1970-01-01T00:00:00Z"  # when a feed without entries was updated


def render(content: schemas.PublicationPage, context: RenderContext) -> str:
    """Return a page of publications as a feed."""
    updated = max((each.at for each in content.items), default=None)
    links = {"self": context.url_with(format="atom"), "alternate": context.url, "next": content.next}
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">',
        _element("id", context.absolute_urls.at("/v1/changes")),
        _element("title", "Treaty guide: publications"),
        _element("updated", _time(updated) if updated else NEVER),
        f"<author>{_element('name', 'The editors of the treaty guide')}</author>",
        *(_link(relation, context.absolute(url)) for relation, url in links.items() if url),
        *(part for each in content.items for part in _entries(each, context)),
        "</feed>",
    ]
    return "\n".join(parts) + "\n"


def _entries(content: schemas.Publication, context: RenderContext) -> Iterator[str]:
    for slug in content.formerly:
        yield _deleted(context.absolute_urls.guide(slug), content.at, f"Renamed to {content.guide}.")
    url = context.absolute(content.url)
    if content.kind == "withdrawn":
        yield _deleted(url, content.at, content.note)
        return
    lines = [f"{in_words(content.kind).capitalize()} as revision {content.revision}.", content.note]
    yield "<entry>"
    yield _element("id", url)
    yield _element("title", content.title)
    yield _element("updated", _time(content.at))
    yield _link("alternate", url)
    if content.changes_url:
        yield _link("related", context.absolute(content.changes_url))
    yield f"<category term={quoteattr(content.kind)}/>"
    yield _element("summary", " ".join(filter(None, lines)))
    yield "</entry>"


def _deleted(url: str, at: datetime, comment: str | None) -> str:
    remark = _element("at:comment", comment) if comment else ""
    return f"<at:deleted-entry ref={quoteattr(url)} when={quoteattr(_time(at))}>{remark}</at:deleted-entry>"


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(one_line(text))}</{name}>"


def _link(relation: str, url: str) -> str:
    return f"<link rel={quoteattr(relation)} href={quoteattr(url)}/>"


def _time(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
