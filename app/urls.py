"""Where each thing answers: the one place that spells an address."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, quote_plus, urlencode

DEFAULT_LIMIT = 20  # items on a page
_USUAL = {("edition", "corrected"), ("kind", "section"), ("limit", str(DEFAULT_LIMIT))}  # what is meant anyway


def canonical(path: str, query: Iterable[tuple[str, str]]) -> str:
    """The one address of a thing, however it was asked for: in one order, and without what is meant anyway."""
    asked = urlencode(sorted(parameter for parameter in query if parameter not in _USUAL))
    return f"{quote(path)}?{asked}" if asked else quote(path)


@dataclass(frozen=True)
class URLs:
    """Links for bodies and headers: path-absolute, or absolute under `public_url`; never taken from the request.

    What is served depends on the revision and the address alone, so links name no revision, or every one of them would
    differ between what is current and the same revision pinned. Only references that must not change are `pinned`.
    """

    public_url: str = ""
    pinned: str | None = None

    def as_of(self, revision: str) -> "URLs":
        """The addresses of what a revision says of its guide, now and later."""
        return replace(self, pinned=revision)

    def at(self, path: str) -> str:
        """Any path of the service, such as `/docs`."""
        return self.public_url + path

    def guides(self) -> str:
        """All guides."""
        return self.at("/v1/guides")

    def guide(self, guide: str) -> str:
        """One guide."""
        return self._of_guide(guide)

    def document(self, guide: str) -> str:
        """The document that a guide was made from."""
        return self._of_guide(guide, "/source")

    def sections(self, guide: str) -> str:
        """All sections of a guide."""
        return self._of_guide(guide, "/sections")

    def section(self, guide: str, section: str, **query: str) -> str:
        """One section."""
        return self._of_guide(guide, f"/sections/{section}", **query)

    def passage(self, guide: str, passage: str, **query: str) -> str:
        """One passage, by its id `<section>.<n>`."""
        return self._of_guide(guide, f"/passages/{passage}", **query)

    def revisions(self, guide: str) -> str:
        """What has been published of a guide."""
        return self.at(f"/v1/guides/{guide}/revisions")

    def corrections(self, guide: str) -> str:
        """The editorial notes on a guide."""
        return self._of_guide(guide, "/corrections")

    def correction(self, guide: str, correction: str, **query: str) -> str:
        """One editorial note."""
        return self._of_guide(guide, f"/corrections/{correction}", **query)

    def quotation_template(self) -> str:
        """Where a quotation stands, as a URI template (RFC 6570)."""
        return self.at("/v1/quotations?text={text}")

    def topics(self) -> str:
        """All topics."""
        return self.at("/v1/topics")

    def topic(self, topic: str) -> str:
        """One topic."""
        return f"{self.topics()}/{topic}"

    def topic_sections(self, topic: str) -> str:
        """The sections of a topic, across guides."""
        return f"{self.topic(topic)}/sections"

    def instruments(self, **query: str) -> str:
        """Treaties and agreements, all or those that a query keeps."""
        return self._with("/v1/instruments", query)

    def instrument(self, instrument: str) -> str:
        """One treaty or agreement."""
        return self.at(f"/v1/instruments/{instrument}")

    def article(self, instrument: str, article: str) -> str:
        """One article of an instrument."""
        return self.at(f"/v1/instruments/{instrument}/articles/{article}")

    def events(self, **query: str) -> str:
        """The timeline, whole or what a query keeps."""
        return self._with("/v1/events", query)

    def event(self, event: str) -> str:
        """One event."""
        return self.at(f"/v1/events/{event}")

    def terms(self, **query: str) -> str:
        """The glossary, whole or what a query keeps."""
        return self._with("/v1/terms", query)

    def term(self, term: str) -> str:
        """One term."""
        return self.at(f"/v1/terms/{term}")

    def sources(self, **query: str) -> str:
        """The works cited, all or those that a query keeps."""
        return self._with("/v1/sources", query)

    def source(self, source: str) -> str:
        """One work cited."""
        return self.at(f"/v1/sources/{source}")

    def search(self, words: str | None = None) -> str:
        """The search for some words, or any search, as a URI template."""
        return self.at("/v1/search?q=" + ("{q}" if words is None else quote_plus(words)))

    def suggestions(self) -> str:
        """Completions of what is being typed into a search box, as a URI template."""
        return self.at("/v1/suggestions?q={q}")

    def _of_guide(self, guide: str, path: str = "", **query: str) -> str:
        return self._with(f"/v1/guides/{guide}{path}", query | ({"revision": self.pinned} if self.pinned else {}))

    def _with(self, path: str, query: dict[str, str]) -> str:
        return self.at(f"{path}?{urlencode(query)}" if query else path)
