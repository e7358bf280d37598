"""URLs of all resources."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

DEFAULT_LIMIT = 20  # items per page
_DEFAULTS = {("edition", "corrected"), ("kind", "section"), ("limit", str(DEFAULT_LIMIT))}


def canonical_url(path: str, query: Iterable[tuple[str, str]]) -> str:
    """Return a path with its query parameters sorted, without those that have their default."""
    parameters = urlencode(sorted(parameter for parameter in query if parameter not in _DEFAULTS))
    return f"{quote(path)}?{parameters}" if parameters else quote(path)


@dataclass(frozen=True)
class URLs:
    """Links for bodies and headers: path-absolute, or absolute under `public_url`.

    Links name no revision, so that a revision has the same bytes whether it is read as the current one or by name. Only
    permanent references name one: see `pinned_to`.
    """

    public_url: str = ""
    pinned_revision: str | None = None

    def pinned_to(self, revision: str) -> "URLs":
        """Return URLs that name a revision of the guide, for references that must never change."""
        return replace(self, pinned_revision=revision)

    def at(self, path: str, **query: str) -> str:
        """URL of a path, such as `/docs`."""
        return f"{self.public_url}{path}?{urlencode(query)}" if query else self.public_url + path

    def of(self, kind: str, slug: str) -> str:
        """URL of a topic, an instrument, an event, a term or a source."""
        return self.at(f"/v1/{kind}s/{slug}")

    def article(self, instrument: str, article: str) -> str:
        """URL of an article of an instrument."""
        return self.at(f"/v1/instruments/{instrument}/articles/{article}")

    def guide(self, guide: str, path: str = "", **query: str) -> str:
        """URL of a guide, or of a path below it, such as `/sections`."""
        if self.pinned_revision:
            query["revision"] = self.pinned_revision
        return self.at(f"/v1/guides/{guide}{path}", **query)

    def section(self, guide: str, section: str, **query: str) -> str:
        """URL of a section."""
        return self.guide(guide, f"/sections/{section}", **query)

    def passage(self, guide: str, passage: str, **query: str) -> str:
        """URL of a passage, by its id `<section>.<n>`."""
        return self.guide(guide, f"/passages/{passage}", **query)

    def correction(self, guide: str, correction: str, **query: str) -> str:
        """URL of a correction."""
        return self.guide(guide, f"/corrections/{correction}", **query)
