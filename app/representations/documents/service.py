"""Documents of the service and of topics."""

from collections.abc import Iterator

from app import schemas
from app.representations.blocks import Block, Heading, Paragraph, fact, link
from app.representations.context import RenderContext
from app.representations.documents.parts import bullet, continued, head, page


def front_page(content: schemas.FrontPage, context: RenderContext) -> Iterator[Block]:
    """Yield the guides, the topics, and where else to look."""
    yield from head(content.name, context.url)
    yield Paragraph((content.description,))
    yield Heading(2, "Guides")
    yield from (bullet(link(guide.title, guide.url), f": {guide.summary}") for guide in content.guides)
    yield Heading(2, "Topics")
    yield from map(_topic, content.topics)
    yield Heading(2, "Search")
    yield from fact("Words", content.templates.search.replace("{q}", "WORDS"))
    yield from fact("Quotations", content.templates.quotation.replace("{text}", "WORDS"))
    links = content.links
    parts = {
        "Treaties and agreements": links.instruments,
        "Timeline": links.events,
        "Glossary": links.terms,
        "Sources": links.sources,
        "API documentation": links.docs,
        "OpenAPI document": links.openapi,
    }
    yield from continued(context, *(bullet(link(name, url)) for name, url in parts.items()))


def topic_list(content: schemas.TopicPage, context: RenderContext) -> Iterator[Block]:
    """Yield a page of topics."""
    return page("Topics", context, content, map(_topic, content.items))


def _topic(content: schemas.Topic) -> Block:
    number = content.counts.sections
    sections = f" ({number} section{'' if number == 1 else 's'})"
    return bullet(link(content.title, content.url), f": {content.description}", sections)


def topic(content: schemas.Topic, context: RenderContext) -> Iterator[Block]:
    """Yield a topic with the lists of what belongs to it."""
    yield from head(content.title, content.url)
    yield Paragraph((content.description,))
    counts = content.counts
    yield from continued(
        context,
        bullet(link("Sections", content.sections_url), f" ({counts.sections}, in guides: {counts.guides})"),
        bullet(link("Treaties and agreements", content.instruments_url), f" ({counts.instruments})"),
        bullet(link("Timeline", content.events_url), f" ({counts.events})"),
        bullet(link("Glossary", content.terms_url), f" ({counts.terms})"),
    )
