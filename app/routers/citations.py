"""Citations: references to guides, sections, passages, sources and instruments."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from app import schemas
from app.http.negotiation import choose_format
from app.http.policies import BIBTEX, CITATION_TEXT, CSL_JSON, RIS, Format, ResponsePolicy
from app.queries import citations, facts, sections, sources
from app.queries.guides import SelectedRevision, select_revision_with
from app.representations.citations.bibtex import bibtex
from app.representations.citations.csl_json import csl_json
from app.representations.citations.reference import Reference
from app.representations.citations.ris import ris
from app.representations.citations.sentence import sentences
from app.representations.citations.works import (
    guide_reference,
    instrument_reference,
    part_reference,
    source_reference,
)
from app.routers import citation_examples as examples
from app.routers.citation_examples import describe_formats
from app.routers.parameters import (
    AbsoluteURLsDep,
    InstrumentSlug,
    PassageID,
    RevisionDep,
    RevisionName,
    SectionSlug,
    SessionDep,
    SourceSlug,
    set_content_headers,
)
from app.urls import URLs

router = APIRouter(prefix="/v1", tags=["Citations"])

WRITERS = {CSL_JSON: csl_json, BIBTEX: bibtex, RIS: ris, CITATION_TEXT: sentences}
FORMATS = "`csl-json` for citation processors, `bibtex` and `ris` for reference managers, `text` for English sentences"

CitationFormat = Annotated[
    Literal["csl-json", "bibtex", "ris", "text"],
    Query(alias="format", description=f"{FORMATS}.", examples=["bibtex"]),
]


class CSLResponse(Response):
    """The default format, for the OpenAPI document."""

    media_type = CSL_JSON.media_type


@router.get(
    "/guides/{guide}/citation",
    summary="Cite a guide",
    response_class=CSLResponse,
    response_model=list[schemas.CSLItem],
    responses=describe_formats(WRITERS, examples.GUIDE),
)
@ResponsePolicy(formats=tuple(WRITERS), pinnable=True)
async def get_guide_citation(
    request: Request,
    session: SessionDep,
    urls: AbsoluteURLsDep,
    selected: RevisionDep,
    format_: CitationFormat = "csl-json",
) -> Response:
    """Cite a guide.

    The URL in the reference is pinned to the revision, so it always returns the same text.
    """
    published = citations.cited_revision(session, selected.guide, selected.revision)
    reference = guide_reference(published, selected.guide, _pinned(urls, selected, selected.revision), selected.edition)
    return respond([reference], choose_format(request, format_), selected)


@router.get(
    "/guides/{guide}/sections/{section}/citation",
    summary="Cite a section",
    response_class=CSLResponse,
    response_model=list[schemas.CSLItem],
    responses=describe_formats(WRITERS, examples.SECTION),
)
@ResponsePolicy(formats=tuple(WRITERS), pinnable=True)
async def get_section_citation(
    request: Request,
    session: SessionDep,
    urls: AbsoluteURLsDep,
    selected: RevisionDep,
    section: SectionSlug,
    format_: CitationFormat = "csl-json",
) -> Response:
    """Cite a section.

    The URL in the reference is pinned to the revision, so it always returns the same text.
    """
    title, number, revision = sections.heading(session, selected, section)
    published = citations.cited_revision(session, selected.guide, revision)
    url = _pinned(urls, selected, revision, f"/sections/{section}")
    reference = part_reference(published, title, number, section, url, selected.edition)
    return respond([reference], choose_format(request, format_), selected)


@router.get(
    "/guides/{guide}/passages/{passage}/citation",
    summary="Cite a passage",
    response_class=CSLResponse,
    response_model=list[schemas.CSLItem],
    responses=describe_formats(WRITERS, examples.PASSAGE),
)
@ResponsePolicy(formats=tuple(WRITERS), pinnable=True)
async def get_passage_citation(
    request: Request,
    session: SessionDep,
    urls: AbsoluteURLsDep,
    selected: RevisionDep,
    passage: PassageID,
    format_: CitationFormat = "csl-json",
) -> Response:
    """Cite a paragraph or list item.

    The URL in the reference is pinned to the revision, so it always returns the same text.
    """
    revision = citations.passage_revision(session, selected, passage)
    title, number, _ = sections.heading(session, selected, passage.rpartition(".")[0])
    published = citations.cited_revision(session, selected.guide, revision)
    url = _pinned(urls, selected, revision, f"/passages/{passage}")
    reference = part_reference(published, title, number, passage, url, selected.edition)
    return respond([reference], choose_format(request, format_), selected)


@router.get(
    "/sources/{source}/citation",
    summary="Cite a source",
    response_class=CSLResponse,
    response_model=list[schemas.CSLItem],
    responses=describe_formats(WRITERS, examples.SOURCE),
)
@ResponsePolicy(formats=tuple(WRITERS), pinnable=True)
async def get_source_citation(
    request: Request,
    session: SessionDep,
    urls: AbsoluteURLsDep,
    source: SourceSlug,
    revision: RevisionName = None,
    format_: CitationFormat = "csl-json",
) -> Response:
    """Cite a work that a guide rests on.

    A note in the reference names the guide and its revision.
    """
    selected = select_revision_with(session, urls, "source", source, revision)
    found = sources.source(session, selected, source)
    published = citations.cited_revision(session, found.guide, found.revision)
    url = urls.pinned_to(found.revision).of("source", source)
    return respond([source_reference(published, found, url)], choose_format(request, format_), selected)


@router.get(
    "/instruments/{instrument}/citation",
    summary="Cite an instrument",
    response_class=CSLResponse,
    response_model=list[schemas.CSLItem],
    responses=describe_formats(WRITERS, examples.INSTRUMENT),
)
@ResponsePolicy(formats=tuple(WRITERS), pinnable=True)
async def get_instrument_citation(
    request: Request,
    session: SessionDep,
    urls: AbsoluteURLsDep,
    instrument: InstrumentSlug,
    revision: RevisionName = None,
    format_: CitationFormat = "csl-json",
) -> Response:
    """Cite a treaty, agreement or statement, with its parties as authors.

    A note in the reference names the guide and its revision.
    """
    selected = select_revision_with(session, urls, "instrument", instrument, revision)
    found = facts.instrument(session, selected, instrument)
    published = citations.cited_revision(session, found.guide, found.revision)
    url = urls.pinned_to(found.revision).of("instrument", instrument)
    return respond([instrument_reference(published, found, url)], choose_format(request, format_), selected)


def respond(references: Sequence[Reference], format_: Format, selected: SelectedRevision | None) -> Response:
    """Write references in a format; `selected` is the revision that they are from, if it is one."""
    media_type = format_.media_type if format_ is CSL_JSON else f"{format_.media_type}; charset=utf-8"
    response = Response(WRITERS[format_](references), media_type=media_type)
    if selected:
        set_content_headers(response, selected)
    return response


def _pinned(urls: URLs, selected: SelectedRevision, revision: str, path: str = "") -> str:
    """Return the URL of a guide, or of a path below it, in this edition of a revision."""
    return replace(urls, revision=revision, edition=selected.edition).guide(selected.guide, path)
