"""The request for a representation."""

from dataclasses import dataclass
from typing import NamedTuple

from app.formats import Format
from app.queries.selected_revisions import SelectedRevision
from app.urls import URLs, canonical_url


class Alternate(NamedTuple):
    """Another format of the same resource, and its URL there."""

    format: Format
    url: str


@dataclass(frozen=True)
class RenderContext:
    """The address, guide and other formats that a representation shows besides the content.

    `query` has the parameters as they were sent, without `format`. `urls` and `absolute_urls` keep the revision and the
    edition of the request; the latter are for what is read elsewhere, such as citations. `selected` is None for content
    of several guides. `operation` is the place in Swagger UI, such as `Sections/get_section`.
    """

    path: str
    query: tuple[tuple[str, str], ...]
    urls: URLs
    absolute_urls: URLs
    selected: SelectedRevision | None
    alternates: tuple[Alternate, ...]
    operation: str

    @property
    def url(self) -> str:
        """URL of the resource as it was requested, without `format`."""
        return self.url_with()

    @property
    def canonical_url(self) -> str:
        """Absolute URL that search engines and references use."""
        return self.absolute_urls.at(canonical_url(self.path, self.query))

    def absolute(self, url: str) -> str:
        """Absolute form of a URL of this service."""
        return self.absolute_urls.at(url) if url.startswith("/") else url

    def url_with(self, **parameters: str | None) -> str:
        """URL of this resource with other parameters; None removes a parameter."""
        query = {name: value for name, value in (dict(self.query) | parameters).items() if value is not None}
        return self.urls.at(canonical_url(self.path, query.items()))
