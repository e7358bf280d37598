"""Classes of characters, and words as quotations and names are compared.

Chinese and Japanese are written without spaces, so each of their characters counts as a word. Search has its own rules:
see `app.text.analyser`.
"""

import re
import unicodedata
from itertools import groupby

IDEOGRAPHS = "々〆\u3040-\u309f\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
TOKEN = rf"(?:[^\W\d_]\.){{2,}}|[{IDEOGRAPHS}]|(?:(?![{IDEOGRAPHS}])[\w\u0300-\u036f])+"  # also initials such as U.S.


def marks(first: int, last: int) -> str:
    """Return the combining marks between two code points, as the ranges of a class in a regular expression."""
    codes = [code for code in range(first, last + 1) if unicodedata.category(chr(code)).startswith("M")]
    # Codes that follow each other have the same difference to their index.
    ranges = (list(group) for _, group in groupby(enumerate(codes), key=lambda item: item[1] - item[0]))
    return "".join(f"{chr(each[0][1])}-{chr(each[-1][1])}" for each in ranges)


MARKS = marks(0x300, 0xFFFF)  # of the Basic Multilingual Plane
_WRITTEN_WORD = re.compile(rf"[{IDEOGRAPHS}]|(?:(?![{IDEOGRAPHS}])\S)+")
_ACCENTS = re.compile("[\u0300-\u036f]+")


def normalize_word(word: str) -> str:
    """Return the word in lower case and without accents."""
    lower = word.lower()
    return lower if lower.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFD", lower))


def count_words(text: str) -> int:
    """Count the words of a text: what spaces separate, if it has a letter or digit; each ideograph and kana."""
    return sum(any(map(str.isalnum, word)) for word in _WRITTEN_WORD.findall(text))
