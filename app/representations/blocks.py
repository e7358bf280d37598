"""The parts of a document: Markdown and plain text are written from them."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

# RFC 3986's reserved characters and "%", so that a valid URL is left unchanged.
_URL_CHARACTERS = ":/?#[]@!$&'()*+,;=%"
_LINKED = re.compile(r"https?://[^/?#\s]|/(?!/)", re.IGNORECASE)


class Link(NamedTuple):
    """A link; see `link`."""

    text: str
    url: str


class Strong(NamedTuple):
    """Highlighted words."""

    text: str


class PassageID(NamedTuple):
    """The id of the passage that follows."""

    id: str


class NoteMark(NamedTuple):
    """A reference to the note with the same label."""

    label: str


class Deleted(NamedTuple):
    """Words that only the earlier of two texts has."""

    text: str


class Inserted(NamedTuple):
    """Words that only the later of two texts has."""

    text: str


Inline = str | Link | Strong | PassageID | NoteMark | Deleted | Inserted
Line = tuple[Inline, ...]


class Heading(NamedTuple):
    """A heading, from level 1."""

    level: int
    text: str


class Paragraph(NamedTuple):
    """A paragraph."""

    line: Line


class Item(NamedTuple):
    """An item of a list, or of a list inside it."""

    line: Line
    depth: int = 0


class Note(NamedTuple):
    """A footnote."""

    label: str
    line: Line


Block = Heading | Paragraph | Item | Note


def link(text: str, url: str | None) -> Inline:
    """Return a link to a page of the web or a path of this service; for any other URL, the text."""
    return Link(text, percent_encoded(url)) if url and _LINKED.match(url) else text


def percent_encoded(url: str) -> str:
    """Encode the characters of a URL that RFC 3986 does not allow."""
    return quote(url, safe=_URL_CHARACTERS)


def joined(lines: Iterable[Line], separator: str = ", ") -> Line:
    """Return lines as one, with a separator between them."""
    parts: list[Inline] = []
    for line in lines:
        parts += [separator, *line] if parts else line
    return tuple(parts)


def fact(name: str, *line: Inline | None) -> list[Block]:
    """Return an item with a name and a value, or nothing if there is no value."""
    parts = tuple(part for part in line if part)
    return [Item((Strong(f"{name}:"), " ", *parts))] if parts else []
