"""Documentation of the formats of citations, with an example of each."""

import datetime
import json
from typing import Any, TypeVar

from pydantic import BaseModel

from app import schemas
from app.content.instruments import InstrumentFields
from app.content.sources import SourceFields
from app.formats import CSL_JSON
from app.queries.citations import CitedRevision
from app.representations.citations.reference import Reference
from app.representations.citations.works import (
    guide_reference,
    instrument_reference,
    part_reference,
    source_reference,
)
from app.routers.content_route import CITATION_WRITERS
from app.routers.parameters import EXAMPLE_SECTION
from app.settings import DEFAULT_LOCAL_URL
from app.urls import URLs

Model = TypeVar("Model", bound=BaseModel)


def _example(model: type[Model]) -> Model:
    """Return an object of which each field has its example."""
    fields = {name: field.examples[0] for name, field in model.model_fields.items() if field.examples}
    return model.model_validate(fields)


_published = CitedRevision(
    guide_title="The Definitive Guide to the US-Japan Security Treaty",
    language="en",
    revision=schemas.REVISION,
    date=datetime.date(2026, 11, 22),
)
_pinned = URLs(DEFAULT_LOCAL_URL, schemas.REVISION)
_source, _instrument = _example(SourceFields), _example(InstrumentFields)
_passage = f"{EXAMPLE_SECTION}.1"

GUIDE = guide_reference(_published, schemas.GUIDE, _pinned.guide(schemas.GUIDE), "corrected")
SECTION = part_reference(
    _published,
    "Joint Training Exercises",
    "4.1",
    EXAMPLE_SECTION,
    _pinned.section(schemas.GUIDE, EXAMPLE_SECTION),
    "corrected",
)
PASSAGE = part_reference(
    _published, "Joint Training Exercises", "4.1", _passage, _pinned.passage(schemas.GUIDE, _passage), "corrected"
)
SOURCE = source_reference(_published, _source, _pinned.of("source", _source.slug))
INSTRUMENT = instrument_reference(_published, _instrument, _pinned.of("instrument", _instrument.slug))


def describe_formats(example: Reference) -> dict[int | str, dict[str, Any]]:
    """Return the content of a response in each format, for the OpenAPI document."""
    content: dict[str, dict[str, Any]] = {
        format_.media_type: {"schema": {"type": "string"}, "example": write([example])}
        for format_, write in CITATION_WRITERS.items()
    }
    content[CSL_JSON.media_type] = {
        "schema": {"type": "array", "items": {"$ref": "#/components/schemas/CSLItem"}},
        "example": json.loads(CITATION_WRITERS[CSL_JSON]([example])),
    }
    return {200: {"content": content}}
