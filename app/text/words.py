"""Split text into words, and reduce words to the form in which they are compared.

Chinese and Japanese are written without spaces, so each of their characters counts as a word.
"""

import re
import unicodedata

IDEOGRAPHS = "々〆\u3040-\u309f\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
IDEOGRAPH = re.compile(f"[{IDEOGRAPHS}]")
LETTERS = r"[^\W_](?:[^\W_]|[\u0300-\u036f])*"  # a word: letters and digits, with combining accents
WORD = re.compile(LETTERS)
TOKEN = rf"(?:[^\W\d_]\.){{2,}}|[{IDEOGRAPHS}]|(?:(?![{IDEOGRAPHS}])[\w\u0300-\u036f])+"  # also initials such as U.S.
# The combining marks of the Basic Multilingual Plane.
MARKS = "".join(char for char in map(chr, range(0x300, 0xFFFF)) if unicodedata.category(char).startswith("M"))
IDEOGRAPH_SEPARATOR = "\x1f"

_IDEOGRAPH_BOUNDARY = re.compile(rf"(?<=[{IDEOGRAPHS}])(?=\w)|(?<=\w)(?=[{IDEOGRAPHS}])")
_ACCENTS = re.compile("[\u0300-\u036f]+")


def split_words(text: str) -> list[str]:
    """Return the words of a text as written, without those in Chinese and Japanese."""
    return WORD.findall(IDEOGRAPH.sub(" ", text))


def normalize_word(word: str) -> str:
    """Return the word in lower case and without accents."""
    lower = word.lower()
    return lower if lower.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFD", lower))


def normalize(text: str) -> str:
    """Return the normalized words of a text, separated by spaces."""
    return " ".join(map(normalize_word, WORD.findall(separate_ideographs(text))))


def separate_ideographs(text: str) -> str:
    """Insert `IDEOGRAPH_SEPARATOR` around each ideograph: tokenizers then see each as a word."""
    return _IDEOGRAPH_BOUNDARY.sub(IDEOGRAPH_SEPARATOR, text) if IDEOGRAPH.search(text) else text
