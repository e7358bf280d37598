"""Lay out the picture of the timeline: a row of numbered marks for each category of events.

Horizontal positions are percentages of the picture's width and vertical ones are pixels, so the picture can grow wider
while its text keeps its size. Marks that do not overlap at the narrowest width overlap at no other.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from app.content.events import Category
from app.content.fields import earliest_date, latest_date
from app.representations.citations.sentence import written_date
from app.representations.html.words import CATEGORY_NAMES
from app.schemas import Event

RADIUS = 9  # of a mark; this and the following in pixels
PITCH = 2 * RADIUS + 3  # least distance between the centres of two marks
LABEL_HEIGHT = 22  # of the name above a row
SPAN_HEIGHT = 8  # below the marks of a row, for the time in which an event may have happened
ROW_GAP = 12
AXIS_HEIGHT = 26  # with the years, below the rows
TICK_DISTANCE = 44  # least distance between two years of the axis
NARROW_WIDTH, WIDE_WIDTH = 265, 700  # of the pictures for windows from 320 and from 768 pixels; see book.css
MARGIN = 7.0  # percent of the width at either side, so that marks and years are not cut off


@dataclass(frozen=True)
class Mark:
    """An event in the picture: a numbered circle, and the time in which it may have happened."""

    event: Event
    number: int
    x: float
    y: int
    span_start: float
    span_width: float

    @property
    def is_exact(self) -> bool:
        """Return whether the day is known."""
        return len(self.event.date) == len("1960-01-19")


@dataclass(frozen=True)
class Row:
    """The marks of a category, which stand on a line."""

    category: Category
    label_y: int
    line_y: int
    marks: list[Mark]


@dataclass(frozen=True)
class Tick:
    """The beginning of a year on the axis."""

    year: int
    x: float


@dataclass(frozen=True)
class Timeline:
    """A picture of events, and the sentence that summarises it."""

    height: int
    rows: list[Row]
    ticks: list[Tick]
    summary: str

    @property
    def has_inexact(self) -> bool:
        """Return whether of any event only the year or the month is known."""
        return not all(mark.is_exact for row in self.rows for mark in row.marks)


@dataclass(frozen=True)
class _Scale:
    """The positions of days in percent, from the start of the first year to the end of the last."""

    first_day: int
    last_day: int

    @classmethod
    def of(cls, years: Sequence[int]) -> "_Scale":
        return cls(_day(f"{min(years):04}-01-01"), _day(f"{max(years):04}-12-31"))

    def position(self, day: int) -> float:
        """Return where a day begins."""
        days = self.last_day + 1 - self.first_day
        return MARGIN + (100 - 2 * MARGIN) * (day - self.first_day) / days

    def span(self, event: Event) -> tuple[float, float]:
        """Return the start and the end of the time in which an event may have happened."""
        return self.position(_day(earliest_date(event.date))), self.position(_day(latest_date(event.date)) + 1)


def lay_out_timeline(events: Sequence[Event], width: int) -> Timeline | None:
    """Return the picture of events in the order of their dates, or None without events.

    It needs at least `width` pixels. Events are numbered from 1.
    """
    if not events:
        return None
    years = [int(event.date[:4]) for event in events]
    scale = _Scale.of(years)
    rows: list[Row] = []
    for category in get_args(Category):
        if numbered := [(number, event) for number, event in enumerate(events, 1) if event.category == category]:
            rows.append(_row(category, numbered, scale, width, top=rows[-1].line_y + ROW_GAP if rows else 0))
    ticks = [
        Tick(year, _rounded(scale.position(_day(f"{year:04}-01-01"))))
        for year in _tick_years(min(years), max(years), int(width * (1 - MARGIN / 50) / TICK_DISTANCE))
    ]
    return Timeline(rows[-1].line_y + AXIS_HEIGHT, rows, ticks, _summary(events, rows))


def _row(category: Category, numbered: Sequence[tuple[int, Event]], scale: _Scale, width: int, top: int) -> Row:
    """Return the row of a category, whose marks stand on each other where they would overlap."""
    spans = [scale.span(event) for _, event in numbered]
    centres = [(start + end) / 2 for start, end in spans]
    levels = _levels([centre * width / 100 for centre in centres])
    line_y = top + LABEL_HEIGHT + PITCH * (max(levels) + 1) + SPAN_HEIGHT
    marks = [
        Mark(
            event=event,
            number=number,
            x=_rounded(centre),
            y=line_y - SPAN_HEIGHT - RADIUS - PITCH * level,
            span_start=_rounded(start),
            span_width=_rounded(end - start),
        )
        for (number, event), (start, end), centre, level in zip(numbered, spans, centres, levels, strict=True)
    ]
    return Row(category, top + LABEL_HEIGHT - 6, line_y, marks)


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def _rounded(percentage: float) -> float:
    return round(percentage, 2)


def _levels(centres: Sequence[float]) -> list[int]:
    """Return the lowest level for each mark at which it overlaps none of the marks before."""
    taken: list[list[float]] = []
    levels = []
    for centre in centres:
        free = (level for level, others in enumerate(taken) if all(abs(centre - x) >= PITCH for x in others))
        level = next(free, len(taken))
        if level == len(taken):
            taken.append([])
        taken[level].append(centre)
        levels.append(level)
    return levels


def _tick_years(first: int, last: int, most: int) -> list[int]:
    """Return round years, so many that their numbers do not overlap."""
    step = next(step for step in _steps() if (last + 1 - first) / step <= most)
    first_round = math.ceil(first / step) * step
    return list(range(first_round, last + 1, step)) or [first]


def _steps() -> Iterator[int]:
    """Yield 1, 2, 5, 10, 20, 50 and so on."""
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _summary(events: Sequence[Event], rows: Sequence[Row]) -> str:
    """Describe the picture in one sentence."""
    if len(events) == 1:
        return f"1 event, {written_date(events[0].date)}, in the row “{CATEGORY_NAMES[rows[0].category]}”."
    first, last = (written_date(choose(event.date for event in events)) for choose in (min, max))
    fullest = max(rows, key=lambda row: len(row.marks))
    name, number = CATEGORY_NAMES[fullest.category], len(fullest.marks)
    return f"{len(events)} events from {first} to {last}; the fullest row, “{name}”, has {number}."
