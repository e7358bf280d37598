"""The elements that a page repeats most often: as macros of Jinja, they would take several times as long."""

# ruff: noqa: S704 - every part that is not HTML is escaped

from collections.abc import Iterable
from typing import Protocol

from markupsafe import Markup, escape

from app.content.fields import Confidence
from app.representations.citations.sentence import written_date
from app.schemas import SourceLink
from app.text.display import in_words


class Titled(Protocol):
    """A resource, or a link to one."""

    @property
    def title(self) -> str:
        """Its display name."""

    @property
    def url(self) -> str:
        """Its address."""


def is_web_url(text: str | None) -> bool:
    """Return whether a text is a link that a page may contain: `javascript:` must not run."""
    return text is not None and text.startswith(("http://", "https://"))


def date(value: str) -> Markup:
    """Return a date as precise as it is known: 1986, 1960-01 or 1960-01-19."""
    return Markup(f'<time datetime="{escape(value)}">{escape(written_date(value))}</time>')


def link(item: Titled, lang: Markup) -> Markup:
    """Return a link to a resource, whose title is in the language of the attribute `lang`."""
    return Markup(f'<a href="{escape(item.url)}"><bdi{lang}>{escape(item.title)}</bdi></a>')


def link_list(items: Iterable[Titled], lang: Markup) -> Markup:
    """Return a list of links to resources, or nothing."""
    return _list(link(item, lang) for item in items)


def source_list(sources: Iterable[SourceLink], lang: Markup) -> Markup:
    """Return a list of sources, or nothing: a title leads to this service, “on the web” to the work."""
    return _list(_source(source, lang) for source in sources)


def _source(source: SourceLink, lang: Markup) -> str:
    parts = [link(source, lang)]
    if source.pinpoint:
        parts.append(Markup(f", <bdi{lang}>{escape(source.pinpoint)}</bdi>"))
    if source.link and is_web_url(source.link):
        address, label = escape(source.link), escape(source.title)
        parts.append(Markup(f' (<a href="{address}" rel="external" aria-label="{label} on the web">on the web</a>)'))
    return "".join(parts)


def _list(items: Iterable[str]) -> Markup:
    lines = [f"<li>{item}</li>\n" for item in items]
    return Markup(f"<ul>\n{''.join(lines)}</ul>\n" if lines else "")


def doubt(confidence: Confidence) -> Markup:
    """Return a remark on a fact that is not wholly checked."""
    if confidence == "checked":
        return Markup()
    return Markup(f' <span class="confidence">{in_words(confidence).capitalize()}</span>')
