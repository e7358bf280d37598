"""Corrections: the editorial notes on a guide's text."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from app import schemas
from app.content.corrections import Kind, Severity, Status
from app.http.negotiation import choose_format
from app.http.policies import JSON, JSONLD, ResponsePolicy
from app.queries import corrections
from app.representations.annotations import EXAMPLE, EXAMPLE_PAGE, MEDIA_TYPE, annotation, annotation_page
from app.routers.pagination import PagingDep
from app.routers.parameters import EXAMPLE_SECTION, CorrectionSlug, RevisionDep, SessionDep, slug_filter

router = APIRouter(prefix="/v1/guides/{guide}/corrections", tags=["Corrections"])

SectionFilter = Annotated[
    str | None, slug_filter("Only corrections of this section. Unknown sections give 422.", EXAMPLE_SECTION)
]
StatusFilter = Annotated[Status | None, Query(description="Only corrections with this status.", examples=["applied"])]
KindFilter = Annotated[Kind | None, Query(description="Only corrections of this kind.", examples=["conflation"])]
SeverityFilter = Annotated[Severity | None, Query(description="Only corrections of this severity.", examples=["major"])]
CorrectionFormat = Annotated[
    Literal["json", "jsonld"],
    Query(
        alias="format",
        description="`json`, or `jsonld` for W3C Web Annotations on the original text.",
        examples=["jsonld"],
    ),
]


def _respond(annotations: dict[str, Any], headers: Mapping[str, str]) -> Response:
    return Response(json.dumps(annotations, ensure_ascii=False), media_type=MEDIA_TYPE, headers=headers)


def _as_annotations(description: str, example: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    schema = {"type": "object", "description": description, "additionalProperties": True}
    return {200: {"content": {MEDIA_TYPE: {"schema": schema, "example": example}}}}


@router.get(
    "",
    summary="List the corrections",
    response_model=schemas.CorrectionPage,
    responses=_as_annotations("An AnnotationPage.", EXAMPLE_PAGE),
)
@ResponsePolicy(formats=(JSON, JSONLD), pinnable=True)
def list_corrections(
    request: Request,
    session: SessionDep,
    selected: RevisionDep,
    paging: PagingDep,
    section: SectionFilter = None,
    status: StatusFilter = None,
    kind: KindFilter = None,
    severity: SeverityFilter = None,
    format_: CorrectionFormat = "json",
) -> schemas.CorrectionPage | Response:
    """List the editorial notes on a guide, in reading order. Each names an exact quote and its sources."""
    found, total = corrections.corrections(
        session, selected, paging.limit, paging.offset, section, status=status, kind=kind, severity=severity
    )
    page = paging.page(schemas.CorrectionPage, found, total)
    if choose_format(request, format_) is JSONLD:
        annotations = annotation_page(page, paging.url, paging.list_url, selected.urls, selected.language)
        return _respond(annotations, paging.response.headers)
    return page


@router.get(
    "/{correction}",
    summary="Get a correction",
    response_model=schemas.Correction,
    responses=_as_annotations("A Web Annotation.", EXAMPLE),
)
@ResponsePolicy(formats=(JSON, JSONLD), pinnable=True)
async def get_correction(
    request: Request,
    session: SessionDep,
    selected: RevisionDep,
    correction: CorrectionSlug,
    format_: CorrectionFormat = "json",
) -> schemas.Correction | Response:
    """Get one editorial note: the exact quote, what is wrong with it, and the sources."""
    found = corrections.correction(session, selected, correction)
    if choose_format(request, format_) is JSONLD:
        document = annotation(found, selected.urls, selected.language)
        return _respond(document, {"Content-Language": selected.language})
    return found
