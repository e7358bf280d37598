"""Find doubtful values: insecure links, contradictory dates and overdue reviews."""

from collections.abc import Callable, Iterator
from datetime import date

from app.content.events import Event
from app.content.fields import Fact, Sourced, earliest_date, latest_date
from app.content.instruments import InstrumentEntry, Member
from app.content.sources import Source


def doubtful_values(entry: Sourced | Source, today: date, accepts: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Yield each key of an entry whose value is doubtful, with a sentence about it.

    `accepts` returns whether a link is accepted without https.
    """
    link = entry.link if isinstance(entry, Source | InstrumentEntry) else None
    if link and not link.startswith("https:") and not accepts(link):
        yield "link", "“link” is not https; use an https address of the work."
    if isinstance(entry, Fact) and entry.review_by and entry.review_by < today.isoformat():
        yield "review_by", "“review_by” has passed; review this, then set “as_of” and a later “review_by”."
    if isinstance(entry, Event) and earliest_date(entry.date) > today.isoformat():
        yield "date", "This event is in the future; correct “date”, or add it once it happens."
    if isinstance(entry, InstrumentEntry | Member) and _is_before(entry.date_in_force, entry.date_signed):
        yield "date_in_force", "“date_in_force” is before “date_signed”; correct one of them."
    if isinstance(entry, InstrumentEntry) and entry.date_ended:
        if entry.date_in_force and entry.date_ended <= entry.date_in_force:
            yield "date_ended", "“date_ended” must be later than “date_in_force”; correct one of them."
        elif _is_before(entry.date_ended, entry.date_signed):
            yield "date_ended", "“date_ended” is before “date_signed”; correct one of them."


def dates_outside_lifetime(member: Member, instrument: InstrumentEntry) -> Iterator[tuple[str, str]]:
    """Yield each date key of a member outside its instrument's lifetime, with a sentence."""
    start = instrument.date_signed or instrument.date_in_force
    for key, value in member.model_dump(include={"date_signed", "date_in_force", "date"}, exclude_none=True).items():
        if start and latest_date(value) < earliest_date(start):
            yield key, f"“{key}” is before the instrument was made; correct one of them."
        if instrument.date_ended and earliest_date(value) >= instrument.date_ended:
            yield key, f"“{key}” is after the instrument ended; correct one of them."


def _is_before(day: str | None, other: str | None) -> bool:
    return bool(day and other and day < earliest_date(other))
