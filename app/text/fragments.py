"""Text fragments, links to words in a page: https://wicg.github.io/scroll-to-text-fragment/."""

import re
from urllib.parse import quote

from app.text.quotations import Span

MAX_FRAGMENT_LENGTH = 300  # characters; a longer fragment has only its first and last words
END_WORDS = 5  # at each end of a long fragment
CONTEXT_WORDS = 3  # before a fragment that is not unique

# Positions that may not be a word boundary to a browser (UAX #29, conservatively): between letters, or at a joint.
_LETTER = r"[^\s!-/:-@\[-^`{-\xa9\xab\xac\xae-\xb4\xb6-\xb9\xbb-\xbf\u2010-\u205e\u3001-\u3003\u3008-\u301f]"
_JOINT = "['’.,:;·]"
_INSIDE_WORD = re.compile(f"(?<={_LETTER})(?={_JOINT}?{_LETTER})|(?<={_LETTER}{_JOINT})(?={_LETTER})")


def text_fragment(text: str, span: Span) -> str:
    """Return the value of a `:~:text=` directive for a span, extended to whole words.

    If the same words occur earlier in the text, a prefix of preceding words makes it unique.
    """
    start, end = span
    while _INSIDE_WORD.match(text, start):
        start -= 1
    while _INSIDE_WORD.match(text, end):
        end += 1
    words, context = text[start:end].split(), text[:start].split()
    ends = min(END_WORDS, len(words) // 2) if end - start > MAX_FRAGMENT_LENGTH else 0
    first, last = (words[:ends], words[-ends:]) if ends else (words, [])
    is_repeated = " ".join(first).casefold() in " ".join(context).casefold()
    prefix = f"{_escape(context[-CONTEXT_WORDS:])}-," if is_repeated else ""
    return prefix + _escape(first) + (f",{_escape(last)}" if last else "")


def _escape(words: list[str]) -> str:
    return quote(" ".join(words), safe="").replace("-", "%2D")
