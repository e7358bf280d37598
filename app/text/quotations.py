"""Find a quotation in the text of a passage, exactly or after normalization.

A place starts and ends at word boundaries. Normalization ignores differences in Unicode form, case, quotation marks,
dashes and white space. Words must be the same: none is missing, added, split or joined, accents count, and an ellipsis
matches only an ellipsis.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from app.text.boundaries import is_word_boundary

MAX_QUOTE_PAIRS = 2  # quotation marks around a quotation that are ignored

# Unicode's Quotation_Mark (PropList.txt) and common substitutes: grave, acute, primes, modifier letters. Single and
# double marks are equal, because a quotation inside a quotation changes from one to the other.
_QUOTES = "\"'`´«»‘’‚‛“”„‟‹›⹂「」『』〝〞〟﹁﹂﹃﹄＂＇｢｣′″‵‶ʹʻʼ"
_DASHES = "-‐‑‒–—―⁃−﹘﹣－︱︲"
_PUNCTUATION = str.maketrans(dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_DASHES, "-"))

# Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt): invisible characters.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_INVISIBLE_CHARACTER, _VISIBLE_CHARACTER = re.compile(f"[{INVISIBLE}]"), re.compile(f"[^{INVISIBLE}]")
_SELECTORS = re.compile("[\u034f\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]*")

# Text that needs more than lower(): a gap, or a run beyond ASCII with the letter before it, its possible base.
_SPECIAL = re.compile(r"(?P<gap>[\s-]{2,}|[^\S ])|[!-~]?[^\x00-\x7f\s]+")

# Compatibility decompositions that keep the meaning. The others in NFKC would turn 10² into 102 and 1½ into 11⁄2.
_TYPOGRAPHIC_TAGS = frozenset(
    ("compat", "font", "wide", "narrow", "small", "noBreak", "vertical", "initial", "medial", "final", "isolated")
)


class Span(NamedTuple):
    """A part of a text: offsets in Unicode code points, `end` exclusive."""

    start: int
    end: int


def normalize_typography(text: str) -> str:
    """Return the text in a form that is equal for texts that differ only in typography."""
    return _normalize(text)[0]


class QuotationFinder:
    """Find the places of a quotation in texts.

    The normalized form of each text with a place contains `search_key`; other texts may contain it, too. It is empty
    for a quotation without a letter or digit, which has only exact places.
    """

    def __init__(self, quotation: str) -> None:
        """Prepare to find a quotation, which must not be empty."""
        self.quotation = quotation
        self._forms = _forms(quotation)
        self.search_key = self._forms[-1]

    def exact_places(self, text: str) -> Iterator[Span]:
        """Yield the spans of the exact quotation in a text, in order; they may overlap."""
        return _whole_words(text, self.quotation)

    def normalized_places(self, text: str, normalized: str) -> Iterator[Span]:
        """Yield the spans of the normalized quotation in a text, in order.

        `normalized` is the normalized text. The spans may overlap and include exact ones. Quotation marks around the
        whole quotation are ignored if the text has none. A span never splits a character, such as … into full stops.
        """
        for form in self._forms if self.search_key else ():
            if places := list(_original_spans(text, normalized, _whole_words(normalized, form))):
                yield from places
                return


def _forms(quotation: str) -> list[str]:
    """Return the normalized quotation with and without its outer quotation marks."""
    needle = _normalize(quotation)[0].strip(" ")
    if not any(map(str.isalnum, needle)):
        return [""]
    forms = [needle]
    for pairs in range(1, MAX_QUOTE_PAIRS + 1):
        marks = "'" * pairs
        if not (needle.startswith(marks) and needle.endswith(marks)):
            break
        forms.append(needle[pairs : len(needle) - pairs].strip(" "))
    return forms


def _whole_words(text: str, part: str) -> Iterator[Span]:
    """Yield the occurrences of the part that start and end at word boundaries."""
    pattern = _pattern(part)
    match = pattern.search(text)
    while match:
        start, end = match.span()
        if is_word_boundary(text, start) and is_word_boundary(text, end):
            yield Span(start, end)
        match = pattern.search(text, start + 1)


@lru_cache(maxsize=64)
def _pattern(part: str) -> re.Pattern[str]:
    """Return a pattern of the part that skips most occurrences inside words, which costs little."""
    before = rf"(?<![0-9A-Za-z][\s\S]{{{len(part)}}})" if re.match("[0-9A-Za-z]", part) else ""
    after = "(?![0-9A-Za-z])" if re.match("[0-9A-Za-z]", part[-1]) else ""
    return re.compile(re.escape(part) + before + after)


def _original_spans(text: str, normalized: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Map spans of the normalized text to the text; leave out those that split a character."""
    spans = list(spans)
    if not spans or (len(text) == len(normalized) and text.translate(_PUNCTUATION).lower() == normalized):
        yield from spans
        return
    sources = _normalize(text)[1]
    visible = [match.start() for match in _VISIBLE_CHARACTER.finditer(text)]
    for start, end in ((sources[start], sources[end]) for start, end in spans):
        if start is not None and end is not None:
            yield _trim(text, visible[start], visible[end - 1] + 1)


def _trim(text: str, start: int, end: int) -> Span:
    """Exclude outer white space; include variation selectors after the last character."""
    start, end = end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())
    selectors = _SELECTORS.match(text, end)
    return Span(start, selectors.end() if selectors else end)


def _normalize(text: str) -> tuple[str, list[int | None]]:
    """Return the normalized text, and the offset of each of its characters in the visible text.

    A last offset is for the end. An offset is None inside the normalization of one character.
    """
    text = _INVISIBLE_CHARACTER.sub("", text).translate(_PUNCTUATION)
    parts: list[str] = []
    sources: list[int | None] = []
    done = 0
    for special in _SPECIAL.finditer(text):
        parts.append(text[done : special.start()].lower())
        sources += range(done, special.start())
        for start, end in [special.span()] if special["gap"] else _characters(text, *special.span()):
            parts.append(_normalize_character(text[start:end]))
            sources += [start] + [None] * (len(parts[-1]) - 1)
        done = special.end()
    return "".join([*parts, text[done:].lower()]), [*sources, *range(done, len(text) + 1)]


def _characters(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of grapheme clusters, such as a letter with marks (UAX #29, simplified)."""
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
def _normalize_character(char: str) -> str:
    """Normalize a gap to a dash or space, others for caseless matching (Unicode 3.13, D146)."""
    if not char.replace("-", " ").strip():
        return "-" if "-" in char else " "
    form = "".join(map(_compatible, unicodedata.normalize("NFD", char)))
    return unicodedata.normalize("NFD", form.casefold().translate(_PUNCTUATION))


def _compatible(char: str) -> str:
    tag = unicodedata.decomposition(char).partition(">")[0].removeprefix("<")
    form = unicodedata.normalize("NFKD", char) if tag in _TYPOGRAPHIC_TAGS else char
    # Not forms with a space (spacing accents, phrases) or a lone Hangul vowel, which would join the preceding letter.
    return char if " " in form or (_extends(form[0]) and not _extends(char)) else form
