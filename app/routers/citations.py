"""Citations: references to guides, sections, passages, sources and instruments."""

from dataclasses import replace

from fastapi import APIRouter, Response

from app import schemas
from app.formats import CITATION_FORMATS, CSL_JSON
from app.http.policies import ResponsePolicy
from app.queries import citations, facts, sections, sources
from app.queries.selected_revisions import SelectedRevision
from app.representations.citations.reference import Reference
from app.representations.citations.works import (
    guide_reference,
    instrument_reference,
    part_reference,
    source_reference,
)
from app.routers import citation_examples as examples
from app.routers.citation_examples import describe_formats
from app.routers.content_route import ContentRoute
from app.routers.parameters import (
    AbsoluteURLsDep,
    InstrumentRevisionDep,
    InstrumentSlug,
    PassageID,
    RevisionDep,
    SectionSlug,
    SessionDep,
    SourceRevisionDep,
    SourceSlug,
)
from app.urls import URLs

router = APIRouter(prefix="/v1", tags=["Citations"], route_class=ContentRoute)


class CSLResponse(Response):
    """The default format, for the OpenAPI document."""

    media_type = CSL_JSON.media_type


@router.get(
    "/guides/{guide}/citation",
    summary="Cite a guide",
    response_class=CSLResponse,
    response_model=list[schemas.CSLItem],
    responses=describe_formats(examples.GUIDE),
)
@ResponsePolicy(formats=CITATION_FORMATS, pinnable=True)
async def get_guide_citation(
    session: SessionDep,
    urls: AbsoluteURLsDep,
    selected: RevisionDep,
) -> list[Reference]:
    """Cite a guide.

    The URL in the reference is pinned to the revision, so it always returns the same text.
    """
    published = citations.cited_revision(session, selected.guide, selected.revision)
    reference = guide_reference(published, selected.guide, _pinned(urls, selected, selected.revision), selected.edition)
    return [reference]


@router.get(
    "/guides/{guide}/sections/{section}/citation",
    summary="Cite a section",
    response_class=CSLResponse,
    response_model=list[schemas.CSLItem],
    responses=describe_formats(examples.SECTION),
)
@ResponsePolicy(formats=CITATION_FORMATS, pinnable=True)
async def get_section_citation(
    session: SessionDep,
    urls: AbsoluteURLsDep,
    selected: RevisionDep,
    section: SectionSlug,
) -> list[Reference]:
    """Cite a section.

    The URL in the reference is pinned to the revision, so it always returns the same text.
    """
    title, number, revision = sections.heading(session, selected, section)
    published = citations.cited_revision(session, selected.guide, revision)
    url = _pinned(urls, selected, revision, f"/sections/{section}")
    reference = part_reference(published, title, number, section, url, selected.edition)
    return [reference]


@router.get(
    "/guides/{guide}/passages/{passage}/citation",
    summary="Cite a passage",
    response_class=CSLResponse,
    response_model=list[schemas.CSLItem],
    responses=describe_formats(examples.PASSAGE),
)
@ResponsePolicy(formats=CITATION_FORMATS, pinnable=True)
async def get_passage_citation(
    session: SessionDep,
    urls: AbsoluteURLsDep,
    selected: RevisionDep,
    passage: PassageID,
) -> list[Reference]:
    """Cite a paragraph or list item.

    The URL in the reference is pinned to the revision, so it always returns the same text. Without `revision`, its
    `digest` leads to the passage that has this text now.
    """
    revision, digest = citations.cited_passage(session, selected, passage)
    title, number, _ = sections.heading(session, selected, passage.rpartition(".")[0])
    published = citations.cited_revision(session, selected.guide, revision)
    url = _pinned(urls, selected, revision, f"/passages/{passage}", digest=digest)
    reference = part_reference(published, title, number, passage, url, selected.edition)
    return [reference]


@router.get(
    "/sources/{source}/citation",
    summary="Cite a source",
    response_class=CSLResponse,
    response_model=list[schemas.CSLItem],
    responses=describe_formats(examples.SOURCE),
)
@ResponsePolicy(formats=CITATION_FORMATS, pinnable=True)
async def get_source_citation(
    session: SessionDep,
    urls: AbsoluteURLsDep,
    selected: SourceRevisionDep,
    source: SourceSlug,
) -> list[Reference]:
    """Cite a work that a guide rests on.

    A note in the reference names the guide and its revision.
    """
    found = sources.source(session, selected, source)
    published = citations.cited_revision(session, found.guide, found.revision)
    url = urls.pinned_to(found.revision).of("source", source)
    return [source_reference(published, found, url)]


@router.get(
    "/instruments/{instrument}/citation",
    summary="Cite an instrument",
    response_class=CSLResponse,
    response_model=list[schemas.CSLItem],
    responses=describe_formats(examples.INSTRUMENT),
)
@ResponsePolicy(formats=CITATION_FORMATS, pinnable=True)
async def get_instrument_citation(
    session: SessionDep,
    urls: AbsoluteURLsDep,
    selected: InstrumentRevisionDep,
    instrument: InstrumentSlug,
) -> list[Reference]:
    """Cite a treaty, agreement or statement, with its parties as authors.

    A note in the reference names the guide and its revision.
    """
    found = facts.instrument(session, selected, instrument)
    published = citations.cited_revision(session, found.guide, found.revision)
    url = urls.pinned_to(found.revision).of("instrument", instrument)
    return [instrument_reference(published, found, url)]


def _pinned(urls: URLs, selected: SelectedRevision, revision: str, path: str = "", **query: str) -> str:
    """Return the URL of a guide, or of a path below it, in this edition of a revision."""
    return replace(urls, revision=revision, edition=selected.edition).guide(selected.guide, path, **query)
