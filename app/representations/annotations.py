"""Corrections as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), for annotation clients."""

from collections.abc import Iterator
from typing import Any

from app import schemas
from app.addresses import Addresses

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'


def annotation(correction: schemas.Correction, addresses: Addresses, language: str) -> dict[str, Any]:
    """One correction: what it says and on what authority as bodies, each of its places as a target."""
    return {"@context": CONTEXT, **_annotation(correction, addresses, language)}


def annotation_page(page: schemas.CorrectionPage, url: str, addresses: Addresses, language: str) -> dict[str, Any]:
    """A page of corrections; `url` is where it answers."""
    links = {"next": page.next, "prev": page.previous}
    return {
        "@context": CONTEXT,
        "id": url,
        "type": "AnnotationPage",
        "partOf": {"id": url.partition("?")[0], "type": "AnnotationCollection", "total": page.total},
        "items": [_annotation(correction, addresses, language) for correction in page.items],
        **{relation: to for relation, to in links.items() if to},
    }


def _annotation(correction: schemas.Correction, addresses: Addresses, language: str) -> dict[str, Any]:
    further = (_target(correction, place, addresses) for place in correction.also)
    return {
        "id": correction.url,
        "type": "Annotation",
        "motivation": "commenting" if correction.replacement is None else "editing",
        "body": list(_bodies(correction, language)),
        "target": [_target(correction, correction, addresses), *further],
    }


def _bodies(correction: schemas.Correction, language: str) -> Iterator[dict[str, Any]]:
    text = {"type": "TextualBody", "format": "text/plain", "language": language}
    yield {**text, "purpose": "commenting", "value": correction.explanation}
    if correction.replacement is not None:
        yield {**text, "purpose": "editing", "value": correction.replacement}
    for source in correction.sources:
        yield {"type": "SpecificResource", "purpose": "linking", "source": source.link or source.url}


def _target(
    correction: schemas.Correction, place: schemas.Correction | schemas.FurtherPlace, addresses: Addresses
) -> dict[str, Any]:
    passage = addresses.passage(correction.guide, place.passage)
    return {
        # What the selectors count and quote is the original, as this revision has it.
        "source": f"{passage}?edition=original&revision={correction.revision}",
        "selector": [
            {"type": "TextQuoteSelector", "exact": place.quote, "prefix": place.prefix, "suffix": place.suffix},
            {"type": "TextPositionSelector", "start": place.original.start, "end": place.original.end},
        ],
    }
