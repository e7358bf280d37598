"""Classes of characters, and words as quotations and names are compared.

Chinese and Japanese are written without spaces, so each of their characters counts as a word. Search has its own rules:
see `app.text.analyser`.
"""

import re
import unicodedata

IDEOGRAPHS = "々〆\u3040-\u309f\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
TOKEN = rf"(?:[^\W\d_]\.){{2,}}|[{IDEOGRAPHS}]|(?:(?![{IDEOGRAPHS}])[\w\u0300-\u036f])+"  # also initials such as U.S.
# The combining marks of the Basic Multilingual Plane.
MARKS = "".join(char for char in map(chr, range(0x300, 0xFFFF)) if unicodedata.category(char).startswith("M"))

_WRITTEN_WORD = re.compile(rf"[{IDEOGRAPHS}]|(?:(?![{IDEOGRAPHS}])\S)+")
_ACCENTS = re.compile("[\u0300-\u036f]+")


def normalize_word(word: str) -> str:
    """Return the word in lower case and without accents."""
    lower = word.lower()
    return lower if lower.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFD", lower))


def count_words(text: str) -> int:
    """Count the words of a text: what spaces separate, if it has a letter or digit; each ideograph and kana."""
    return sum(any(map(str.isalnum, word)) for word in _WRITTEN_WORD.findall(text))
