"""Read Markdown as renderers do, and HTML as browsers do."""

import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.tasklists import tasklists_plugin


def _with_extensions() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for plugin in (
        attrs_plugin,
        attrs_block_plugin,
        deflist_plugin,
        dollarmath_plugin,
        footnote_plugin,
        front_matter_plugin,
        tasklists_plugin,
    ):
        parser.use(plugin)
    return parser.use(container_plugin, "note")


# Parsers by what they allow.
PARSERS: dict[str, Callable[[str], str]] = {
    "html": MarkdownIt("commonmark", {"html": True}).render,
    "no html": MarkdownIt("commonmark", {"html": False}).render,
    "footnotes": MarkdownIt("commonmark", {"html": True}).use(footnote_plugin).render,
    "extensions": _with_extensions().render,
}
TAGS = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "li", "strong", "a"}
NOTE_TAGS = {"sup", "hr", "section", "ol"}  # of footnotes


class Rendered(HTMLParser):
    """The tags, attributes, links and text of HTML; the text without the references to footnotes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.text = ""
        self._is_reference = False
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self.links |= {value or "" for name, value in attributes if name in {"href", "src"}}
        self._is_reference = self._is_reference or tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        self._is_reference = self._is_reference and tag != "sup"

    def handle_data(self, data: str) -> None:
        if not self._is_reference:
            self.text += data


def squeezed(text: str) -> str:
    """Return a text without white space and control characters."""
    return "".join(char for char in text if not char.isspace() and not controls(char))


def controls(text: str) -> set[str]:
    """Return the control characters and separators of lines in a text."""
    return {char for char in text if unicodedata.category(char) in {"Cc", "Zl", "Zp"}}
