"""The picture of the timeline."""

from itertools import combinations, pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.events import Category
from app.representations.html.timeline import (
    MARGIN,
    NARROW_WIDTH,
    PITCH,
    RADIUS,
    TICK_DISTANCE,
    WIDE_WIDTH,
    Timeline,
    lay_out_timeline,
)
from app.schemas import Event

dates = st.one_of(
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: day.isoformat()[:4]),
)
close_dates = st.sampled_from(["1960", "1960-01", "1960-01-19", "1960-06-23", "1961", "1968-05-05", "2025-12-31"])
categories = st.sampled_from(get_args(Category))


def event(date: str, category: str = "treaty") -> Event:
    fields = {
        "slug": "signing",
        "guide": "treaty",
        "title": "Signed.",
        "url": "/v1/events/signing",
        "confidence": "checked",
    }
    missing: dict[str, object] = {"sections": [], "sources": [], "as_of": None, "review_by": None, "revision": "0" * 12}
    return Event.model_validate({**fields, **missing, "date": date, "category": category})


events = st.lists(st.builds(event, st.one_of(dates, close_dates), categories), min_size=1, max_size=100).map(
    lambda found: sorted(found, key=lambda event: event.date)
)


def picture(*dates: str, width: int = NARROW_WIDTH) -> Timeline:
    timeline = lay_out_timeline([event(date) for date in dates], width)
    assert timeline is not None
    return timeline


@given(events, st.sampled_from([NARROW_WIDTH, WIDE_WIDTH]))
def test_every_event_has_a_mark_in_the_row_of_its_category(events: list[Event], width: int) -> None:
    timeline = lay_out_timeline(events, width)
    assert timeline is not None
    marks = [(mark.number, mark.event, row.category) for row in timeline.rows for mark in row.marks]
    expected = [(number, event, event.category) for number, event in enumerate(events, start=1)]
    assert sorted(marks, key=lambda mark: mark[0]) == expected


@given(events, st.sampled_from([NARROW_WIDTH, WIDE_WIDTH]))
def test_no_mark_overlaps_another_or_leaves_its_row(events: list[Event], width: int) -> None:
    timeline = lay_out_timeline(events, width)
    assert timeline is not None
    for row in timeline.rows:
        for mark in row.marks:
            assert row.label_y <= mark.y - RADIUS
            assert mark.y + RADIUS <= row.line_y
            assert RADIUS <= mark.x * width / 100 <= width - RADIUS
        for one, other in combinations(row.marks, 2):
            rounding = 0.02 * width / 100
            assert abs(one.y - other.y) >= PITCH or abs(one.x - other.x) * width / 100 >= PITCH - rounding
    for above, below in pairwise(timeline.rows):
        assert above.line_y < below.label_y
    assert timeline.rows[-1].line_y < timeline.height


@given(events, st.sampled_from([NARROW_WIDTH, WIDE_WIDTH]))
def test_the_years_of_the_axis_are_round_and_do_not_overlap(events: list[Event], width: int) -> None:
    timeline = lay_out_timeline(events, width)
    assert timeline is not None
    assert timeline.ticks
    for one, other in pairwise(timeline.ticks):
        assert (other.x - one.x) * width / 100 >= TICK_DISTANCE * 0.98  # years of 365 days
        assert str(other.year - one.year).rstrip("0") in {"1", "2", "5"}


@given(events)
def test_a_picture_depends_on_nothing_but_its_events(events: list[Event]) -> None:
    assert lay_out_timeline(events, WIDE_WIDTH) == lay_out_timeline(list(events), WIDE_WIDTH)


@pytest.mark.parametrize(("date", "share"), [("1960", 1.0), ("1960-02", 29 / 366), ("1960-02-29", 1 / 366)])
def test_a_date_spans_the_time_that_it_may_mean(date: str, share: float) -> None:
    timeline = picture("1960-01-01", date)
    mark = timeline.rows[0].marks[1]
    assert mark.span_width == pytest.approx((100 - 2 * MARGIN) * share, abs=0.01)
    assert mark.x == pytest.approx(mark.span_start + mark.span_width / 2, abs=0.01)


@pytest.mark.parametrize(("date", "is_exact"), [("1960", False), ("1960-02", False), ("1960-02-29", True)])
def test_a_mark_tells_whether_the_day_is_known(date: str, is_exact: bool) -> None:
    timeline = picture(date)
    assert timeline.rows[0].marks[0].is_exact is is_exact
    assert timeline.has_inexact is not is_exact


def test_events_of_the_same_day_stand_on_each_other() -> None:
    heights = [mark.y for mark in picture("1960-01-19", "1960-01-19", "1960-01-19").rows[0].marks]
    assert heights == [heights[0], heights[0] - PITCH, heights[0] - 2 * PITCH]


def test_there_is_no_picture_without_events() -> None:
    assert lay_out_timeline([], NARROW_WIDTH) is None


def test_the_summary_names_the_period_and_the_fullest_row() -> None:
    assert picture("1960").summary == "1 event, 1960, in the row “Treaties”."
    timeline = lay_out_timeline([event("1951-09-08", "political"), event("1960"), event("1986-02")], WIDE_WIDTH)
    assert timeline is not None
    expected = "3 events from 8 September 1951 to February 1986; the fullest row, “Treaties”, has 2."
    assert timeline.summary == expected
