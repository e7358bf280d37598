"""The tool `facts`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field
from sqlmodel import Session

from app import schemas
from app.content.events import Category
from app.content.fields import Confidence, check_date, check_partial_date
from app.content.instruments import LegalCharacter
from app.errors import InvalidInput, NotFound
from app.mcp.arguments import Arguments, Cursor, EmptyIsNone, slug
from app.mcp.cursors import check_page, continuation, to_offset
from app.mcp.ids import to_id
from app.mcp.results import Result, clip, fill
from app.mcp.tool import Tool
from app.queries import facts as queries
from app.queries.facts import FactFilter
from app.queries.selected_revisions import select_revision
from app.urls import URLs

PAGE_SIZE = 25

FactKind = Literal["instrument", "event", "term"]
# Arguments that only one kind of fact has.
FILTERS: Mapping[FactKind, Sequence[str]] = {
    "instrument": ("legal_character", "in_force_on"),
    "event": ("since", "until", "category"),
    "term": (),
}


class FactsArguments(Arguments):
    """What to list."""

    kind: FactKind = Field(
        description="`instrument`: treaties, agreements, notes and statements. `event`: the timeline, oldest first."
        " `term`: the glossary."
    )
    section: Annotated[str | None, EmptyIsNone] = slug("Only facts about the section with this slug, in any guide.")
    topic: Annotated[str | None, EmptyIsNone] = slug("Only facts of the topic with this slug.")
    guide: Annotated[str | None, EmptyIsNone] = slug("Only facts of the guide with this slug.")
    revision: Annotated[
        str | None,
        EmptyIsNone,
        Field(max_length=40, description="Facts as they were in this revision of the `guide`, which `fetch` names."),
    ] = None
    legal_character: Annotated[
        LegalCharacter | None, EmptyIsNone, Field(description="Only instruments of this legal character.")
    ] = None
    in_force_on: Annotated[
        Annotated[str, AfterValidator(check_date)] | None,
        EmptyIsNone,
        Field(description="Only instruments in force on this day, such as 1955-01-01."),
    ] = None
    since: Annotated[
        Annotated[str, AfterValidator(check_partial_date)] | None,
        EmptyIsNone,
        Field(description="Only events from this day, month or year on, such as 1951-09-08 or 1951."),
    ] = None
    until: Annotated[
        Annotated[str, AfterValidator(check_partial_date)] | None,
        EmptyIsNone,
        Field(description="Only events up to this day, month or year."),
    ] = None
    category: Annotated[Category | None, EmptyIsNone, Field(description="Only events of this category.")] = None
    cursor: Annotated[Cursor, EmptyIsNone] = None


class FactItem(BaseModel):
    """A fact."""

    id: str = Field(description="Pass it to `fetch` for the sources and all details.")
    title: str = Field(description="Title; of an event, what happened.")
    url: str = Field(description="URL to cite.")
    date: str | None = Field(description="When it happened or was signed, as precise as known; null for a term.")
    in_force_from: str | None = Field(description="Day on which an instrument entered into force; null if it did not.")
    in_force_until: str | None = Field(description="Day from which an instrument is no longer in force.")
    text: str | None = Field(description="What an instrument is or a term means; null for an event.")
    confidence: Confidence


class Facts(Result):
    """A page of facts."""

    kind: FactKind
    items: list[FactItem]
    total: int = Field(description="Number of all facts that the filters select.")


Page = tuple[Sequence[Any], int]


def facts(session: Session, urls: URLs, arguments: FactsArguments) -> Facts:
    """Return a page of facts; shorter if they are long."""
    _check_filters(arguments)
    offset = to_offset(arguments.cursor)
    found, total = _QUERIES[arguments.kind](session, _fact_filter(session, urls, arguments), offset, arguments)
    check_page(offset, found)
    items = [_item(fact, urls) for fact in found]

    def build(shown: Sequence[FactItem]) -> Facts:
        cursor, notice = continuation(offset + len(shown), total)
        return Facts(kind=arguments.kind, items=list(shown), total=total, next_cursor=cursor, notice=notice)

    return fill(items, build)


def _check_filters(arguments: FactsArguments) -> None:
    """Raise `InvalidInput` for a filter that this kind of fact does not have."""
    errors = [
        (name, f"Only the kind `{kind}` has this filter.")
        for kind, names in FILTERS.items()
        for name in names
        if kind != arguments.kind and getattr(arguments, name) is not None
    ]
    if errors:
        raise InvalidInput.of(*errors)


def _fact_filter(session: Session, urls: URLs, arguments: FactsArguments) -> FactFilter:
    """Return the filter by guide, section and topic; links of its facts keep the revision."""
    if arguments.guide is None:
        if arguments.revision is not None:
            raise InvalidInput.of(("revision", "A revision is one of a guide; give the `guide` as well."))
        return FactFilter(urls, None, arguments.section, arguments.topic)
    try:
        selected = select_revision(session, urls, arguments.guide, arguments.revision)
    except NotFound as error:
        raise InvalidInput.unknown("guide", arguments.guide, error.did_you_mean) from error
    return FactFilter(selected.urls, selected, arguments.section, arguments.topic)


def _instruments(session: Session, only: FactFilter, offset: int, arguments: FactsArguments) -> Page:
    return queries.instruments(session, only, PAGE_SIZE, offset, arguments.legal_character, arguments.in_force_on)


def _events(session: Session, only: FactFilter, offset: int, arguments: FactsArguments) -> Page:
    return queries.events(session, only, PAGE_SIZE, offset, arguments.since, arguments.until, arguments.category)


def _terms(session: Session, only: FactFilter, offset: int, arguments: FactsArguments) -> Page:
    return queries.terms(session, only, PAGE_SIZE, offset)


_QUERIES: Mapping[FactKind, Callable[[Session, FactFilter, int, FactsArguments], Page]] = {
    "instrument": _instruments,
    "event": _events,
    "term": _terms,
}


def _item(fact: schemas.Instrument | schemas.Event | schemas.Term, urls: URLs) -> FactItem:
    date = in_force_from = in_force_until = text = None
    match fact:
        case schemas.Instrument():
            date, text = fact.date_signed, clip(fact.description)
            in_force_from, in_force_until = fact.date_in_force, fact.date_ended
        case schemas.Event():
            date = fact.date
        case schemas.Term():
            text = clip(fact.definition)
    return FactItem(
        id=to_id(fact.url, urls),
        title=clip(fact.title),
        url=fact.url,
        date=date,
        in_force_from=in_force_from,
        in_force_until=in_force_until,
        text=text,
        confidence=fact.confidence,
    )


TOOL = Tool(
    "facts",
    "List treaties, events or terms",
    "List the facts that the editors give with sources: treaties and agreements with their dates, the timeline, or the"
    " glossary, with filters. `fetch` an id for its articles, sources and details.",
    FactsArguments,
    Facts,
    facts,
)
