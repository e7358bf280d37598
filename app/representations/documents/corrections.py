"""Documents of corrections, and the notes that state them below a text."""

from collections.abc import Iterator

from app import schemas
from app.representations.blocks import Block, Inline, Line, Note, Paragraph, fact, joined, link
from app.representations.context import RenderContext
from app.representations.documents.parts import (
    bullet,
    continued,
    guide_link,
    head,
    page,
    quotation,
    reading,
    sources,
)
from app.text.display import in_words

_NAMES = {"applied": "Applied correction", "suggested": "Suggested correction", "note": "Note"}
_WITHOUT = "without these words"  # an empty replacement
_REPLACED = {"applied": "Corrected edition", "suggested": "Suggested", "note": "Replacement"}


def note(correction: schemas.Correction, section: str) -> Note:
    """Return a footnote of a section: status, quotes, replacement, explanation and sources."""
    return Note(correction.slug, tuple(_statement(correction, section)))


def short_note(correction: schemas.QuotedCorrection, context: RenderContext) -> Note:
    """Return a footnote that links the correction, for content without its explanation."""
    url = context.urls.correction(context.selected.guide, correction.slug) if context.selected else None
    return Note(correction.slug, (f"{_NAMES[correction.status]}, {correction.severity}: ", link(correction.slug, url)))


def _statement(correction: schemas.Correction, section: str) -> Iterator[Inline]:
    yield f"{_NAMES[correction.status]}, {in_words(correction.kind)}, {correction.severity}. "
    here = [place.quote for place in correction.also if place.section == section]
    yield "The author wrote "
    yield from _quoted(correction.quote, *here)
    if correction.replacement is not None:
        yield f"{_REPLACED[correction.status]}: "
        yield from _quoted(correction.replacement) if correction.replacement else (f"{_WITHOUT}. ",)
    yield correction.explanation
    yield " "
    if cited := sources(correction.sources):
        yield "Sources: "
        yield from cited
        yield ". "
    yield "Record: "
    yield link(correction.slug, correction.url)
    yield "."


def _replacement(text: str) -> Line:
    return quotation(text) if text else (_WITHOUT,)


def _quoted(*quotes: str) -> Line:
    """Return quotations as the end of a sentence, with a full stop unless the last one has it."""
    stop = "" if quotes[-1].endswith((".", "!", "?")) else "."
    return (*joined((quotation(quote) for quote in quotes), "; here also "), f"{stop} ")


def correction_list(content: schemas.CorrectionPage, context: RenderContext) -> Iterator[Block]:
    """Yield a page of corrections."""
    items = (
        bullet(
            link(each.slug, each.url),
            f" ({each.status}, {in_words(each.kind)}, {each.severity}; {each.passage}): ",
            *quotation(each.quote),
            *(" → ", *_replacement(each.replacement)) if each.replacement is not None else (),
            f" – {each.explanation}",
        )
        for each in content.items
    )
    return page("Corrections", context, content, items)


def correction(content: schemas.Correction, context: RenderContext) -> Iterator[Block]:
    """Yield a correction with its places and sources."""
    yield from head(f"Correction: {content.title}", content.url)
    yield Paragraph(reading(context, content.revision))
    yield Paragraph((content.explanation,))
    yield from fact("Status", content.status)
    yield from fact("Kind", in_words(content.kind))
    yield from fact("Severity", content.severity)
    yield from fact("The author wrote", *quotation(content.quote))
    if content.replacement is not None:
        yield from fact(_REPLACED[content.status], *_replacement(content.replacement))
    urls, guide = context.urls, content.guide
    yield from fact("Passage", link(content.passage, urls.passage(guide, content.passage)))
    yield from fact(
        "Here also",
        *joined(((link(each.passage, each.url), ": ", *quotation(each.quote)) for each in content.also), "; "),
    )
    yield from fact("Sources", *sources(content.sources))
    yield from continued(
        context,
        *fact("Section", link(content.section, urls.section(guide, content.section))),
        *fact("All corrections", link(urls.guide(guide, "/corrections"), urls.guide(guide, "/corrections"))),
        *guide_link(context),
    )
