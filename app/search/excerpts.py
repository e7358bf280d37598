"""Excerpts of matching passages, with highlights as positions and as HTML."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from app.search.indexed_text import Span

MAX_EXCERPT_LENGTH = 240  # characters; a longer passage is cut
_SPECIAL = re.compile("[&<>\"']")

EXCERPT_LEAD = 60  # characters before the first match when the start is cut


class Excerpt(NamedTuple):
    """A passage, cut if it is long.

    `marks` are the spans of matching words in `text`, and `window` is the part of the passage that it shows.
    """

    text: str
    html: str
    marks: list[Span]
    window: Span


def excerpt(text: str, spans: Sequence[Span]) -> Excerpt:
    """Cut a passage to the part with the most different matches; `…` shows a cut.

    The spans are in order, and do not overlap.
    """
    start, end = _window(text, spans)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    shown = spans[bisect_left(spans, (start, start)) : bisect_right(spans, (end, end))]
    marks = [(mark_start + shift, mark_end + shift) for mark_start, mark_end in shown]
    cut = f"{before}{text[start:end]}{after}"
    return Excerpt(cut, highlight(cut, marks), marks, (start, end))


def highlight(text: str, spans: Sequence[Span]) -> str:
    """Return a text as HTML: escaped, with `<mark>` around spans and no other element."""
    to_html = escape if _SPECIAL.search(text) else str  # escaping many short strings is slow
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += (to_html(text[done:start]), "<mark>", to_html(text[start:end]), "</mark>")
        done = end
    return "".join([*parts, to_html(text[done:])])


def _window(text: str, spans: Sequence[Span]) -> Span:
    """Return the part of the text to show: it ends at word boundaries and never inside a mark."""
    if len(text) <= MAX_EXCERPT_LENGTH:
        return 0, len(text)
    start = min(_best_start(text, spans), len(text) - MAX_EXCERPT_LENGTH)
    end = start + MAX_EXCERPT_LENGTH
    if start and (space := text.find(" ", start, start + EXCERPT_LEAD)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", end - EXCERPT_LEAD, end + 1)) >= 0:
        end = space
    for mark_start, mark_end in spans:
        if mark_start < start < mark_end:
            start = mark_start
        if mark_start < end < mark_end:
            end = mark_end
    return start, end


def _best_start(text: str, spans: Sequence[Span]) -> int:
    """Return the first start from which the most different matching words are visible."""
    words = [text[start:end].lower() for start, end in spans]
    best, most = 0, 0
    for index, (first, _) in enumerate(spans):
        start = max(0, first - EXCERPT_LEAD)
        distinct = len(set(words[index : bisect_right(spans, (start + MAX_EXCERPT_LENGTH, 0))]))
        if distinct > most:
            best, most = start, distinct
    return best
