"""Where a quotation stands in the text of a passage: to the character, or but for how it is set in type.

Setting is Unicode form, case, quotation marks, dashes and white space. Words may not differ: none is dropped, added,
split or joined, accents count, and an ellipsis stands for nothing but an ellipsis.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

MOST_PLACES = 100  # of one quotation in one passage
MOST_QUOTES = 2  # pairs of quotation marks that a reader may have put around a quotation

# Unicode's Quotation_Mark (PropList.txt), and what is typed for one: grave, acute, primes, modifier letters. Single and
# double are one, because a quotation inside a quotation changes from one to the other.
_QUOTES = "\"'`´«»‘’‚‛“”„‟‹›⹂「」『』〝〞〟﹁﹂﹃﹄＂＇｢｣′″‵‶ʹʻʼ"
_DASHES = "-‐‑‒–—―⁃−﹘﹣－︱︲"
_MARKS = str.maketrans(dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_DASHES, "-"))

# Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt), which no reader sees; what may follow a character.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_IS_UNSEEN, _IS_SEEN = re.compile(f"[{_UNSEEN}]"), re.compile(f"[^{_UNSEEN}]")
_SELECTORS = re.compile("[\u034f\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]*")

# All that is not merely put in lower case: a gap, or letters beyond ASCII with the one that a mark may stand on.
_ODD = re.compile(r"(?P<gap>[\s-]{2,}|[^\S ])|[!-~]?[^\x00-\x7f\s]+")

# The compatible forms that are a matter of type. The others, in NFKC, make 10² into 102 and 1½ into 11⁄2.
_TYPOGRAPHIC = frozenset(
    ("compat", "font", "wide", "narrow", "small", "noBreak", "vertical", "initial", "medial", "final", "isolated")
)


class Span(NamedTuple):
    """A part of a passage's text, in Unicode code points from its beginning; `end` is exclusive."""

    start: int
    end: int


def folded(text: str) -> str:
    """The text as it is compared: texts that differ only in how they are set in type fold to the same."""
    return _fold(text)[0]


def sought(quotation: str) -> str:
    """What stands in the folding of every text in which `normalized_places` finds the quotation, and in some others.

    It is empty for a quotation without a letter or digit, which stands nowhere but to the character.
    """
    return _forms(quotation)[-1]


def exact_places(text: str, quotation: str) -> list[Span]:
    """Where the quotation stands in the text to the character, in order; places may overlap."""
    return [Span(at, at + len(quotation)) for at in islice(_occurrences(text, quotation), MOST_PLACES)]


def normalized_places(text: str, quotation: str) -> list[Span]:
    """Where the quotation stands in the text but for its setting, in order; places may overlap, and be exact.

    Quotation marks around the whole quotation are the reader's own where the text has none. A quotation without a
    letter or digit stands nowhere, and none begins or ends within a character, such as the ß that folds to ss.
    """
    if not sought(quotation):
        return []
    haystack, sources = _fold(text)
    seen = [match.start() for match in _IS_SEEN.finditer(text)] if _IS_UNSEEN.search(text) else range(len(text))
    for asked in _forms(quotation):
        found = ((sources[at], sources[at + len(asked)]) for at in _occurrences(haystack, asked))
        whole = ((seen[start], seen[end - 1] + 1) for start, end in found if start is not None and end is not None)
        if places := [_trimmed(text, *place) for place in islice(whole, MOST_PLACES)]:
            return places
    return []


def _forms(quotation: str) -> list[str]:
    """The folded quotation, then without pairs of quotation marks around it; empty if it has no letter or digit."""
    needle = _fold(quotation)[0].strip(" ")
    if not any(map(str.isalnum, needle)):
        return [""]
    forms = [needle]
    for pairs in range(1, MOST_QUOTES + 1):
        marks = "'" * pairs
        if not (needle.startswith(marks) and needle.endswith(marks)):
            break
        forms.append(needle[pairs : len(needle) - pairs].strip(" "))
    return forms


def _occurrences(text: str, sought: str) -> Iterator[int]:
    at = text.find(sought) if sought else -1
    while at >= 0:
        yield at
        at = text.find(sought, at + 1)


def _trimmed(text: str, start: int, end: int) -> Span:
    """Without the white space beside an outer dash, and with the selectors that follow the last character."""
    start, end = end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())
    selectors = _SELECTORS.match(text, end)
    return Span(start, selectors.end() if selectors else end)


def _fold(text: str) -> tuple[str, list[int | None]]:
    """The folded text, and where each of its characters, and its end, comes from in what is seen of the text.

    A place is None within the folding of one character.
    """
    text = _IS_UNSEEN.sub("", text).translate(_MARKS)
    parts: list[str] = []
    sources: list[int | None] = []
    done = 0
    for odd in _ODD.finditer(text):
        parts.append(text[done : odd.start()].lower())
        sources += range(done, odd.start())
        for start, end in [odd.span()] if odd["gap"] else _characters(text, *odd.span()):
            parts.append(_folded_character(text[start:end]))
            sources += [start] + [None] * (len(parts[-1]) - 1)
        done = odd.end()
    return "".join([*parts, text[done:].lower()]), [*sources, *range(done, len(text) + 1)]


def _characters(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What a reader takes for one character: a letter with its marks, a Hangul syllable in parts (after UAX #29)."""
    for at in range(start + 1, end):
        if not _extends(text[at]):
            yield start, at
            start = at
    yield start, end


@lru_cache(maxsize=4096)
def _extends(char: str) -> bool:
    is_vowel_or_final = "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff"
    return is_vowel_or_final or char in "\u0e33\u0eb3\uff9e\uff9f" or unicodedata.category(char).startswith("M")


@lru_cache(maxsize=4096)
def _folded_character(char: str) -> str:
    """A gap as a dash or a space, else for compatible caseless matching (after Unicode 3.13, D146), in NFD."""
    if not char.replace("-", " ").strip():
        return "-" if "-" in char else " "
    form = "".join(map(_compatible, unicodedata.normalize("NFD", char)))
    return unicodedata.normalize("NFD", form.casefold().translate(_MARKS))


def _compatible(char: str) -> str:
    tag = unicodedata.decomposition(char).partition(">")[0].removeprefix("<")
    form = unicodedata.normalize("NFKD", char) if tag in _TYPOGRAPHIC else char
    # A spacing accent, or a phrase in one character, would bring a space; a lone Hangul vowel would join what precedes.
    return char if " " in form or (_extends(form[0]) and not _extends(char)) else form
