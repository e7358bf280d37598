"""What the routes ask of a request: a session, the guide being read, and well-formed names."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request, Response, params
from fastapi.dependencies.utils import get_flat_params
from sqlmodel import Session

from app import schemas
from app.content.fields import MAX_SLUG_LENGTH, SLUG_PATTERN
from app.errors import InvalidInput, shorten
from app.queries.facts import FactFilter
from app.queries.guides import SelectedRevision, select_revision
from app.store.engines import wait_until_readable
from app.text.editions import Edition
from app.urls import URLs

MOST_NAMED = 5  # how many parameters that are wrong are said back

EXAMPLE_SECTION = "joint-training-exercises"
EXAMPLE_TOPIC = "military-cooperation-and-exercises"


async def _session(request: Request) -> AsyncIterator[Session]:
    with Session(request.app.state.engine) as session:
        await wait_until_readable(session)
        yield session


async def _urls(request: Request) -> URLs:
    urls: URLs = request.app.state.urls
    return urls


# With this scope the connection is back in the pool before the response is sent, however slowly a client reads it.
SessionDep = Annotated[Session, Depends(_session, scope="function")]
URLsDep = Annotated[URLs, Depends(_urls)]

SLUG = {"pattern": SLUG_PATTERN, "max_length": MAX_SLUG_LENGTH}

GuideSlug = Annotated[str, Path(description="A guide's slug.", examples=[schemas.GUIDE], **SLUG)]
SectionSlug = Annotated[str, Path(description="A section's slug.", examples=[EXAMPLE_SECTION], **SLUG)]
CorrectionSlug = Annotated[str, Path(description="A correction's slug.", examples=["year-placeholder"], **SLUG)]
InstrumentSlug = Annotated[str, Path(description="An instrument's slug.", examples=["treaty-1960"], **SLUG)]
ArticleSlug = Annotated[
    str, Path(description="An article's slug: its number in figures, or a word.", examples=["5"], **SLUG)
]
EventSlug = Annotated[str, Path(description="An event's slug.", examples=["1960-01-19"], **SLUG)]
TermSlug = Annotated[str, Path(description="A term's slug.", examples=["anpo"], **SLUG)]
SourceSlug = Annotated[str, Path(description="A source's slug.", examples=["treaty-1960"], **SLUG)]
TopicSlug = Annotated[str, Path(description="A topic's slug.", examples=[EXAMPLE_TOPIC], **SLUG)]
PassageID = Annotated[
    str,
    Path(
        description="A passage's id: its section's slug, a full stop, and its number from 1.",
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\.[1-9][0-9]{0,5}$",
        max_length=MAX_SLUG_LENGTH + 7,
        examples=[f"{EXAMPLE_SECTION}.1"],
    ),
]
TopicFilter = Annotated[
    str | None,
    Query(
        description="Only what belongs to this topic. One that does not exist is a 422.",
        examples=[EXAMPLE_TOPIC],
        **SLUG,
    ),
]
ParentFilter = Annotated[
    str | None,
    Query(
        description="Only the sections right below this one, or `none` for the top level. One that does not exist is a"
        " 422.",
        examples=["none"],
        **SLUG,
    ),
]
RevisionName = Annotated[
    str | None,
    Query(
        description="Read the guide as this revision has it, not as it is now. One that does not exist is a 422.",
        pattern=r"^[0-9a-f]{12}$",
        examples=[schemas.REVISION],
    ),
]


EditionName = Annotated[
    Edition,
    Query(
        description="The reading of the text: `corrected`, with the corrections that are `applied`, or `original`.",
        examples=["original"],
    ),
]
SectionFilter = Annotated[
    str | None,
    Query(
        description="Only what concerns the section with this slug, in any guide. One that does not exist is a 422.",
        examples=[EXAMPLE_SECTION],
        **SLUG,
    ),
]
GuideFilter = Annotated[
    str | None,
    Query(
        description="Only what belongs to this guide. One that does not exist is a 422.",
        examples=[schemas.GUIDE],
        **SLUG,
    ),
]


async def _fact_filter(
    section: SectionFilter = None, topic: TopicFilter = None, guide: GuideFilter = None
) -> FactFilter:
    return FactFilter(guide, section, topic)


FactFilterDep = Annotated[FactFilter, Depends(_fact_filter)]


async def _selected_revision(
    session: SessionDep,
    request: Request,
    response: Response,
    guide: GuideSlug,
    revision: RevisionName = None,
    edition: EditionName = "corrected",
) -> SelectedRevision:
    # FastAPI takes as long to work out a dependency as SQLite to run three statements: this one has but the session.
    found = select_revision(session, request.app.state.urls, guide, revision, edition)
    response.headers["Content-Language"] = found.language
    return found


RevisionDep = Annotated[SelectedRevision, Depends(_selected_revision)]


async def reject_unknown_parameters(request: Request) -> None:
    """Refuse a query parameter that the route does not know, or that is given twice, instead of ignoring it."""
    given = [name for name, _ in request.query_params.multi_items()]
    if not given:
        return
    known = _known(request.scope["route"])
    wrong = [name for name in dict.fromkeys(given) if name not in known or given.count(name) > 1]
    errors = [
        (shorten(name), "This parameter is given more than once; give it once.")
        if name in known
        else (shorten(name), f"This address has no such parameter; it has {', '.join(sorted(known)) or 'none'}.")
        for name in wrong[:MOST_NAMED]
    ]
    if errors:
        sentences = [f"{name}: {message}" for name, message in errors]
        if len(wrong) > MOST_NAMED:
            sentences.append(f"So it is with {len(wrong) - MOST_NAMED} more.")
        raise InvalidInput("; ".join(sentences), errors=errors)


_known_by_route: dict[str, frozenset[str]] = {}


def _known(route: Any) -> frozenset[str]:
    """The query parameters of a route, asked of FastAPI once: it takes longer to say than all the rest here."""
    if route.unique_id not in _known_by_route:
        fields = get_flat_params(route.dependant)
        names = frozenset(field.alias for field in fields if isinstance(field.field_info, params.Query))
        _known_by_route[route.unique_id] = names
    return _known_by_route[route.unique_id]
