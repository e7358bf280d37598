"""References as CSL-JSON."""

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter

from app import schemas
from app.representations.citations.reference import Reference, date_parts, plain, remarks, safe_url

_items = TypeAdapter(list[schemas.CSLItem])


def csl_json(references: Iterable[Reference]) -> str:
    """Return a list of items."""
    return _items.dump_json(list(map(csl_item, references)), by_alias=True, exclude_none=True).decode()


def csl_item(reference: Reference) -> schemas.CSLItem:
    """Return the item of a reference.

    `note` has the place and the revision, which Zotero keeps in no other field: see docs/decisions/0009.
    """
    # Zotero reads “key: value” in a note as a field, so a note of a work begins with words of our own.
    note = "; ".join(filter(None, (reference.record, remarks(reference))))
    return schemas.CSLItem(
        id=reference.key,
        type=reference.type,
        title=plain(reference.title),
        author=[_name(author.model_dump()) for author in reference.authors] or None,
        container_title=_optional(reference.container),
        publisher=_optional(reference.publisher),
        number=_optional(reference.number),
        edition=_optional(reference.edition),
        version=reference.version,
        locator=reference.locator,
        issued=schemas.CSLDate(date_parts=[date_parts(reference.date)]) if reference.date else None,
        note=_optional(note),
        URL=safe_url(reference.url) if reference.url else None,
        language=reference.language,
    )


def _name(author: dict[str, Any]) -> schemas.CSLName:
    return schemas.CSLName(**{part: plain(name) for part, name in author.items() if name})


def _optional(text: str | None) -> str | None:
    return plain(text) if text else None
