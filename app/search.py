"""A reader's words and the text that they are looked for in, in the form that SQLite's full-text search (FTS5) takes.

The index holds the text itself, with two kinds of characters put in. Chinese and Japanese are written without spaces,
so each of their characters is made a word of its own, and what a reader asks for is looked for as a phrase of them.
Between two passages stands a word that nobody can ask for, so that no phrase begins in one and ends in the next.
"""

import re
import unicodedata
from collections.abc import Iterable

TOKENIZER = "porter unicode61 remove_diacritics 2"  # English stemming; case and accents make no difference

_BETWEEN_CHARACTERS = "\x1f"
_BETWEEN_PASSAGES = " \ue000 "  # of private use, which unicode61 takes for a letter

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_IDEOGRAPH = re.compile(
    "([々〆\u3040-\u309f\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff])"
)
_MARKS = re.compile("[\u0300-\u036f]+")


def indexed(passages: Iterable[str]) -> str:
    """The text of passages as the index holds it."""
    text = _BETWEEN_PASSAGES.join(passage.replace(_BETWEEN_PASSAGES.strip(), " ") for passage in passages)
    return _IDEOGRAPH.sub(rf"\1{_BETWEEN_CHARACTERS}", text)


def shown(text: str) -> list[str]:
    """The passages of a text from the index, as they are written."""
    return text.replace(_BETWEEN_CHARACTERS, "").split(_BETWEEN_PASSAGES)


def words(text: str) -> list[str]:
    """The words of a text as they are written, in order, without those in Chinese and Japanese."""
    return _WORD.findall(_IDEOGRAPH.sub(" ", text))


def without_accents(word: str) -> str:
    """The word in lower case and without accents, as the index has it before it is stemmed."""
    lower = word.lower()
    return lower if lower.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", lower))


def any_of(asked: Iterable[str]) -> str:
    """The full-text query for what has any of the words."""
    return " OR ".join(f'"{word}"' for word in asked)
