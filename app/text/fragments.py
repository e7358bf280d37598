"""A link that makes a browser show some words of a page: https://wicg.github.io/scroll-to-text-fragment/."""

import re
from urllib.parse import quote

from app.text.quotations import Span

FRAGMENT_LENGTH = 300  # characters, beyond which a fragment names only the beginning and the end
END_WORDS = 5
CONTEXT_WORDS = 3

# Where a browser may see no boundary between words (UAX #29, on the safe side): in letters, or at one joint in them.
_LETTER = r"[^\s!-/:-@\[-^`{-\xa9\xab\xac\xae-\xb4\xb6-\xb9\xbb-\xbf\u2010-\u205e\u3001-\u3003\u3008-\u301f]"
_JOINT = "['’.,:;·]"
_WITHIN_A_WORD = re.compile(f"(?<={_LETTER})(?={_JOINT}?{_LETTER})|(?<={_LETTER}{_JOINT})(?={_LETTER})")


def text_fragment(text: str, span: Span) -> str:
    """The value of a `:~:text=` directive that shows the span, widened to whole words, in a page with this text.

    Where the same words stand earlier in the text, those just before the span tell the two apart.
    """
    start, end = span
    while _WITHIN_A_WORD.match(text, start):
        start -= 1
    while _WITHIN_A_WORD.match(text, end):
        end += 1
    words, context = text[start:end].split(), text[:start].split()
    ends = min(END_WORDS, len(words) // 2) if end - start > FRAGMENT_LENGTH else 0
    first, last = (words[:ends], words[-ends:]) if ends else (words, [])
    is_repeated = " ".join(first).casefold() in " ".join(context).casefold()
    prefix = f"{_escaped(context[-CONTEXT_WORDS:])}-," if is_repeated else ""
    return prefix + _escaped(first) + (f",{_escaped(last)}" if last else "")


def _escaped(words: list[str]) -> str:
    return quote(" ".join(words), safe="").replace("-", "%2D")
