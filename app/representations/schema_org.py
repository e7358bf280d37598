"""Describe content with the vocabulary of schema.org, release 30.0."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app import schemas
from app.content.sources import Author, SourceType
from app.representations.citations.reference import safe_url
from app.representations.citations.work_types import PARTS
from app.representations.context import RenderContext
from app.schemas.models import PublicModel
from app.text.display import in_words

Thing = dict[str, Any]

# The other types of CSL have no type in schema.org that says more than `CreativeWork`.
SOURCE_TYPES: Mapping[SourceType, str] = {
    "article": "Article",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "bill": "Legislation",
    "book": "Book",
    "chapter": "Chapter",
    "collection": "Collection",
    "dataset": "Dataset",
    "legislation": "Legislation",
    "manuscript": "Manuscript",
    "map": "Map",
    "motion_picture": "Movie",
    "paper-conference": "ScholarlyArticle",
    "periodical": "Periodical",
    "post-weblog": "BlogPosting",
    "regulation": "Legislation",
    "report": "Report",
    "review": "Review",
    "review-book": "Review",
    "song": "MusicComposition",
    "thesis": "Thesis",
    "treaty": "Legislation",
    "webpage": "WebPage",
}


def describe(content: PublicModel, context: RenderContext) -> Thing | None:
    """Return content as a schema.org object, or None if there is no such kind."""
    describe_kind = _DESCRIPTIONS.get(type(content))
    return describe_kind(content, context) if describe_kind else None


def section_with_text(section: schemas.Section, context: RenderContext) -> Thing:
    """Return a section with its passages and corrections, which the page of a section shows itself."""
    described = _section(section, context)
    passages = [
        _with_url("CreativeWork", passage.url, context) | {"position": position, "text": passage.text}
        for position, passage in enumerate(section.passages, 1)
    ]
    properties = {
        "hasPart": [*passages, *described.get("hasPart", [])],
        "correction": [_correction(each, context) for each in section.corrections if each.status != "note"],
    }
    return _with(described, properties)


def _front_page(page: schemas.FrontPage, context: RenderContext) -> Thing:
    properties = {
        "name": page.name,
        "description": page.description,
        "hasPart": [_link("Book", guide, context) for guide in page.guides],
    }
    return _with(_with_url("WebSite", context.urls.at("/"), context), properties)


def _guide(guide: schemas.Guide, context: RenderContext) -> Thing:
    properties = {
        "description": guide.summary,
        "inLanguage": guide.language,
        "license": {"@type": "CreativeWork", "name": guide.licence} if guide.licence else None,
        "version": guide.revision,
        "bookEdition": context.selected.edition if context.selected else None,
        "datePublished": guide.published_at.date().isoformat(),
        "hasPart": _chapters(guide.contents, context),
    }
    return _thing("Book", guide, context, properties)


def _chapters(entries: Iterable[schemas.ContentsEntry], context: RenderContext) -> list[Thing]:
    return [
        _with(
            _link("Chapter", entry, context),
            {"position": entry.number, "hasPart": _chapters(entry.children, context)},
        )
        for entry in entries
    ]


def _section(section: schemas.Section, context: RenderContext) -> Thing:
    laws = [_link("Legislation", fact, context) for fact in (*section.instruments, *section.articles)]
    properties = {
        "position": section.number,
        "inLanguage": context.selected.language if context.selected else None,
        "version": section.revision,
        "datePublished": section.published_at.date().isoformat(),
        "isPartOf": _whole(section, context),
        "hasPart": [_link("Chapter", child, context) for child in section.children],
        "keywords": [_link("DefinedTerm", topic, context) for topic in section.topics],
        "about": laws + [_link("Event", event, context) for event in section.events],
        "mentions": [_link("DefinedTerm", term, context) for term in section.terms],
    }
    return _thing("Chapter", section, context, properties)


def _whole(section: schemas.Section, context: RenderContext) -> Thing:
    """Return what a section is part of: its parent, and the guide."""
    guide = {"@type": "Book", "@id": context.absolute(context.urls.guide(section.guide))}
    book = _with(guide, {"name": context.selected.title if context.selected else None})
    return _link("Chapter", section.parent, context) | {"isPartOf": book} if section.parent else book


def _correction(correction: schemas.Correction, context: RenderContext) -> Thing:
    text = {"text": correction.explanation, "creativeWorkStatus": correction.status}
    return _link("CorrectionComment", correction, context) | text


def _instrument(instrument: schemas.Instrument, context: RenderContext) -> Thing:
    japanese = [_japanese(name) for name in (instrument.title_ja, instrument.popular_name_ja) if name]
    properties = {
        "name": instrument.official_title,
        "alternateName": [instrument.title, *japanese],
        "description": instrument.description,
        "legislationType": in_words(instrument.legal_character),
        "legislationIdentifier": list(instrument.identifiers),
        "legislationDate": instrument.date_signed,
        "legislationLegalForce": _legal_force(instrument, context),
        "legislationPassedBy": [{"@type": "Organization", "name": party} for party in instrument.parties],
        "locationCreated": {"@type": "Place", "name": instrument.place_signed} if instrument.place_signed else None,
        "sameAs": _web_url(instrument.link),
        "hasPart": [
            _link("Legislation", article, context) | {"position": article.number} for article in instrument.articles
        ],
        "subjectOf": _sections(instrument.sections, context),
    }
    return _thing("Legislation", instrument, context, properties)


def _legal_force(instrument: schemas.Instrument, context: RenderContext) -> Thing | None:
    """Return whether an instrument was in force when the revision was published.

    None for a statement of policy, which cannot be in force, and if the date of entry into force is unknown.
    """
    if instrument.legal_character == "political_document" or not instrument.date_in_force or not context.selected:
        return None
    date = context.selected.published_at.date().isoformat()
    has_ended = instrument.date_ended is not None and instrument.date_ended <= date
    is_in_force = instrument.date_in_force <= date and not has_ended
    return {"@id": f"https://schema.org/{'InForce' if is_in_force else 'NotInForce'}"}


def _article(article: schemas.Article, context: RenderContext) -> Thing:
    properties = {
        "position": article.number,
        "description": article.summary,
        "isPartOf": _link("Legislation", article.instrument, context),
        "subjectOf": _sections(article.sections, context),
    }
    return _thing("Legislation", article, context, properties)


def _event(event: schemas.Event, context: RenderContext) -> Thing:
    properties = {
        "startDate": event.date,
        "keywords": event.category,
        "subjectOf": _sections(event.sections, context),
    }
    return _thing("Event", event, context, properties)


def _term(term: schemas.Term, context: RenderContext) -> Thing:
    glossary = _with_url("DefinedTermSet", context.urls.facts("/v1/terms", guide=term.guide), context)
    romaji = _japanese(term.romaji, "ja-Latn") if term.romaji else None
    names = [term.abbreviation, _japanese(term.ja) if term.ja else None, romaji]
    properties = {
        "alternateName": list(filter(None, names)),
        "description": term.definition,
        "inDefinedTermSet": glossary | {"name": "Glossary"},
        "subjectOf": _sections(term.sections, context),
    }
    return _thing("DefinedTerm", term, context, properties)


def _source(source: schemas.Source, context: RenderContext) -> Thing:
    kind = SOURCE_TYPES.get(source.type, "CreativeWork")
    relation, publisher = ("isPartOf", "CreativeWork") if source.type in PARTS else ("publisher", "Organization")
    properties = {
        "author": [_author(author) for author in source.authors],
        "identifier": list(source.identifiers),
        "sameAs": _web_url(source.link),
        relation: {"@type": publisher, "name": source.publisher} if source.publisher else None,
        "legislationDate" if kind == "Legislation" else "datePublished": source.date,
    }
    return _thing(kind, source, context, properties)


def _author(author: Author) -> Thing:
    if author.literal:
        return {"@type": "Organization", "name": author.name}
    return _with({"@type": "Person", "name": author.name}, {"familyName": author.family, "givenName": author.given})


_DESCRIPTIONS: Mapping[type[PublicModel], Callable[[Any, RenderContext], Thing]] = {
    schemas.FrontPage: _front_page,
    schemas.Guide: _guide,
    schemas.WholeGuide: _guide,
    schemas.Section: _section,
    schemas.Instrument: _instrument,
    schemas.Article: _article,
    schemas.Event: _event,
    schemas.Term: _term,
    schemas.Source: _source,
}


def _thing(kind: str, resource: Any, context: RenderContext, properties: Thing) -> Thing:
    """Return a resource with those of the properties that have a value."""
    return _with(_with_url(kind, resource.url, context) | {"name": resource.title}, properties)


def _with_url(kind: str, url: str, context: RenderContext) -> Thing:
    absolute = context.absolute(url)
    return {"@type": kind, "@id": absolute, "url": absolute}


def _link(kind: str, resource: Any, context: RenderContext) -> Thing:
    return {"@type": kind, "@id": context.absolute(resource.url), "name": resource.title}


def _with(thing: Thing, properties: Thing) -> Thing:
    return thing | {name: value for name, value in properties.items() if value not in (None, [])}


def _web_url(link: str | None) -> str | None:
    return safe_url(link) if link and link.startswith(("http://", "https://")) else None


def _sections(links: Iterable[schemas.SectionLink], context: RenderContext) -> list[Thing]:
    return [_link("Chapter", link, context) for link in links]


def _japanese(text: str, language: str = "ja") -> Thing:
    return {"@value": text, "@language": language}
