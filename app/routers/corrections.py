"""Corrections: the editorial notes on a guide's text."""

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from app import schemas
from app.content.corrections import Kind, Severity, Status
from app.http.negotiation import choose_format
from app.http.policies import JSON, JSONLD, response_policy
from app.queries import corrections
from app.representations.annotations import EXAMPLE, EXAMPLE_PAGE, MEDIA_TYPE, annotation, annotation_page
from app.routers.pagination import PagingDep
from app.routers.parameters import EXAMPLE_SECTION, SLUG, CorrectionSlug, RevisionDep, SessionDep

router = APIRouter(prefix="/v1/guides/{guide}/corrections", tags=["Corrections"])

SectionFilter = Annotated[
    str | None,
    Query(
        description="Only corrections of this section. Unknown sections give 422.",
        examples=[EXAMPLE_SECTION],
        **SLUG,
    ),
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


class AnnotationDocument(Response):
    """Corrections as Web Annotations."""

    media_type = MEDIA_TYPE

    def render(self, content: Any) -> bytes:
        """Encode the annotations as JSON."""
        return json.dumps(content, ensure_ascii=False).encode()


def _as_annotations(description: str, example: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    schema = {"type": "object", "description": description, "additionalProperties": True}
    return {200: {"content": {MEDIA_TYPE: {"schema": schema, "example": example}}}}


@router.get(
    "",
    operation_id="list_corrections",
    summary="List the corrections",
    response_model=schemas.CorrectionPage,
    responses=_as_annotations("An AnnotationPage.", EXAMPLE_PAGE),
)
@response_policy(formats=(JSON, JSONLD), pinnable=True)
async def list_corrections(
    request: Request,
    session: SessionDep,
    selected: RevisionDep,
    paging: PagingDep,
    section: SectionFilter = None,
    status: StatusFilter = None,
    kind: KindFilter = None,
    severity: SeverityFilter = None,
    format_: CorrectionFormat = "json",
) -> schemas.CorrectionPage | AnnotationDocument:
    """List the editorial notes on a guide, in reading order. Each names an exact quote and its sources."""
    found, total = corrections.corrections(
        session, selected, paging.limit, paging.offset, section, status=status, kind=kind, severity=severity
    )
    page = paging.page(schemas.CorrectionPage, found, total)
    if choose_format(request, format_) == JSONLD.name:
        annotations = annotation_page(page, paging.url, paging.list_url, selected.urls, selected.language)
        return AnnotationDocument(annotations, headers=dict(paging.response.headers))
    return page


@router.get(
    "/{correction}",
    operation_id="get_correction",
    summary="Get a correction",
    response_model=schemas.Correction,
    responses=_as_annotations("A Web Annotation.", EXAMPLE),
)
@response_policy(formats=(JSON, JSONLD), pinnable=True)
async def get_correction(
    request: Request,
    session: SessionDep,
    selected: RevisionDep,
    correction: CorrectionSlug,
    format_: CorrectionFormat = "json",
) -> schemas.Correction | AnnotationDocument:
    """Get one editorial note: the exact quote, what is wrong with it, and the sources."""
    found = corrections.correction(session, selected, correction)
    if choose_format(request, format_) == JSONLD.name:
        document = annotation(found, selected.urls, selected.language)
        return AnnotationDocument(document, headers={"Content-Language": selected.language})
    return found
