"""Make references to guides, sections, passages, sources and instruments."""

from app.content.instruments import InstrumentFields, LegalCharacter
from app.content.sources import Author, SourceFields, SourceType
from app.queries.citations import CitedRevision
from app.representations.citations.reference import Reference
from app.representations.citations.sentence import written_date
from app.representations.citations.work_types import PARTS
from app.text.editions import Edition

INSTRUMENT_LANGUAGE = "en"  # of `official_title`

_instrument_types: dict[LegalCharacter, SourceType] = {
    "treaty": "treaty",
    "executive_agreement": "treaty",
    "exchange_of_notes": "treaty",
    "political_document": "document",
    "domestic_measure": "legislation",
}


def guide_reference(published: CitedRevision, guide: str, url: str, edition: Edition) -> Reference:
    """Cite a guide. `guide` is its slug; `url` is pinned to the revision."""
    return Reference(
        key=f"{guide}.{published.revision}{_suffix(edition)}",
        type="webpage",  # Zotero takes a book with a version for software
        title=published.guide_title,
        language=published.language,
        edition=_named(edition),
        version=published.revision,
        date=published.date.isoformat(),
        url=url,
        notes=(f"revision {published.revision}",),
    )


def part_reference(
    published: CitedRevision, title: str, number: str | None, part: str, url: str, edition: Edition
) -> Reference:
    """Cite a section or a passage; `part` is its slug or id.

    `title` and `number` are those of the section. The key is unique because a revision belongs to one guide.
    """
    _, _, paragraph = part.partition(".")
    pinpoints = [f"sec. {number}" if number else "", f"para. {paragraph}" if paragraph else ""]
    return Reference(
        key=f"{part}-{published.revision}{_suffix(edition)}",
        type="chapter",
        title=title,
        container=published.guide_title,
        language=published.language,
        locator=", ".join(filter(None, pinpoints)) or None,
        edition=_named(edition),
        version=published.revision,
        date=published.date.isoformat(),
        url=url,
        notes=(f"revision {published.revision}",),
    )


def source_reference(published: CitedRevision, source: SourceFields, url: str) -> Reference:
    """Cite a source; `url` is its URL in this service."""
    in_container, is_report = source.type in PARTS, source.type == "report"
    identifiers = "; ".join(source.identifiers)
    return Reference(
        key=source.slug,
        type=source.type,
        title=source.title,
        language=published.language,
        authors=source.authors,
        container=source.publisher if in_container else None,
        publisher=None if in_container else source.publisher,
        number=identifiers if is_report else None,
        date=source.date,
        url=source.link,
        notes=() if is_report else source.identifiers,
        record=_record("cited", published, url),
    )


def instrument_reference(published: CitedRevision, instrument: InstrumentFields, url: str) -> Reference:
    """Cite an instrument, with its parties as authors; `url` is its URL in this service."""
    in_force, ended = instrument.date_in_force, instrument.date_ended
    validity = [
        f"in force from {written_date(in_force)}" if in_force else "",
        f"ended {written_date(ended)}" if ended else "",
    ]
    return Reference(
        key=f"instrument-{instrument.slug}",
        type=_instrument_types[instrument.legal_character],
        title=instrument.official_title,
        language=INSTRUMENT_LANGUAGE,
        authors=tuple(Author(literal=party) for party in instrument.parties),
        date=instrument.date_signed,
        url=instrument.link,
        notes=(*instrument.identifiers, *filter(None, validity)),
        record=_record("described", published, url),
    )


def _record(verb: str, published: CitedRevision, url: str) -> str:
    """Say where this service has a work.

    An example is `cited in The Guide, revision 0123456789ab of 22 November 2026, https://…`.
    """
    date = written_date(published.date.isoformat())
    return f"{verb} in {published.guide_title}, revision {published.revision} of {date}, {url}"


def _named(edition: Edition) -> str | None:
    return edition if edition == "original" else None


def _suffix(edition: Edition) -> str:
    return "-original" if edition == "original" else ""
