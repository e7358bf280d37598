"""Write corrections as W3C Web Annotations (https://www.w3.org/TR/annotation-model/)."""

from collections.abc import Iterator

from app import schemas
from app.schemas.annotations import CONTEXT
from app.urls import URLs

MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'


def annotation(correction: schemas.Correction, urls: URLs, language: str) -> schemas.Annotation:
    """Return a correction as an annotation: texts and sources as bodies, places as targets."""
    further = (_target(correction, place, urls) for place in correction.also)
    return schemas.Annotation(
        id=urls.annotation(correction.guide, correction.slug),
        motivation="commenting" if correction.replacement is None else "editing",
        body=list(_bodies(correction, language)),
        target=[_target(correction, correction, urls), *further],
    )


def _bodies(correction: schemas.Correction, language: str) -> Iterator[schemas.TextualBody | schemas.LinkedSource]:
    yield schemas.TextualBody(purpose="commenting", value=correction.explanation, language=language)
    if correction.replacement is not None:
        yield schemas.TextualBody(purpose="editing", value=correction.replacement, language=language)
    for source in correction.sources:
        # The model has no pinpoint, so the place in the source is a text beside the link.
        name = ", ".join(filter(None, (source.title, source.pinpoint)))
        yield schemas.TextualBody(purpose="describing", value=name, language=language)
        yield schemas.LinkedSource(source=source.link or source.url)


def _target(
    correction: schemas.Correction, place: schemas.Correction | schemas.FurtherPlace, urls: URLs
) -> schemas.AnnotationTarget:
    return schemas.AnnotationTarget(
        # The selectors refer to the original text of this revision.
        source=urls.pinned_to(correction.revision).passage(correction.guide, place.passage, edition="original"),
        selector=[
            schemas.TextQuoteSelector(exact=place.quote, prefix=place.prefix, suffix=place.suffix),
            schemas.TextPositionSelector(start=place.original_span.start, end=place.original_span.end),
        ],
    )
