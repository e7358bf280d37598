"""Where each thing answers: the one place that spells an address."""

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Addresses:
    """Links for bodies and headers: path-absolute, or absolute under `public_url`; never taken from the request."""

    public_url: str = ""

    def at(self, path: str) -> str:
        """Any path of the service, such as `/docs`."""
        return self.public_url + path

    def guides(self) -> str:
        """All guides."""
        return self.at("/v1/guides")

    def guide(self, guide: str) -> str:
        """One guide."""
        return f"{self.guides()}/{guide}"

    def document(self, guide: str) -> str:
        """The document that a guide was made from."""
        return f"{self.guide(guide)}/source"

    def sections(self, guide: str) -> str:
        """All sections of a guide."""
        return f"{self.guide(guide)}/sections"

    def section(self, guide: str, section: str) -> str:
        """One section."""
        return f"{self.sections(guide)}/{section}"

    def passage(self, guide: str, passage: str) -> str:
        """One passage, by its id `<section>.<n>`."""
        return f"{self.guide(guide)}/passages/{passage}"

    def revisions(self, guide: str) -> str:
        """What has been published of a guide."""
        return f"{self.guide(guide)}/revisions"

    def revision(self, guide: str, revision: str) -> str:
        """A guide as one revision had it."""
        return f"{self.guide(guide)}?revision={revision}"

    def corrections(self, guide: str) -> str:
        """The editorial notes on a guide."""
        return f"{self.guide(guide)}/corrections"

    def correction(self, guide: str, correction: str) -> str:
        """One editorial note."""
        return f"{self.corrections(guide)}/{correction}"

    def quotations(self) -> str:
        """Where a quotation stands, as a URI template."""
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

    def instruments(self, **filters: str) -> str:
        """Treaties and agreements, all or those that the filters keep."""
        return self._listed("instruments", filters)

    def instrument(self, instrument: str) -> str:
        """One treaty or agreement."""
        return f"{self.instruments()}/{instrument}"

    def article(self, instrument: str, article: str) -> str:
        """One article of an instrument."""
        return f"{self.instrument(instrument)}/articles/{article}"

    def events(self, **filters: str) -> str:
        """The timeline, whole or what the filters keep."""
        return self._listed("events", filters)

    def event(self, event: str) -> str:
        """One event."""
        return f"{self.events()}/{event}"

    def terms(self, **filters: str) -> str:
        """The glossary, whole or what the filters keep."""
        return self._listed("terms", filters)

    def term(self, term: str) -> str:
        """One term."""
        return f"{self.terms()}/{term}"

    def sources(self, **filters: str) -> str:
        """The works cited, all or those that the filters keep."""
        return self._listed("sources", filters)

    def source(self, source: str) -> str:
        """One work cited."""
        return f"{self.sources()}/{source}"

    def _listed(self, kind: str, filters: dict[str, str]) -> str:
        return self.at(f"/v1/{kind}?{urlencode(filters)}" if filters else f"/v1/{kind}")
