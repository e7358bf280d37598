"""Corrections: the editorial notes on a guide's text, as JSON and as Web Annotations."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse

from app import schemas
from app.content.corrections import Kind, Severity, Status
from app.formats import JSONLD
from app.http.policies import ResponsePolicy
from app.queries import corrections
from app.queries.corrections import CorrectionFilter
from app.representations.annotations import MEDIA_TYPE, annotation
from app.routers.content_route import ContentRoute
from app.routers.pagination import PagingDep
from app.routers.parameters import PASSAGE_ID, CorrectionSlug, RevisionDep, SectionOfGuideFilter, SessionDep

router = APIRouter(prefix="/v1/guides/{guide}", tags=["Corrections"], route_class=ContentRoute)

PassageFilter = Annotated[
    str | None,
    Query(
        description="Only corrections of the passage with this id. Unknown passages give 422.",
        examples=["significance.1"],
        **PASSAGE_ID,
    ),
]
StatusFilter = Annotated[Status | None, Query(description="Only corrections with this status.", examples=["applied"])]
KindFilter = Annotated[Kind | None, Query(description="Only corrections of this kind.", examples=["conflation"])]
SeverityFilter = Annotated[Severity | None, Query(description="Only corrections of this severity.", examples=["major"])]


class AnnotationResponse(JSONResponse):
    """A response in JSON-LD with the profile of Web Annotations."""

    media_type = MEDIA_TYPE


async def _correction_filter(
    section: SectionOfGuideFilter = None,
    passage: PassageFilter = None,
    status: StatusFilter = None,
    kind: KindFilter = None,
    severity: SeverityFilter = None,
) -> CorrectionFilter:
    return CorrectionFilter(section, passage, {"status": status, "kind": kind, "severity": severity})


CorrectionFilterDep = Annotated[CorrectionFilter, Depends(_correction_filter)]


@router.get("/corrections", summary="List the corrections")
@ResponsePolicy(pinnable=True)
async def list_corrections(
    session: SessionDep, selected: RevisionDep, paging: PagingDep, only: CorrectionFilterDep
) -> schemas.CorrectionPage:
    """List the editorial notes on a guide in reading order, each with its quote and sources."""
    found, total = corrections.corrections(session, selected, paging.limit, paging.offset, only)
    return paging.page(schemas.CorrectionPage, found, total)


@router.get("/corrections/{correction}", summary="Get a correction")
@ResponsePolicy(pinnable=True)
async def get_correction(session: SessionDep, selected: RevisionDep, correction: CorrectionSlug) -> schemas.Correction:
    """Get one editorial note: the exact quote, what is wrong with it, and the sources."""
    return corrections.correction(session, selected, correction)


@router.get("/annotations", summary="List the corrections as Web Annotations", response_class=AnnotationResponse)
@ResponsePolicy(formats=(JSONLD,), pinnable=True)
async def list_annotations(
    session: SessionDep, selected: RevisionDep, paging: PagingDep, only: CorrectionFilterDep
) -> schemas.AnnotationPage:
    """List the corrections as W3C Web Annotations of the original text."""
    found, total = corrections.corrections(session, selected, paging.limit, paging.offset, only)
    page = paging.page(schemas.CorrectionPage, found, total)
    return schemas.AnnotationPage(
        id=paging.url,
        part_of=schemas.AnnotationCollection(
            id=f"{paging.list_url}#collection",  # the page without a cursor has the same URL
            label=f"Corrections of “{selected.title}”",
            total=total,
            first=paging.first_url,
        ),
        start_index=paging.offset,
        items=[annotation(correction, selected.urls, selected.language) for correction in page.items],
        next=page.next,
        prev=page.previous,
    )


@router.get(
    "/annotations/{correction}", summary="Get a correction as a Web Annotation", response_class=AnnotationResponse
)
@ResponsePolicy(formats=(JSONLD,), pinnable=True)
async def get_annotation(session: SessionDep, selected: RevisionDep, correction: CorrectionSlug) -> schemas.Annotation:
    """Get one correction as a W3C Web Annotation of the original text."""
    return annotation(corrections.correction(session, selected, correction), selected.urls, selected.language)
