"""Path and query parameters, and the dependencies that several routes share."""

from contextlib import ExitStack
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request, Response
from sqlmodel import Session

from app import schemas
from app.content.fields import MAX_SLUG_LENGTH, SLUG_PATTERN
from app.errors import InvalidInput, NotFound
from app.formats import Format
from app.http.negotiation import choose_format
from app.queries.facts import FactFilter
from app.queries.selected_revisions import SelectedRevision, select_revision, select_revision_with
from app.routers.versions import AsOf, redirect_to_revision_at, use_revision
from app.store.engines import ReadingSessions
from app.text.editions import Edition
from app.urls import URLs

EXAMPLE_SECTION = "joint-training-exercises"
EXAMPLE_TOPIC = "military-cooperation-and-exercises"


async def _session(request: Request) -> Session:
    # FastAPI would close the session of a dependency with `yield`, but takes 20 µs longer.
    exit_stack: ExitStack = request.state.exit_stack
    sessions: ReadingSessions = request.app.state.sessions
    return exit_stack.enter_context(sessions.open())


async def _urls(request: Request) -> URLs:
    urls: URLs = request.app.state.urls
    return urls


async def _absolute_urls(request: Request) -> URLs:
    urls: URLs = request.app.state.absolute_urls
    return urls


async def _format(request: Request) -> Format:
    return choose_format(request)


SessionDep = Annotated[Session, Depends(_session)]
URLsDep = Annotated[URLs, Depends(_urls)]
FormatDep = Annotated[Format, Depends(_format)]  # for routes that return more in some formats
AbsoluteURLsDep = Annotated[URLs, Depends(_absolute_urls)]  # for references, which are read elsewhere

REVISION_PATTERN = r"^[0-9a-f]{12}$"
SLUG: dict[str, Any] = {"pattern": SLUG_PATTERN, "max_length": MAX_SLUG_LENGTH}

PASSAGE_ID: dict[str, Any] = {
    "pattern": r"^[a-z0-9]+(-[a-z0-9]+)*\.[1-9][0-9]{0,5}$",
    "max_length": MAX_SLUG_LENGTH + 7,
}

GuideSlug = Annotated[str, Path(description="The slug of a guide.", examples=[schemas.GUIDE], **SLUG)]
SectionSlug = Annotated[str, Path(description="The slug of a section.", examples=[EXAMPLE_SECTION], **SLUG)]
CorrectionSlug = Annotated[str, Path(description="The slug of a correction.", examples=["year-placeholder"], **SLUG)]
InstrumentSlug = Annotated[str, Path(description="The slug of an instrument.", examples=["treaty-1960"], **SLUG)]
ArticleSlug = Annotated[
    str, Path(description="The slug of an article: its number in Arabic figures, or a word.", examples=["5"], **SLUG)
]
EventSlug = Annotated[str, Path(description="The slug of an event.", examples=["1960-01-19"], **SLUG)]
TermSlug = Annotated[str, Path(description="The slug of a term.", examples=["anpo"], **SLUG)]
SourceSlug = Annotated[str, Path(description="The slug of a source.", examples=["treaty-1960"], **SLUG)]
TopicSlug = Annotated[str, Path(description="The slug of a topic.", examples=[EXAMPLE_TOPIC], **SLUG)]
PassageID = Annotated[
    str,
    Path(
        description="The id of a passage: its section's slug, a full stop, and its number from 1.",
        examples=[f"{EXAMPLE_SECTION}.1"],
        **PASSAGE_ID,
    ),
]


def slug_filter(description: str, example: str) -> Any:
    """Declare a query parameter that takes a slug."""
    return Query(description=description, examples=[example], **SLUG)


