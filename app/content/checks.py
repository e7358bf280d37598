"""Check facts beyond their types: sources, secure links, dates that agree, and dates of review."""

from collections.abc import Sequence
from datetime import date

from app.content.events import Event
from app.content.fields import Fact, earliest_date, latest_date
from app.content.instruments import InstrumentEntry, Member
from app.content.located_yaml import LocatedYAML


def require_source(file: LocatedYAML, sources: Sequence[object], *location: str | int) -> None:
    """Add an issue if the statement at the location has no source."""
    if not sources:
        file.add_issue("This has no source; add one to “sources”.", *location, "sources")


def check_link(file: LocatedYAML, link: str | None, *location: str | int) -> None:
    """Warn about a link that is not https."""
    if link is not None and not link.startswith("https:"):
        file.add_warning("“link” is not https; use an https address of the work.", *location, "link")


def check_review(file: LocatedYAML, fact: Fact, today: date, *location: str | int) -> None:
    """Warn about a fact whose date of review has passed."""
    if fact.review_by is not None and fact.review_by < today.isoformat():
        file.add_warning(
            "“review_by” has passed; review this, then set “as_of” and a later “review_by”.", *location, "review_by"
        )


def check_event(file: LocatedYAML, event: Event, today: date, index: int) -> None:
    """Warn about an event in the future."""
    if earliest_date(event.date) > today.isoformat():
        file.add_warning("This event is in the future; correct “date”, or add it once it happens.", index, "date")


def check_instrument(file: LocatedYAML, instrument: InstrumentEntry, index: int) -> None:
    """Warn about dates of an instrument and its members that contradict each other."""
    _check_in_force(file, instrument, index)
    if instrument.date_ended is not None:
        if instrument.date_ended <= (instrument.date_in_force or ""):
            message = "“date_ended” must be later than “date_in_force”; correct one of them."
            file.add_warning(message, index, "date_ended")
        elif instrument.date_signed is not None and instrument.date_ended < earliest_date(instrument.date_signed):
            file.add_warning("“date_ended” is before “date_signed”; correct one of them.", index, "date_ended")
    for number, member in enumerate(instrument.members):
        _check_in_force(file, member, index, "members", number)
        _check_lifetime(file, instrument, member, index, "members", number)


def _check_in_force(file: LocatedYAML, item: InstrumentEntry | Member, *location: str | int) -> None:
    if item.date_signed and item.date_in_force and item.date_in_force < earliest_date(item.date_signed):
        message = "“date_in_force” is before “date_signed”; correct one of them."
        file.add_warning(message, *location, "date_in_force")


def _check_lifetime(file: LocatedYAML, instrument: InstrumentEntry, member: Member, *location: str | int) -> None:
    """Warn about each date of a member before its instrument was made or after it ended."""
    start = instrument.date_signed or instrument.date_in_force
    for key in ("date_signed", "date_in_force", "date"):
        value: str | None = getattr(member, key)
        if value is None:
            continue
        if start is not None and latest_date(value) < earliest_date(start):
            file.add_warning(f"“{key}” is before the instrument was made; correct one of them.", *location, key)
        if instrument.date_ended is not None and earliest_date(value) >= instrument.date_ended:
            file.add_warning(f"“{key}” is after the instrument ended; correct one of them.", *location, key)
