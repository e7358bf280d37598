"""Convert passages to the text of the full-text index (FTS5), and parse its highlight marks.

The index stores the passages of a section in one column, each separated from the next by a word that cannot occur in a
query, so that no phrase matches across two passages.
"""

import re
from collections.abc import Iterable
from itertools import accumulate

from app.text.words import IDEOGRAPH_SEPARATOR, normalize_word, separate_ideographs

TOKENIZER = "porter unicode61 remove_diacritics 2"  # English stems; ignores case and accents
MARK_START, MARK_END = "\x02", "\x03"  # passed to FTS5's highlight()

_PASSAGE_SEPARATOR = " \ue000 "  # a private-use character, which unicode61 treats as a letter
_RESERVED = str.maketrans(dict.fromkeys(f"{MARK_START}{MARK_END}{IDEOGRAPH_SEPARATOR}\ue000", " "))
_MARKED = re.compile(f"{MARK_START}([^{MARK_END}]*){MARK_END}")
_MARK = re.compile(f"[{MARK_START}{MARK_END}]")


def index_text(passages: Iterable[str]) -> str:
    """Join passages into the text that the index stores."""
    return separate_ideographs(_PASSAGE_SEPARATOR.join(passage.translate(_RESERVED) for passage in passages))


def split_passages(indexed: str) -> list[str]:
    """Return the passages of an indexed text as they were written."""
    return indexed.replace(IDEOGRAPH_SEPARATOR, "").split(_PASSAGE_SEPARATOR)


def remove_marks(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text without its marks, and the (start, end) of each mark in order."""
    parts = _MARK.split(marked)
    ends = list(accumulate(map(len, parts)))
    return "".join(parts), list(zip(ends[::2], ends[1::2], strict=False))


def matched_words(marked: str) -> set[str]:
    """Return the distinct words that are marked, normalized."""
    return {normalize_word(word) for word in _MARKED.findall(marked)}