TopicFilter = Annotated[str | None, slug_filter("Only items of this topic. Unknown topics give 422.", EXAMPLE_TOPIC)]
GuideFilter = Annotated[str | None, slug_filter("Only items of this guide. Unknown guides give 422.", schemas.GUIDE)]
SectionFilter = Annotated[
    str | None,
    slug_filter(
        "Only items about the section with this slug, in any guide. Unknown sections give 422.", EXAMPLE_SECTION
    ),
]
SectionOfGuideFilter = Annotated[
    str | None, slug_filter("Only items of this section. Unknown sections give 422.", EXAMPLE_SECTION)
]
ParentFilter = Annotated[
    str | None,
    slug_filter(
        "Only direct subsections of this section, or `none` for the top level. Unknown sections give 422.", "none"
    ),
]
RevisionName = Annotated[
    str | None,
    Query(
        description="Return this revision instead of the current one. Unknown revisions give 422.",
        pattern=REVISION_PATTERN,
        examples=[schemas.REVISION],
    ),
]
RevisionOfGuide = Annotated[
    str | None,
    Query(
        description="Return this revision of the `guide` instead of the current one. Unknown revisions give 422.",
        pattern=REVISION_PATTERN,
        examples=[schemas.REVISION],
    ),
]
EditionName = Annotated[Edition, Query(description="By default you get the corrected text.", examples=["original"])]


async def selected_revision(
    session: SessionDep,
    request: Request,
    response: Response,
    guide: GuideSlug,
    revision: RevisionName = None,
    edition: EditionName = "corrected",
    as_of: AsOf = None,
) -> SelectedRevision:
    """Select the revision that a request reads, or redirect to the one that was current at a time."""
    if as_of is not None:
        redirect_to_revision_at(session, request, guide, as_of)
    # A dependency costs FastAPI as much time as three SQL statements, so the URLs come from the application's state.
    selected = select_revision(session, request.app.state.urls, guide, revision, edition)
    return use_revision(session, selected, request, response)


async def _current_revision(
    session: SessionDep, request: Request, response: Response, guide: GuideSlug
) -> SelectedRevision:
    return await selected_revision(session, request, response, guide)


async def _instrument_revision(
    session: SessionDep, request: Request, response: Response, instrument: InstrumentSlug, revision: RevisionName = None
) -> SelectedRevision:
    urls = request.app.state.urls
    return use_revision(
        session, select_revision_with(session, urls, "instrument", instrument, revision), request, response
    )


async def _event_revision(
    session: SessionDep, request: Request, response: Response, event: EventSlug, revision: RevisionName = None
) -> SelectedRevision:
    urls = request.app.state.urls
    return use_revision(session, select_revision_with(session, urls, "event", event, revision), request, response)


async def _term_revision(
    session: SessionDep, request: Request, response: Response, term: TermSlug, revision: RevisionName = None
) -> SelectedRevision:
    urls = request.app.state.urls
    return use_revision(session, select_revision_with(session, urls, "term", term, revision), request, response)


async def _source_revision(
    session: SessionDep, request: Request, response: Response, source: SourceSlug, revision: RevisionName = None
) -> SelectedRevision:
    urls = request.app.state.urls
    return use_revision(session, select_revision_with(session, urls, "source", source, revision), request, response)


async def _fact_filter(
    session: SessionDep,
    request: Request,
    response: Response,
    section: SectionFilter = None,
    topic: TopicFilter = None,
    guide: GuideFilter = None,
    revision: RevisionOfGuide = None,
) -> FactFilter:
    if guide is None:
        if revision is not None:
            raise InvalidInput.of(("revision", "This list has the facts of all guides; give the `guide` as well."))
        return FactFilter(request.app.state.urls, None, section, topic)
    try:
        selected = await selected_revision(session, request, response, guide, revision)
    except NotFound as error:
        raise InvalidInput.unknown("guide", guide, error.did_you_mean) from error
    return FactFilter(selected.urls, selected, section, topic)


async def _guide_filter(
    session: SessionDep,
    request: Request,
    response: Response,
    guide: GuideFilter = None,
    revision: RevisionOfGuide = None,
) -> FactFilter:
    return await _fact_filter(session, request, response, guide=guide, revision=revision)


RevisionDep = Annotated[SelectedRevision, Depends(selected_revision)]
CurrentRevisionDep = Annotated[SelectedRevision, Depends(_current_revision)]  # rejects `revision` and `edition`
InstrumentRevisionDep = Annotated[SelectedRevision, Depends(_instrument_revision)]
EventRevisionDep = Annotated[SelectedRevision, Depends(_event_revision)]
TermRevisionDep = Annotated[SelectedRevision, Depends(_term_revision)]
SourceRevisionDep = Annotated[SelectedRevision, Depends(_source_revision)]
FactFilterDep = Annotated[FactFilter, Depends(_fact_filter)]
GuideFilterDep = Annotated[FactFilter, Depends(_guide_filter)]
