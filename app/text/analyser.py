"""Split a text into the tokens that search compares; indexing and querying use this one function.

- Words are folded (see `app.text.folding`) and reduced to their English stems, also from British to American spelling.
- Scripts without spaces between words, such as Chinese and Japanese, have a token per character, and so has Korean.
- Initials are one word (`U.S.`), and so are digits in groups (`18,000`). A possessive `’s` is no token.
- A hyphen or another joint separates words; the words without it are a further token (`post-war`: `postwar`).
- A reference to an article, a date or an identifier is a further token, the same whichever way it is written.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.text.folding import Folded, fold
from app.text.languages.english import stem
from app.text.references import Reference, find_references
from app.text.words import MARKS

CACHED_TEXTS = 512  # analysed; a passage of 80 words takes about 10 kB

# Chinese, Japanese (without the middle dot ・), Korean; Thai, Lao, Burmese, Khmer.
UNSPACED = (
    "々〆〇\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff\u1100-\u11ff\uac00-\ud7ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
_CHARACTER = rf"(?:(?=[^\W_])[{UNSPACED}][{MARKS}\u1160-\u11ff]*)"
_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(
    rf"""(?P<number>(?<![\d,])\d{{1,3}}(?:,\d{{3}})+(?![\d,]*\d))
    | (?P<initials>(?<!\w)(?![{UNSPACED}])(?:{_LETTER}\.)+{_LETTER}\.?(?!\w))
    | [0-9a-z]++(?![^\x00-\x7f])
    | {_CHARACTER}
    | (?:(?![{UNSPACED}_])[\w{MARKS}])+""",
    re.VERBOSE,
)
_POSSESSIVE = re.compile(r"'s(?!\w)")
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
_JOINT = re.compile(r"-[ \t]*[\r\n\u2028]\s*|[-'.&+]")


class Token(NamedTuple):
    """A word of a text: what is compared, the folded word, and its span in the text as written."""

    term: str
    word: str
    start: int
    end: int

    @property
    def is_unspaced(self) -> bool:
        """Return whether this is one character of a script without spaces between words."""
        return bool(_IS_UNSPACED.match(self.word))


class Compound(NamedTuple):
    """Tokens that are joined without a space, from the first to the last, and their terms as one word."""

    first: int
    last: int
    terms: tuple[str, ...]


class Analysis(NamedTuple):
    """The tokens of a text in order, and what several of them stand for together."""

    tokens: tuple[Token, ...]
    compounds: tuple[Compound, ...]
    references: tuple[Reference, ...]

    @property
    def further(self) -> Iterator[tuple[str, int, int]]:
        """Yield the terms of compounds and references, each with its span in the text."""
        for compound in self.compounds:
            yield from self._with_span(compound.first, compound.last, compound.terms)
        for reference in self.references:
            yield from self._with_span(reference.first, reference.last, reference.terms + reference.wider)

    def _with_span(self, first: int, last: int, terms: Iterable[str]) -> Iterator[tuple[str, int, int]]:
        yield from ((term, self.tokens[first].start, self.tokens[last].end) for term in terms)


@lru_cache(maxsize=CACHED_TEXTS)
def analyse(text: str) -> Analysis:
    """Return the tokens of a text."""
    folded = fold(text)
    tokens: list[Token] = []
    joined: list[bool] = []  # whether a joint, or nothing, is between a token and the one before it
    end = -1
    for match in _TOKEN.finditer(folded.text):
        start = match.start()
        if tokens and start == end + 1 and match[0] == "s" and _POSSESSIVE.match(folded.text, end):
            continue
        joined.append(bool(tokens) and _is_joined(folded.text, end, start))
        tokens.append(_to_token(folded, match))
        end = match.end()
    references = find_references([token.word for token in tokens])
    return Analysis(tuple(tokens), tuple(_compounds(tokens, joined)), tuple(references))


def words_of(text: str) -> list[str]:
    """Return the folded words of a text."""
    return [token.word for token in analyse(text).tokens]


def terms_of(text: str) -> list[str]:
    """Return the terms of a text in order."""
    return [token.term for token in analyse(text).tokens]


def term_of(word: str) -> str:
    """Return the term of a folded word."""
    return stem(word) if word.isascii() else word


def is_ideograph(token: Token) -> bool:
    """Return whether a character may be part of a word: not hiragana, which is mostly grammar."""
    return token.is_unspaced and not is_hiragana(token)


def is_hiragana(token: Token) -> bool:
    """Return whether a character is hiragana."""
    return "\u3041" <= token.word[0] <= "\u309f"


def is_katakana(token: Token) -> bool:
    """Return whether a character is katakana, in which foreign words are written."""
    return "\u30a1" <= token.word[0] <= "\u30ff"


def _to_token(folded: Folded, match: re.Match[str]) -> Token:
    word = match[0]
    if match.lastgroup:
        word = word.replace("." if match.lastgroup == "initials" else ",", "")
    return Token(term_of(word), word, folded.starts[match.start()], folded.ends[match.end() - 1])


def _is_joined(text: str, start: int, end: int) -> bool:
    return start == end or bool(_JOINT.fullmatch(text, start, end))


def _compounds(tokens: Sequence[Token], joined: Sequence[bool]) -> Iterator[Compound]:
    """Yield the runs of joined tokens: several words, or characters without spaces between them."""
    first = 0
    for number in range(1, len(tokens) + 1):
        if number == len(tokens) or not joined[number]:
            if number - first > 1:
                yield Compound(first, number - 1, tuple(_joined_terms(tokens[first:number])))
            first = number


def _joined_terms(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the term of all words as one, and of each with the next."""
    words = [token.word for token in tokens]
    if any(token.is_unspaced for token in tokens) or all(word.isdecimal() for word in words):
        return
    pairs = pairwise(words) if len(words) > 2 else ()
    yield from dict.fromkeys(map(term_of, ("".join(words), *map("".join, pairs))))
