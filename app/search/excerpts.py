"""Excerpts of matching passages, with highlights as positions and as HTML."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from app.search.indexed_text import MARK_END, MARK_START, remove_marks

MAX_EXCERPT_LENGTH = 240  # characters; a longer passage is cut
EXCERPT_LEAD = 60  # characters before the first match when the start is cut

Span = tuple[int, int]  # (start, end) in code points, end exclusive


class Excerpt(NamedTuple):
    """A passage, cut if it is long; `marks` are the spans of matching words in `text`."""

    text: str
    html: str
    marks: list[Span]


def excerpt(marked: str) -> Excerpt:
    """Cut a marked passage to the part with the most different matches; `…` shows a cut."""
    text, spans = remove_marks(marked)
    start, end = _window(text, spans)
    first, last = bisect_left(spans, (start, start)), bisect_right(spans, (end, end))
    # `marked` has two more characters than `text` for each mark that ends before a position.
    html = highlight(marked[start + 2 * first : end + 2 * last])
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    marks = [(mark_start + shift, mark_end + shift) for mark_start, mark_end in spans[first:last]]
    return Excerpt(f"{before}{text[start:end]}{after}", f"{before}{html}{after}", marks)


def highlight(marked: str) -> str:
    """Return a marked text as HTML: escaped, with `<mark>` around matches and no other element."""
    return escape(marked).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>")


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
