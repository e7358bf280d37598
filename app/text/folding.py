"""Fold a text: the same letters for texts that differ in case, accents or Unicode form, with their offsets.

- Compatibility forms become ordinary characters (NFKC): half-width kana, full-width Latin letters, ligatures, Roman
  numerals. Symbols and superscripts stay separate from the word before them.
- Invisible characters are removed: soft hyphens, zero-width characters, marks of direction, variation selectors.
- Case is folded: `ß` is `ss`, `İ` is `i`, `ς` is `σ`.
- Accents are removed from alphabetic scripts, also Hebrew points and Arabic vowel marks, never the voicing of kana.
- Digits of all scripts become those of ASCII.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from app.text.quotations import INVISIBLE
from app.text.words import MARKS

# Marks that may be removed: Latin, Greek and Cyrillic accents, Hebrew points, Arabic and Syriac vowels; the tatweel.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08ca-\u08e1\u08e3-\u08ff\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_OTHER_LETTERS = str.maketrans(
    {
        # Letters with strokes, and ligatures, which Unicode does not decompose.
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        # Radicals that PDF files have instead of the ideographs; Unicode does not decompose these.
        **dict(zip("⺟⺠⺩⻁⻄⻑⻘⻝⻤⻨⻩⻫⻭⻯⻲", "母民王虎西長青食鬼麦黄斉歯竜亀", strict=True)),
    }
)
# One apostrophe, one hyphen, and one way to voice a kana. Unicode decomposes some of these to a space and a mark.
_PUNCTUATION = str.maketrans(
    dict.fromkeys("‘’‛ʼʹ′´", "'")
    | dict.fromkeys("‐‑–⁃−", "-")
    | dict(zip("゛゜ﾞﾟ", "\u3099\u309a\u3099\u309a", strict=True))
)

# A character with what belongs to it: marks, vowels and finals of Hangul, voicing of kana, invisible characters.
_CLUSTER = re.compile(rf"[\s\S][{MARKS}\u1160-\u11ff\ud7b0-\ud7ff゛゜ﾞﾟ{INVISIBLE}]*")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_NOT_ASCII = re.compile(r"[!-~]?[^\x00-\x7f]+")  # with the letter that marks may belong to
_SEPARATE_CATEGORIES = frozenset(("No", "So", "Sk", "Sm"))  # such as ², ½, ™ and №


class Folded(NamedTuple):
    """A folded text; `starts` and `ends` are the offsets in the original of each of its characters."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def fold(text: str) -> Folded:
    """Fold a text."""
    if text.isascii():
        return Folded(text.lower(), range(len(text)), range(1, len(text) + 1))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for run in _NOT_ASCII.finditer(text):
        parts.append(text[done : run.start()].lower())
        starts += range(done, run.start())
        ends += range(done + 1, run.start() + 1)
        done = run.start()
        for cluster in _CLUSTER.finditer(run[0]):
            part = _fold_cluster(cluster[0])
            parts.append(part)
            starts += [run.start() + cluster.start()] * len(part)
            done = run.start() + cluster.end()
            ends += [done] * len(part)
    parts.append(text[done:].lower())
    starts += range(done, len(text))
    ends += range(done + 1, len(text) + 1)
    return Folded("".join(parts), starts, ends)


@lru_cache(maxsize=8192)
def _fold_cluster(cluster: str) -> str:
    """Fold a character with its marks; the result has no letters if all of it is invisible."""
    visible = _INVISIBLE.sub("", cluster).translate(_PUNCTUATION)
    form = _ACCENTS.sub("", unicodedata.normalize("NFKD", visible)).casefold().translate(_OTHER_LETTERS)
    form = "".join(map(_to_ascii_digit, unicodedata.normalize("NFKC", form)))
    is_separate = not visible.isascii() and unicodedata.category(visible[0]) in _SEPARATE_CATEGORIES
    return f" {form} " if is_separate else form


def _to_ascii_digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char
