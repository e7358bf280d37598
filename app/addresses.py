"""Where each thing answers: the one place that spells an address."""

from dataclasses import dataclass


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

    def source(self, guide: str) -> str:
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

    def topics(self) -> str:
        """All topics."""
        return self.at("/v1/topics")

    def topic(self, topic: str) -> str:
        """One topic."""
        return f"{self.topics()}/{topic}"

    def topic_sections(self, topic: str) -> str:
        """The sections of a topic, across guides."""
        return f"{self.topic(topic)}/sections"
