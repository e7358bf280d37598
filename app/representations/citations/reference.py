"""A reference, from which each format is written."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from app.content.sources import Author, SourceType

# RFC 3986's reserved characters and "%", so that a URL is left unchanged; but ";" separates two URLs in RIS.
URL_CHARACTERS = ":/?#[]@!$&'()*+,=%"

# Control characters that are not white space, and surrogates.
_NOT_PRINTED = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Reference:
    """A cited work or part of one.

    `key` is ASCII, `type` from the CSL vocabulary, `language` a BCP 47 tag and `date` as precise as known: `1986`.
    `notes` are remarks for readers. `record` says where this service has the work, in which revision of which guide.
    """

    key: str
    type: SourceType
    title: str
    language: str
    authors: tuple[Author, ...] = ()
    container: str | None = None
    publisher: str | None = None
    locator: str | None = None
    edition: str | None = None
    number: str | None = None
    version: str | None = None
    date: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()
    record: str | None = None


def plain(text: str) -> str:
    """Collapse white space to single spaces and remove control characters and surrogates."""
    return " ".join(_NOT_PRINTED.sub("", text).split())


def safe_url(url: str) -> str:
    """Percent-encode characters that are not allowed in a URI, such as braces."""
    return quote(url, safe=URL_CHARACTERS)


def remarks(reference: Reference) -> str:
    """Return the locator and the notes as one note, which every reference manager keeps."""
    return "; ".join(filter(None, (reference.locator, *reference.notes)))


def date_parts(date: str) -> list[int]:
    """Return the year, and the month and day if they are known."""
    return [int(part) for part in date.split("-")]
