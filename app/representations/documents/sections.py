"""Documents of sections and passages."""

from collections.abc import Collection, Iterable, Iterator

from app import schemas
from app.representations.blocks import (
    Block,
    Inline,
    Item,
    Line,
    NoteMark,
    Paragraph,
    PassageID,
    fact,
    joined,
    link,
)
from app.representations.context import RenderContext
from app.representations.documents.corrections import note, short_note
from app.representations.documents.parts import (
    bullet,
    continued,
    guide_link,
    head,
    linked,
    page,
    passage_address,
    reading,
)


def section(content: schemas.Section, context: RenderContext) -> Iterator[Block]:
    """Yield a section: its passages with corrections as footnotes. Facts are only counted."""
    yield from head(numbered(content.number, content.title), content.url)
    supplied = " The editors added the title." if content.title_supplied else ""
    yield Paragraph((*reading(context, content.revision), supplied))
    yield from body(content)
    yield from continued(
        context,
        *_neighbour("Next", content.next),
        *_neighbour("Previous", content.previous),
        *_neighbour("Part of", content.parent),
        *fact("Subsections", *linked(content.children)),
        *fact("Topics", *linked(content.topics)),
        *fact("Related sections", *linked(content.related)),
        *guide_link(context),
        *passage_address(context),
        *fact("Facts, in the JSON and the web page", _facts(content)),
    )


def body(content: schemas.Section, noted: Collection[str] = ()) -> Iterator[Block]:
    """Yield the passages, cross-references and notes of a section, without the notes in `noted`."""
    yield from _see_also(content, None)
    for each in content.passages:
        yield _passage(each)
        yield from _see_also(content, each.id)
    marks = {correction.slug: None for each in content.passages for correction in _in_order(each)}
    corrections = {correction.slug: correction for correction in content.corrections}
    yield from (note(corrections[slug], content.slug) for slug in marks if slug not in noted)


def numbered(number: str | None, title: str) -> str:
    """Return the title of a section with its number."""
    return f"{number} {title}" if number else title


def _passage(content: schemas.Passage) -> Block:
    line = tuple(_marked(content))
    return Item(line) if content.kind == "list_item" else Paragraph(line)


def _marked(content: schemas.Passage) -> Iterator[Inline]:
    """Yield the text with a reference to each correction, after the words that it is about."""
    yield PassageID(content.id)
    done = 0
    for correction in _in_order(content):
        if correction.end > done:
            yield content.text[done : correction.end]
            done = correction.end
        yield NoteMark(correction.slug)
    yield content.text[done:]


def _in_order(content: schemas.Passage) -> list[schemas.PassageCorrection]:
    """Return the corrections in the order in which their words end."""
    return sorted(content.corrections, key=lambda each: each.end)


def _see_also(content: schemas.Section, after: str | None) -> Iterator[Block]:
    for reference in content.see_also:
        if reference.after == after:
            yield Paragraph(("See also: ", link(reference.title, reference.url)))


def _neighbour(name: str, neighbour: schemas.SectionLink | None) -> list[Block]:
    return fact(name, link(neighbour.title, neighbour.url)) if neighbour else []


def _facts(content: schemas.Section) -> str:
    counts = {
        "instruments": len(content.instruments),
        "articles": len(content.articles),
        "events": len(content.events),
        "terms": len(content.terms),
    }
    return ", ".join(f"{number} {name if number > 1 else name[:-1]}" for name, number in counts.items() if number)


def section_list(content: schemas.SectionPage, context: RenderContext) -> Iterator[Block]:
    """Yield a page of sections."""
    items = (
        bullet(link(numbered(each.number, each.title), each.url), f" ({_passages(len(each.passages))})")
        for each in content.items
    )
    return page(f"Sections{_of_topic(content, context)}", context, content, items)


def _passages(number: int) -> str:
    return f"{number} passage{'' if number == 1 else 's'}"


def _of_topic(content: schemas.SectionPage, context: RenderContext) -> str:
    """Return the topic in the path, if the list is that of a topic."""
    _, is_topic, rest = context.path.partition("/topics/")
    slug = rest.partition("/")[0]
    titles = {topic.slug: topic.title for each in content.items for topic in each.topics}
    return f" of the topic “{titles.get(slug, slug)}”" if is_topic else ""


def passage(content: schemas.PassageInSection, context: RenderContext) -> Iterator[Block]:
    """Yield a passage with short notes on its corrections."""
    yield from head(f"Passage {content.id}", content.url)
    yield Paragraph(reading(context, content.revision))
    yield _passage(content)
    yield from _short_notes([content], context)
    links: list[Block] = []
    if context.selected:
        url = context.urls.section(context.selected.guide, content.id.rpartition(".")[0])
        links = fact("Section", link(numbered(content.section_number, content.section_title), url))
    yield from continued(context, *links, *fact("Mentions", *_mentions(content)), *guide_link(context))


def _mentions(content: schemas.Passage) -> Line:
    urls = {mention.title: mention.url for mention in content.mentions}
    return joined((link(title, url),) for title, url in urls.items())


def passage_list(content: schemas.PassagePage, context: RenderContext) -> Iterator[Block]:
    """Yield a page of passages."""
    items = [*map(_passage, content.items), *_short_notes(content.items, context)]
    return page("Passages", context, content, items, *passage_address(context))


def _short_notes(passages: Iterable[schemas.Passage], context: RenderContext) -> list[Block]:
    corrections = {correction.slug: correction for each in passages for correction in _in_order(each)}
    return [short_note(correction, context) for correction in corrections.values()]
