"""Documents of instruments, articles, events, terms and sources."""

from collections.abc import Iterator

from app import schemas
from app.representations.blocks import Block, Heading, Line, Paragraph, fact, joined, link
from app.representations.citations.sentence import written_date
from app.representations.context import RenderContext
from app.representations.documents.parts import bullet, continued, guide_link, head, linked, page, sources
from app.text.display import in_words

Fact = schemas.Instrument | schemas.Article | schemas.Event | schemas.Term


def instrument_list(content: schemas.InstrumentPage, context: RenderContext) -> Iterator[Block]:
    """Yield a page of instruments."""
    items = (
        bullet(
            link(each.title, each.url),
            f", {written_date(each.date_signed)}" if each.date_signed else "",
            f": {each.official_title}",
            f"; {each.status}",
        )
        for each in content.items
    )
    return page("Treaties and agreements", context, content, items)


def instrument(content: schemas.Instrument, context: RenderContext) -> Iterator[Block]:
    """Yield an instrument with its members and articles."""
    yield from head(content.title, content.url)
    yield Paragraph((content.description,))
    yield from fact("Official title", content.official_title)
    yield from fact("Japanese title", content.title_ja)
    yield from fact("Usual Japanese name", content.popular_name_ja)
    yield from fact("Legal character", in_words(content.legal_character))
    yield from fact("Remark", content.legal_note)
    yield from fact("Parties", *joined((party,) for party in content.parties))
    place = f", {content.place_signed}" if content.place_signed else ""
    yield from fact("Signed or made", f"{written_date(content.date_signed)}{place}" if content.date_signed else None)
    yield from fact("In force from", _date(content.date_in_force))
    yield from fact("No longer in force from", _date(content.date_ended))
    yield from fact("Status", content.status)
    yield from fact("Identifiers", *joined((each,) for each in content.identifiers))
    yield from fact("Text", link(content.link, content.link) if content.link else None)
    yield from _support(content)
    if content.members:
        yield Heading(2, "In this series")
        yield from map(_member, content.members)
    if content.articles:
        yield Heading(2, "Articles, in the editors' words")
        yield from map(_article, content.articles)
    yield from _continued(content, context)


def _date(date: str | None) -> str | None:
    return written_date(date) if date else None


def _member(content: schemas.Member) -> Block:
    date = content.date or content.date_signed
    in_force = f"in force from {written_date(content.date_in_force)}" if content.date_in_force else None
    parts = [_date(date), content.event, in_force]
    return bullet(", ".join(part for part in parts if part), " (", *sources(content.sources), ")")


def _article(content: schemas.Article) -> Block:
    return bullet(link(f"{content.number}. {content.title}", content.url), f": {content.summary}")


def article(content: schemas.Article, context: RenderContext) -> Iterator[Block]:
    """Yield an article: its summary in the editors' words."""
    yield from head(f"{content.number}. {content.title}", content.url)
    yield Paragraph((content.summary,))
    yield from fact("Remark", content.note)
    yield from fact("Instrument", link(content.instrument.title, content.instrument.url))
    yield from _support(content)
    yield from _continued(content, context)


def event_list(content: schemas.EventPage, context: RenderContext) -> Iterator[Block]:
    """Yield a page of the timeline."""
    items = (bullet(f"{written_date(each.date)}: ", link(each.title, each.url)) for each in content.items)
    return page("Timeline", context, content, items)


def event(content: schemas.Event, context: RenderContext) -> Iterator[Block]:
    """Yield an event."""
    yield from head(content.title, content.url)
    yield from fact("Date", written_date(content.date))
    yield from fact("Category", content.category)
    yield from _support(content)
    yield from _continued(content, context)


def term_list(content: schemas.TermPage, context: RenderContext) -> Iterator[Block]:
    """Yield a page of the glossary."""
    items = (bullet(link(each.title, each.url), *_forms(each), ": ", each.definition) for each in content.items)
    return page("Glossary", context, content, items)


def _forms(content: schemas.Term) -> Line:
    forms = joined((form,) for form in (content.abbreviation, content.ja, content.romaji) if form)
    return (" (", *forms, ")") if forms else ()


def term(content: schemas.Term, context: RenderContext) -> Iterator[Block]:
    """Yield a term with its definition."""
    yield from head(content.title, content.url)
    yield Paragraph((content.definition,))
    yield from fact("Abbreviation", content.abbreviation)
    yield from fact("Japanese", content.ja)
    yield from fact("In Latin letters", content.romaji)
    yield from _support(content)
    yield from _continued(content, context)


def source_list(content: schemas.SourcePage, context: RenderContext) -> Iterator[Block]:
    """Yield a page of sources."""
    items = (
        bullet(
            *((*_authors(each), ": ") if each.authors else ()),
            link(each.title, each.url),
            *(f", {part}" for part in (each.publisher, _date(each.date)) if part),
            "" if each.checked else " (not checked in full)",
        )
        for each in content.items
    )
    return page("Sources", context, content, items)


def source(content: schemas.Source, context: RenderContext) -> Iterator[Block]:
    """Yield a source with what cites it."""
    yield from head(content.title, content.url)
    yield from fact("Authors", *_authors(content))
    yield from fact("Type", in_words(content.type))
    yield from fact("Publisher", content.publisher)
    yield from fact("Date", _date(content.date))
    yield from fact("Identifiers", *joined((each,) for each in content.identifiers))
    yield from fact("Work", link(content.link, content.link) if content.link else None)
    yield from fact("Checked", "yes" if content.checked else "not in full")
    yield Heading(2, "Cited by")
    for each in content.cited_by:
        pinpoint = f", {each.pinpoint}" if each.pinpoint else ""
        yield bullet(f"{each.kind} ", link(each.title, each.url), pinpoint)
    yield from continued(context, *guide_link(context))


def _authors(content: schemas.Source) -> Line:
    return joined((author.name,) for author in content.authors)


def _support(content: Fact) -> Iterator[Block]:
    """Yield what a fact rests on."""
    yield from fact("Sources", *sources(content.sources))
    yield from fact("Compared with the sources", in_words(content.confidence))
    yield from fact("As of", _date(content.as_of))


def _continued(content: Fact, context: RenderContext) -> Iterator[Block]:
    return continued(context, *fact("Sections", *linked(content.sections)), *guide_link(context))
