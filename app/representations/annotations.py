"""Write corrections as W3C Web Annotations (https://www.w3.org/TR/annotation-model/)."""

from collections.abc import Iterator
from typing import Any

from app import schemas
from app.urls import URLs

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'

# Examples for the OpenAPI document.
_url = f"{schemas.GUIDE_URL}/corrections"
_target_example = {
    "source": f"{schemas.GUIDE_URL}/passages/significance.1?edition=original&revision={schemas.REVISION}",
    "selector": [{"type": "TextPositionSelector", "start": 123, "end": 144}],
}
_item_example = {
    "id": f"{_url}/year-placeholder?format=jsonld",
    "type": "Annotation",
    "motivation": "editing",
    "body": [{"type": "TextualBody", "purpose": "editing", "value": "Established in 1960"}],
    "target": [_target_example],
}
EXAMPLE = {"@context": CONTEXT, **_item_example}
EXAMPLE_PAGE = {
    "@context": CONTEXT,
    "id": f"{_url}?format=jsonld",
    "type": "AnnotationPage",
    "partOf": {"id": f"{_url}?format=jsonld", "type": "AnnotationCollection", "total": 1},
    "items": [_item_example],
}


def annotation(correction: schemas.Correction, urls: URLs, language: str) -> dict[str, Any]:
    """Return a correction as an annotation: texts and sources as bodies, places as targets."""
    return {"@context": CONTEXT, **_annotation(correction, urls, language)}


def annotation_page(page: schemas.CorrectionPage, url: str, whole: str, urls: URLs, language: str) -> dict[str, Any]:
    """Return a page of corrections; `url` is the URL of the page, `whole` of the first page."""
    links = {"next": page.next, "prev": page.previous}
    return {
        "@context": CONTEXT,
        "id": url,
        "type": "AnnotationPage",
        "partOf": {"id": whole, "type": "AnnotationCollection", "total": page.total},
        "items": [_annotation(correction, urls, language) for correction in page.items],
        **{relation: to for relation, to in links.items() if to},
    }


def _annotation(correction: schemas.Correction, urls: URLs, language: str) -> dict[str, Any]:
    further = (_target(correction, place, urls) for place in correction.also)
    return {
        "id": urls.correction(correction.guide, correction.slug, format="jsonld"),
        "type": "Annotation",
        "motivation": "commenting" if correction.replacement is None else "editing",
        "body": list(_bodies(correction, language)),
        "target": [_target(correction, correction, urls), *further],
    }


def _bodies(correction: schemas.Correction, language: str) -> Iterator[dict[str, Any]]:
    text = {"type": "TextualBody", "format": "text/plain", "language": language}
    yield {**text, "purpose": "commenting", "value": correction.explanation}
    if correction.replacement is not None:
        yield {**text, "purpose": "editing", "value": correction.replacement}
    for source in correction.sources:
        # The model has no pinpoint, so the place in the source is a text beside the link.
        yield {**text, "purpose": "describing", "value": ", ".join(filter(None, (source.title, source.pinpoint)))}
        yield {"type": "SpecificResource", "purpose": "linking", "source": source.link or source.url}


def _target(
    correction: schemas.Correction, place: schemas.Correction | schemas.FurtherPlace, urls: URLs
) -> dict[str, Any]:
    return {
        # The selectors refer to the original text of this revision.
        "source": urls.pinned_to(correction.revision).passage(correction.guide, place.passage, edition="original"),
        "selector": [
            {"type": "TextQuoteSelector", "exact": place.quote, "prefix": place.prefix, "suffix": place.suffix},
            {"type": "TextPositionSelector", "start": place.original_span.start, "end": place.original_span.end},
        ],
    }
