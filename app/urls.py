"""URLs of all resources; no other module builds one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, quote_plus, urlencode

DEFAULT_LIMIT = 20  # items per page
_DEFAULTS = {("edition", "corrected"), ("kind", "section"), ("limit", str(DEFAULT_LIMIT))}


def canonical_url(path: str, query: Iterable[tuple[str, str]]) -> str:
    """Return a path with its query parameters in alphabetical order, without those that have their default."""
    parameters = urlencode(sorted(parameter for parameter in query if parameter not in _DEFAULTS))
    return f"{quote(path)}?{parameters}" if parameters else quote(path)


@dataclass(frozen=True)
class URLs:
    """Links for bodies and headers: path-absolute, or absolute under `public_url`; never taken from the request.

    Links name no revision, so that a revision has the same bytes whether it is read as the current one or by name. Only
    permanent references name one: see `pinned_to`.
    """

    public_url: str = ""
    pinned_revision: str | None = None

    def pinned_to(self, revision: str) -> "URLs":
        """Return URLs that name a revision of the guide, for references that must never change."""
        return replace(self, pinned_revision=revision)

    def at(self, path: str) -> str:
        """URL of a path, such as `/docs`."""
        return self.public_url + path

    def guides(self) -> str:
        """URL of the list of guides."""
        return self.at("/v1/guides")

    def guide(self, guide: str) -> str:
        """URL of a guide."""
        return self._in_guide(guide)

    def document(self, guide: str) -> str:
        """URL of a guide's source document."""
        return self._in_guide(guide, "/source")

    def sections(self, guide: str) -> str:
        """URL of the list of a guide's sections."""
        return self._in_guide(guide, "/sections")

    def section(self, guide: str, section: str, **query: str) -> str:
        """URL of a section."""
        return self._in_guide(guide, f"/sections/{section}", **query)

    def passage(self, guide: str, passage: str, **query: str) -> str:
        """URL of a passage, by its id `<section>.<n>`."""
        return self._in_guide(guide, f"/passages/{passage}", **query)

    def revisions(self, guide: str) -> str:
        """URL of the list of a guide's revisions."""
        return self.at(f"/v1/guides/{guide}/revisions")

    def corrections(self, guide: str) -> str:
        """URL of the list of a guide's corrections."""
        return self._in_guide(guide, "/corrections")

    def correction(self, guide: str, correction: str, **query: str) -> str:
        """URL of a correction."""
        return self._in_guide(guide, f"/corrections/{correction}", **query)

    def quotation_template(self) -> str:
        """URL of the quotation look-up, as a URI template (RFC 6570)."""
        return self.at("/v1/quotations?text={text}")

    def topics(self) -> str:
        """URL of the list of topics."""
        return self.at("/v1/topics")

    def topic(self, topic: str) -> str:
        """URL of a topic."""
        return f"{self.topics()}/{topic}"

    def topic_sections(self, topic: str) -> str:
        """URL of the list of a topic's sections, across guides."""
        return f"{self.topic(topic)}/sections"

    def instruments(self, **query: str) -> str:
        """URL of the list of instruments, filtered by a query."""
        return self._with_query("/v1/instruments", query)

    def instrument(self, instrument: str) -> str:
        """URL of an instrument."""
        return self.at(f"/v1/instruments/{instrument}")

    def article(self, instrument: str, article: str) -> str:
        """URL of an article of an instrument."""
        return self.at(f"/v1/instruments/{instrument}/articles/{article}")

    def events(self, **query: str) -> str:
        """URL of the timeline, filtered by a query."""
        return self._with_query("/v1/events", query)

    def event(self, event: str) -> str:
        """URL of an event."""
        return self.at(f"/v1/events/{event}")

    def terms(self, **query: str) -> str:
        """URL of the glossary, filtered by a query."""
        return self._with_query("/v1/terms", query)

    def term(self, term: str) -> str:
        """URL of a term."""
        return self.at(f"/v1/terms/{term}")

    def sources(self, **query: str) -> str:
        """URL of the list of sources, filtered by a query."""
        return self._with_query("/v1/sources", query)

    def source(self, source: str) -> str:
        """URL of a source."""
        return self.at(f"/v1/sources/{source}")

    def search(self, words: str | None = None) -> str:
        """URL of a search; without words, a URI template (RFC 6570)."""
        return self.at("/v1/search?q=" + ("{q}" if words is None else quote_plus(words)))

    def suggestions(self) -> str:
        """URL of the completions for a search box, as a URI template (RFC 6570)."""
        return self.at("/v1/suggestions?q={q}")

    def _in_guide(self, guide: str, path: str = "", **query: str) -> str:
        return self._with_query(
            f"/v1/guides/{guide}{path}", query | ({"revision": self.pinned_revision} if self.pinned_revision else {})
        )

    def _with_query(self, path: str, query: dict[str, str]) -> str:
        return self.at(f"{path}?{urlencode(query)}" if query else path)
