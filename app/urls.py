"""URLs of all resources. No other module builds one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, quote_plus, urlencode

DEFAULT_LIMIT = 20  # items on a page
_DEFAULTS = {("edition", "corrected"), ("kind", "section"), ("limit", str(DEFAULT_LIMIT))}


def canonical(path: str, query: Iterable[tuple[str, str]]) -> str:
    """Build the canonical URL: parameters sorted, defaults omitted."""
    encoded = urlencode(sorted(parameter for parameter in query if parameter not in _DEFAULTS))
    return f"{quote(path)}?{encoded}" if encoded else quote(path)


@dataclass(frozen=True)
class URLs:
    """Builds links: path-absolute, or absolute under `public_url`; never from the request's Host header.

    Links name no revision, so a response is the same whether its revision is current or pinned by the client. Only
    references that must never change are `pinned` to a revision.
    """

    public_url: str = ""
    pinned: str | None = None

    def as_of(self, revision: str) -> "URLs":
        """Return URLs that are pinned to a revision."""
        return replace(self, pinned=revision)

    def at(self, path: str) -> str:
        """URL of a path of the service, such as `/docs`."""
        return self.public_url + path

    def guides(self) -> str:
        """URL of the list of guides."""
        return self.at("/v1/guides")

    def guide(self, guide: str) -> str:
        """URL of a guide."""
        return self._of_guide(guide)

    def document(self, guide: str) -> str:
        """URL of a guide's source document."""
        return self._of_guide(guide, "/source")

    def sections(self, guide: str) -> str:
        """URL of the list of a guide's sections."""
        return self._of_guide(guide, "/sections")

    def section(self, guide: str, section: str, **query: str) -> str:
        """URL of a section."""
        return self._of_guide(guide, f"/sections/{section}", **query)

    def passage(self, guide: str, passage: str, **query: str) -> str:
        """URL of a passage, by its id `<section>.<n>`."""
        return self._of_guide(guide, f"/passages/{passage}", **query)

    def revisions(self, guide: str) -> str:
        """URL of the list of a guide's revisions."""
        return self.at(f"/v1/guides/{guide}/revisions")

    def corrections(self, guide: str) -> str:
        """URL of the list of a guide's corrections."""
        return self._of_guide(guide, "/corrections")

    def correction(self, guide: str, correction: str, **query: str) -> str:
        """URL of a correction."""
        return self._of_guide(guide, f"/corrections/{correction}", **query)

    def quotation_template(self) -> str:
        """URI template (RFC 6570) of a quotation check."""
        return self.at("/v1/quotations?text={text}")

    def topics(self) -> str:
        """URL of the list of topics."""
        return self.at("/v1/topics")

    def topic(self, topic: str) -> str:
        """URL of a topic."""
        return f"{self.topics()}/{topic}"

    def topic_sections(self, topic: str) -> str:
        """URL of the list of a topic's sections."""
        return f"{self.topic(topic)}/sections"

    def instruments(self, **query: str) -> str:
        """URL of the list of instruments, with filters."""
        return self._with("/v1/instruments", query)

    def instrument(self, instrument: str) -> str:
        """URL of an instrument."""
        return self.at(f"/v1/instruments/{instrument}")

    def article(self, instrument: str, article: str) -> str:
        """URL of an article of an instrument."""
        return self.at(f"/v1/instruments/{instrument}/articles/{article}")

    def events(self, **query: str) -> str:
        """URL of the list of events, with filters."""
        return self._with("/v1/events", query)

    def event(self, event: str) -> str:
        """URL of an event."""
        return self.at(f"/v1/events/{event}")

    def terms(self, **query: str) -> str:
        """URL of the list of terms, with filters."""
        return self._with("/v1/terms", query)

    def term(self, term: str) -> str:
        """URL of a term."""
        return self.at(f"/v1/terms/{term}")

    def sources(self, **query: str) -> str:
        """URL of the list of sources, with filters."""
        return self._with("/v1/sources", query)

    def source(self, source: str) -> str:
        """URL of a source."""
        return self.at(f"/v1/sources/{source}")

    def search(self, words: str | None = None) -> str:
        """URL of a search; without words, its URI template."""
        return self.at("/v1/search?q=" + ("{q}" if words is None else quote_plus(words)))

    def suggestions(self) -> str:
        """URI template of completions for a search box."""
        return self.at("/v1/suggestions?q={q}")

    def _of_guide(self, guide: str, path: str = "", **query: str) -> str:
        return self._with(f"/v1/guides/{guide}{path}", query | ({"revision": self.pinned} if self.pinned else {}))

    def _with(self, path: str, query: dict[str, str]) -> str:
        return self.at(f"{path}?{urlencode(query)}" if query else path)
