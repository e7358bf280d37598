"""Documents of search results."""

from collections.abc import Iterable, Iterator

from app import schemas
from app.representations.blocks import Block, Inline, Item, Paragraph, Strong, fact, joined, link
from app.representations.context import RenderContext
from app.representations.documents.parts import bullet, page
from app.schemas.search import Mark


def search_page(content: schemas.SearchPage, context: RenderContext) -> Iterator[Block]:
    """Yield the results with marked words, and the values that narrow the search."""
    query = dict(context.query).get("q", "")
    return page(f"Search for “{query}”", context, content, _results(content, context), *_narrower(content, context))


def _results(content: schemas.SearchPage, context: RenderContext) -> Iterator[Block]:
    if content.notice:
        yield Paragraph((content.notice,))
    if content.suggestion:
        url = context.url_with(q=content.suggestion, cursor=None)
        yield Paragraph(("Did you mean ", link(content.suggestion, url), "?"))
    for result in content.items:
        yield bullet(link(result.title, result.url), f" ({result.kind})")
        if result.excerpt:
            yield Item(tuple(_marked(result.excerpt, result.marks or [])), depth=1)
        for passage in result.passages:
            excerpt = _marked(passage.excerpt, passage.marks)
            yield Item((link(passage.id, passage.url), " ", *excerpt), depth=1)
            if passage.corrections:
                corrections = ((_correction_link(result, each, context),) for each in passage.corrections)
                yield Item(("Corrections to these words: ", *joined(corrections)), depth=2)


def _correction_link(
    result: schemas.SearchResult, correction: schemas.QuotedCorrection, context: RenderContext
) -> Inline:
    url = context.urls.correction(result.guide, correction.slug)
    return link(f"{correction.slug} ({correction.status}, {correction.severity})", url)


def _marked(excerpt: str, marks: Iterable[Mark]) -> Iterator[Inline]:
    done = 0
    for mark in marks:
        yield excerpt[done : mark.start]
        yield Strong(excerpt[mark.start : mark.end])
        done = mark.end
    yield excerpt[done:]


def _narrower(content: schemas.SearchPage, context: RenderContext) -> Iterator[Block]:
    facets = content.facets
    for name, found in (("kind", facets.kind), ("guide", facets.guide), ("topic", facets.topic)):
        values = (
            (link(facet.title, context.url_with(cursor=None, **{name: facet.slug})), f" ({facet.count})")
            for facet in found
            if facet.count
        )
        yield from fact(f"By {name}", *joined(values))
