"""Citations of sections and passages, in the formats of reference managers."""

import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import Session

from app import schemas
from app.http.negotiation import choose_format
from app.http.policies import BIBTEX, CITATION_TEXT, CSL_JSON, RIS, Format, ResponsePolicy
from app.queries import passages, sections
from app.queries.guides import SelectedRevision
from app.representations.citations import CitedWork, bibtex, csl_item, csl_json, ris, sentence
from app.routers.parameters import (
    EXAMPLE_SECTION,
    PassageID,
    RevisionDep,
    SectionSlug,
    SessionDep,
    set_content_headers,
)

router = APIRouter(prefix="/v1/guides/{guide}", tags=["Citations"])

WRITERS = {CSL_JSON: csl_json, BIBTEX: bibtex, RIS: ris, CITATION_TEXT: sentence}

CitationFormat = Annotated[
    Literal["csl-json", "bibtex", "ris", "text"],
    Query(
        alias="format",
        description="`csl-json` for citation processors, `bibtex` and `ris` for reference managers, `text` for a"
        " sentence in English.",
        examples=["bibtex"],
    ),
]

_CSL_FIELDS: dict[str, Any] = {
    "id": {"type": "string", "description": "The id of the item."},
    "type": {"type": "string", "description": "Always `chapter`."},
    "title": {"type": "string", "description": "The section's title."},
    "container-title": {"type": "string", "description": "The guide's title."},
    "locator": {"type": "string", "description": "The place in the guide."},
    "version": {"type": "string", "description": "The revision of the guide."},
    "issued": {
        "type": "object",
        "description": "The day of publication: year, month, day.",
        "properties": {"date-parts": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}},
    },
    "URL": {"type": "string", "description": "URL of the cited text, pinned to the revision."},
    "language": {"type": "string", "description": "The language of the guide, as a BCP 47 tag."},
    "edition": {"type": "string", "description": "`original` if that edition is cited; otherwise absent."},
}
_CSL_ITEM = {
    "type": "object",
    "required": ["id", "type"],
    "description": "An item of the CSL 1.0.2 data schema.",
    "properties": _CSL_FIELDS,
}


def _responses(address: str, passage: str | None) -> dict[int | str, dict[str, Any]]:
    """Describe the formats, with an example of each."""
    cited = CitedWork(
        guide_title="The Definitive Guide to the US-Japan Security Treaty",
        section_title="Joint Training Exercises",
        section_number="4.1",
        section=EXAMPLE_SECTION,
        passage=passage,
        revision=schemas.REVISION,
        published=datetime.date(2026, 11, 22),
        url=f"{schemas.GUIDE_URL}{address}?revision={schemas.REVISION}",
        language="en",
    )
    formats: dict[str, dict[str, Any]] = {
        format_.media_type: {"schema": {"type": "string"}, "example": write(cited)}
        for format_, write in WRITERS.items()
    }
    formats[CSL_JSON.media_type] = {"schema": {"type": "array", "items": _CSL_ITEM}, "example": [csl_item(cited)]}
    return {200: {"description": "The reference, with the revision and its day of publication.", "content": formats}}


@router.get(
    "/sections/{section}/citation",
    summary="Cite a section",
    response_class=Response,
    responses=_responses(f"/sections/{EXAMPLE_SECTION}", None),
)
@ResponsePolicy(formats=tuple(WRITERS), pinnable=True)
async def get_section_citation(
    request: Request,
    session: SessionDep,
    selected: RevisionDep,
    section: SectionSlug,
    format_: CitationFormat = "csl-json",
) -> Response:
    """Cite a section. The URL in the reference is pinned to the revision, so it always returns the same text."""
    return _cite(session, selected, section, None, choose_format(request, format_))


@router.get(
    "/passages/{passage}/citation",
    summary="Cite a passage",
    response_class=Response,
    responses=_responses(f"/passages/{EXAMPLE_SECTION}.1", f"{EXAMPLE_SECTION}.1"),
)
@ResponsePolicy(formats=tuple(WRITERS), pinnable=True)
async def get_passage_citation(
    request: Request,
    session: SessionDep,
    selected: RevisionDep,
    passage: PassageID,
    format_: CitationFormat = "csl-json",
) -> Response:
    """Cite a paragraph or list item. The URL in the reference is pinned to the revision, so it never changes."""
    passages.passage(session, selected, passage)
    return _cite(session, selected, passage.rpartition(".")[0], passage, choose_format(request, format_))


def _cite(session: Session, selected: SelectedRevision, section: str, passage: str | None, format_: Format) -> Response:
    title, number = sections.heading(session, selected, section)
    address = f"/passages/{passage}" if passage else f"/sections/{section}"
    query = {"edition": "original"} if selected.edition == "original" else {}
    cited = CitedWork(
        guide_title=selected.title,
        section_title=title,
        section_number=number,
        section=section,
        passage=passage,
        revision=selected.revision,
        published=selected.published_at.date(),
        url=selected.urls.pinned_to(selected.revision).guide(selected.guide, address, **query),
        language=selected.language,
        edition=selected.edition,
    )
    media_type = format_.media_type if format_ is CSL_JSON else f"{format_.media_type}; charset=utf-8"
    response = Response(WRITERS[format_](cited), media_type=media_type)
    set_content_headers(response, selected)
    return response
