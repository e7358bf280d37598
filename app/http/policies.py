"""Response policies of routes: formats, cache lifetime, links."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class Format(NamedTuple):
    """A format of a resource.

    `name` is the value of `?format=`; `has_pages` says whether lists have pages in it.
    """

    name: str
    title: str
    media_type: str
    purpose: str
    has_pages: bool = True


JSON = Format("json", "JSON", "application/json", "for programs")
MARKDOWN = Format("md", "Markdown", "text/markdown", "for notebooks and language models")
HTML = Format("html", "Web page", "text/html", "for browsers")
TEXT = Format("txt", "Plain text", "text/plain", "for terminals")
JSONLD = Format("jsonld", "JSON-LD", "application/ld+json", "for linked data")
CSL_JSON = Format(
    "csl-json", "CSL-JSON", "application/vnd.citationstyles.csl+json", "for citation processors", has_pages=False
)
BIBTEX = Format("bibtex", "BibTeX", "application/x-bibtex", "for LaTeX", has_pages=False)
RIS = Format("ris", "RIS", "application/x-research-info-systems", "for reference managers", has_pages=False)
CITATION_TEXT = Format("text", "Citation text", "text/plain", "for sentences in English", has_pages=False)

# All formats. Of those that a client prefers equally, the first is chosen.
FORMATS = (JSON, CSL_JSON, BIBTEX, RIS, MARKDOWN, HTML, TEXT, CITATION_TEXT, JSONLD)
CONTENT_FORMATS = (JSON, MARKDOWN, HTML, TEXT)
CITATION_FORMATS = (CSL_JSON, BIBTEX, RIS, CITATION_TEXT)
LINKED_DATA_FORMATS = (*CONTENT_FORMATS, JSONLD)


# Values of Cache-Control, in seconds (RFC 9111, RFC 5861). Readers see a publication after a minute; for an hour, they
# get the old response while the new one is fetched. Assets change with a release. A revision never changes (RFC 8246).
CONTENT_CACHING = b"public, max-age=60, stale-while-revalidate=3600"
ASSET_CACHING = b"public, max-age=86400, stale-while-revalidate=604800"
PINNED = b"public, max-age=31536000, immutable"
NO_STORE = b"no-store"


@dataclass(frozen=True)
class ResponsePolicy:
    """The formats and `Cache-Control` of a resource: a decorator below that of the route.

    The first format is the default; without formats, there is no negotiation. With `pinnable`, the parameter `revision`
    makes a response immutable. `links` are (path, attributes) pairs for the `Link` header.
    """

    formats: tuple[Format, ...] = CONTENT_FORMATS
    cache_control: bytes = CONTENT_CACHING
    pinnable: bool = False
    links: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for a format that is not in `FORMATS`: `Accept` could not select it."""
        if unknown := set(self.formats) - set(FORMATS):
            raise ValueError(f"Add these formats to FORMATS: {unknown}")

    def __call__(self, endpoint: Endpoint) -> Endpoint:
        """Declare this policy for a route."""
        endpoint.response_policy = self  # type: ignore[attr-defined]
        return endpoint


DEFAULT_POLICY = ResponsePolicy(formats=(JSON,))  # of an unmatched path
