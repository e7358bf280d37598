"""URLs of all resources."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from urllib.parse import quote, urlencode

from app.text.editions import Edition

DEFAULT_LIMIT = 20  # items per page
DEFAULT_SUGGESTIONS = 10
_DEFAULTS = {("edition", "corrected"), ("limit", str(DEFAULT_LIMIT))}
CACHED_URLS = 16  # a response has the same canonical URL in several places
_CHECKS = {"digest"}  # parameters that redirect if they do not fit, and otherwise change nothing
_DEFAULTS_BY_PATH = {
    "/v1/search": _DEFAULTS | {("kind", "all")},
    "/v1/suggestions": {("limit", str(DEFAULT_SUGGESTIONS))},
}


def canonical_url(path: str, query: Iterable[tuple[str, str]]) -> str:
    """Return a path with its query parameters sorted, without those that do not change the response."""
    return _canonical_url(path, tuple(query))


@lru_cache(maxsize=CACHED_URLS)
def _canonical_url(path: str, query: tuple[tuple[str, str], ...]) -> str:
    defaults = _DEFAULTS_BY_PATH.get(path, _DEFAULTS)
    parameters = urlencode(sorted(item for item in query if item not in defaults and item[0] not in _CHECKS))
    return f"{quote(path)}?{parameters}" if parameters else quote(path)


@dataclass(frozen=True)
class URLs:
    """Links for bodies and headers: path-absolute, or absolute under `public_url`.

    Links to guides and their parts keep the requested revision and edition, links to facts the revision: a reader who
    follows them stays in one text. By default they name neither.
    """

    public_url: str = ""
    revision: str | None = None
    edition: Edition = "corrected"

    def pinned_to(self, revision: str | None) -> "URLs":
        """Return URLs with a revision of the guide, or with none."""
        return replace(self, revision=revision)

    @cached_property
    def _revision(self) -> dict[str, str]:
        return {"revision": self.revision} if self.revision else {}

    @cached_property
    def _revision_and_edition(self) -> dict[str, str]:
        return self._revision | ({} if self.edition == "corrected" else {"edition": self.edition})

    def at(self, path: str, **query: str) -> str:
        """URL of a path, such as `/docs`."""
        return f"{self.public_url}{path}?{urlencode(sorted(query.items()))}" if query else self.public_url + path

    def topic(self, topic: str) -> str:
        """URL of a topic."""
        return self.at(f"/v1/topics/{topic}")

    def facts(self, path: str, **query: str) -> str:
        """URL of a path of facts or sources, such as `/v1/events`."""
        return self.at(path, **self._revision, **query)

    def of(self, kind: str, slug: str) -> str:
        """URL of an instrument, an event, a term or a source."""
        return self.facts(f"/v1/{kind}s/{slug}")

    def article(self, instrument: str, article: str) -> str:
        """URL of an article of an instrument."""
        return self.facts(f"/v1/instruments/{instrument}/articles/{article}")

    def guide(self, guide: str, path: str = "", **query: str) -> str:
        """URL of a guide, or of a path below it, such as `/sections`; `query` takes precedence."""
        return self.at(f"/v1/guides/{guide}{path}", **self._revision_and_edition | query)

    def section(self, guide: str, section: str, **query: str) -> str:
        """URL of a section."""
        return self.guide(guide, f"/sections/{section}", **query)

    def passage(self, guide: str, passage: str, **query: str) -> str:
        """URL of a passage, by its id `<section>.<n>`."""
        return self.guide(guide, f"/passages/{passage}", **query)

    def correction(self, guide: str, correction: str) -> str:
        """URL of a correction."""
        return self.guide(guide, f"/corrections/{correction}")

    def annotation(self, guide: str, correction: str) -> str:
        """URL of a correction as a Web Annotation."""
        return self.guide(guide, f"/annotations/{correction}")
