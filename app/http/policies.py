"""Response policies of routes: formats, cache lifetime, links."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from app.formats import CONTENT_FORMATS, FORMATS, JSON, Format

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


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
