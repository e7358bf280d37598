"""Find where a text names a term or an instrument.

A name matches as whole words: case, hyphens, the dots of initials, British or American spelling and the English plural
make no difference, and a possessive `’s` may follow. A name without lower-case letters is an abbreviation, and its case
counts. Chinese and Japanese names match anywhere but inside a word in katakana, since words are not separated there. Of
overlapping names, the longest matches.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from app.text.boundaries import is_word_boundary
from app.text.languages.english import number_forms, spellings
from app.text.words import TOKEN, normalize_word

Target = TypeVar("Target")

# A word or a punctuation mark; white space and dashes only separate words.
_TOKEN = re.compile(rf"{TOKEN}|[^\w\s\u00ad\u2010-\u2015-]")
_POSSESSIVE = re.compile(r"['’]s\b")
_PARENTHESES = re.compile(r"\s*[(（]([^()（）]+)[)）]\s*")


@dataclass(frozen=True)
class Name(Generic[Target]):
    """A name of a term or instrument, as the forms of each word; the first of equals counts."""

    words: tuple[frozenset[str], ...]
    is_abbreviation: bool
    is_alias: bool
    target: Target

    def matches(self, tokens: Sequence["_Token"]) -> bool:
        """Return whether each token, of as many as there are words, is a form of its word."""
        words = (token.exact if self.is_abbreviation else token.folded for token in tokens)
        return all(word in forms for word, forms in zip(words, self.words, strict=True))


class Mention(NamedTuple, Generic[Target]):
    """A place where a text names something: offsets in Unicode code points, `end` exclusive."""

    start: int
    end: int
    target: Target


class _Token(NamedTuple):
    start: int
    end: int
    exact: str
    folded: str


class MentionFinder(Generic[Target]):
    """Find mentions of targets by their names.

    A name in parentheses after another one, as in `1960 treaty (US-Japan Security Treaty)`, is an alias. If several
    targets share a name, it means the first one for which it is not an alias.
    """

    def __init__(self, names: Iterable[tuple[str, Target]]) -> None:
        self._names: dict[str, list[Name[Target]]] = defaultdict(list)  # by each form of their first word
        parsed = [name for text, target in names for name in _parse_name(text, target)]
        for name in sorted(parsed, key=lambda name: name.is_alias):
            for form in name.words[0]:
                self._names[form].append(name)

    def find(self, text: str) -> list[Mention[Target]]:
        """Return the mentions in a text, in its order; none overlap."""
        found = sorted(self._candidates(text), key=lambda mention: mention.start - mention.end)
        mentions: list[Mention[Target]] = []
        for mention in found:
            if all(mention.end <= other.start or mention.start >= other.end for other in mentions):
                mentions.append(mention)
        return sorted(mentions, key=lambda mention: mention.start)

    def _candidates(self, text: str) -> Iterator[Mention[Target]]:
        tokens = list(_tokens(text))
        for n, first in enumerate(tokens):
            for name in self._names.get(first.folded, []) + self._names.get(first.exact, []):
                following = tokens[n : n + len(name.words)]
                if len(following) == len(name.words) and name.matches(following):
                    start, end = first.start, following[-1].end
                    if is_word_boundary(text, start) and (is_word_boundary(text, end) or _POSSESSIVE.match(text, end)):
                        yield Mention(start, end, name.target)


def _parse_name(text: str, target: Target) -> Iterator[Name[Target]]:
    """Yield the name without parentheses, and the alias in parentheses at its end."""
    brackets = list(_PARENTHESES.finditer(text))
    alias = brackets[-1][1] if brackets and brackets[-1].end() == len(text) else ""
    for name, is_alias in ((_PARENTHESES.sub(" ", text), False), (alias, True)):
        tokens = list(_tokens(name))
        is_abbreviation = name.isupper()
        if is_abbreviation:
            exact = [token.exact for token in tokens]
            words = [*({word} for word in exact[:-1]), {exact[-1], f"{exact[-1]}s"}]
        else:
            words = [
                {spelling for form in number_forms(token.folded) for spelling in spellings(form)} for token in tokens
            ]
        if words:
            yield Name(tuple(map(frozenset, words)), is_abbreviation, is_alias, target)


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        exact = unicodedata.normalize("NFKC", match[0])
        if len(exact) > 1:
            exact = exact.replace(".", "")
        yield _Token(match.start(), match.end(), exact, normalize_word(exact))
