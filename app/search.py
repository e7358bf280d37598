"""A reader's words and the text that they are looked for in, in the form that SQLite's full-text search (FTS5) takes.

The index holds the text itself, with two kinds of characters put in. Chinese and Japanese are written without spaces,
so each of their characters is made a word of its own, and what a reader asks for is looked for as a phrase of them.
Between two passages stands a word that nobody can ask for, so that no phrase begins in one and ends in the next.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate, groupby, islice, product
from typing import NamedTuple

from app.spelling import spellings

TOKENIZER = "porter unicode61 remove_diacritics 2"  # English stemming; case and accents make no difference
OPEN, CLOSE = "\x02", "\x03"  # what the index is asked to put around the words that it found

EXCERPT_LENGTH = 240  # characters, beyond which a passage is cut
EXCERPT_LEAD = 60  # characters shown before the first mark, where the beginning is cut
MOST_SPELLINGS = 8  # of one word or phrase
SHORT_PREFIX = 2  # letters
MOST_INITIALS = 3  # letters of an abbreviation that may be written with full stops

_BETWEEN_CHARACTERS = "\x1f"
_BETWEEN_PASSAGES = " \ue000 "  # of private use, which unicode61 takes for a letter
_OURS = str.maketrans(dict.fromkeys(f"{OPEN}{CLOSE}{_BETWEEN_CHARACTERS}\ue000", " "))

_LETTERS = r"[^\W_](?:[^\W_]|[\u0300-\u036f])*"
_WORD = re.compile(_LETTERS)
_IDEOGRAPHS = "々〆\u3040-\u309f\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_BESIDE_AN_IDEOGRAPH = re.compile(rf"(?<=[{_IDEOGRAPHS}])(?=\w)|(?<=\w)(?=[{_IDEOGRAPHS}])")
_ACCENTS = re.compile("[\u0300-\u036f]+")

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_ASKED = re.compile(r'(?P<minus>(?<!\S)-(?=["\w]))?(?:"(?P<phrase>[^"]*)"|(?P<plain>[^\s"]+))')
_JOINED = re.compile(rf"(?P<words>{_LETTERS}(?:[-‐‑'’.]+{_LETTERS})*)(?P<star>\*(?!\w))?")
_MARKED = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_EITHER_MARK = re.compile(f"[{OPEN}{CLOSE}]")


def indexed(passages: Iterable[str]) -> str:
    """The text of passages as the index holds it."""
    return _apart(_BETWEEN_PASSAGES.join(passage.translate(_OURS) for passage in passages))


def shown(text: str) -> list[str]:
    """The passages of a text from the index, as they are written."""
    return text.replace(_BETWEEN_CHARACTERS, "").split(_BETWEEN_PASSAGES)


def words(text: str) -> list[str]:
    """The words of a text as they are written, in order, without those in Chinese and Japanese."""
    return _WORD.findall(_IDEOGRAPH.sub(" ", text))


def without_accents(word: str) -> str:
    """The word in lower case and without accents, as the index has it before it is stemmed."""
    lower = word.lower()
    return lower if lower.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFD", lower))


def folded(text: str) -> str:
    """The words of a text without case and accents, a space between them; ideographs are words of their own."""
    return " ".join(map(without_accents, _WORD.findall(_apart(text))))


def any_of(asked: Iterable[str]) -> str:
    """The full-text query for what has any of the words or phrases, which are made of letters and digits alone."""
    return " OR ".join(f'"{phrase}"' for phrase in asked)


def _apart(text: str) -> str:
    return _BESIDE_AN_IDEOGRAPH.sub(_BETWEEN_CHARACTERS, text) if _IDEOGRAPH.search(text) else text


class Clause(NamedTuple):
    """A word or a phrase that is asked for, without case and accents; `is_prefix` if its last word goes on.

    It is `joined` where a hyphen, an apostrophe or a full stop makes one word of several.
    """

    words: tuple[str, ...]
    is_prefix: bool = False
    is_joined: bool = False

    def query(self, completions: Mapping[str, Sequence[str]]) -> str:
        """The full-text query for it in all its spellings; `completions` are the words that a prefix stands for.

        A prefix of one or two letters is left to FTS5; a longer one is not, because it would be stemmed like a word.
        """
        if not self.is_prefix:
            return f"({any_of(islice(self._spelled(self._forms()), MOST_SPELLINGS))})"
        *first, last = self.words
        before = list(islice(self._spelled([tuple(first)]), MOST_SPELLINGS))
        if len(last) <= SHORT_PREFIX:
            return "(" + " OR ".join(f'"{f"{phrase} {last}".strip()}" *' for phrase in before) + ")"
        longer = [word for prefix in spellings(last) for word in completions.get(prefix, ())] or [last]
        return f"({any_of(f'{phrase} {word}'.strip() for phrase in before for word in longer)})"

    @property
    def single_words(self) -> Iterator["Clause"]:
        """Its words one by one, for an answer that need not have all of them."""
        *first, last = self._together
        yield from (Clause((word,)) for word in first if len(word) > 1)
        if len(last) > 1 or self.is_prefix or not first:
            yield Clause((last,), self.is_prefix)

    @property
    def _together(self) -> tuple[str, ...]:
        """The words with initials in one: US for U.S."""
        runs = groupby(self.words, key=lambda word: len(word) == 1)
        return tuple(word for are_initials, run in runs for word in (["".join(run)] if are_initials else run))

    def _forms(self) -> Iterator[tuple[str, ...]]:
        """The words, and what they may be written as besides: US for U.S. and the other way, cooperation, nation."""
        yield self.words
        if self._together != self.words:
            yield self._together
        if self.is_joined:
            yield ("".join(self.words),)
            if self.words[-1] == "s":
                yield self.words[:-1]
        elif len(self.words) == 1 and 1 < len(self.words[0]) <= MOST_INITIALS:
            yield tuple(self.words[0])

    @staticmethod
    def _spelled(forms: Iterable[tuple[str, ...]]) -> Iterator[str]:
        # Of a long phrase the first few spellings: there are twice as many for each word that has two.
        for form in forms:
            yield from (" ".join(phrase) for phrase in islice(product(*map(spellings, form)), MOST_SPELLINGS // 2))


@dataclass(frozen=True)
class Question:
    """What a reader typed, understood: what is to be there, and what is not."""

    text: str
    wanted: tuple[Clause, ...]
    unwanted: tuple[Clause, ...]

    @property
    def prefixes(self) -> list[str]:
        """The prefixes that are to be completed."""
        prefixes = (clause.words[-1] for clause in (*self.wanted, *self.unwanted) if clause.is_prefix)
        long_enough = dict.fromkeys(prefix for prefix in prefixes if len(prefix) > SHORT_PREFIX)
        return [spelled for prefix in long_enough for spelled in spellings(prefix)]

    @property
    def plain_words(self) -> list[str]:
        """The words that are to be there as they are, and so may be misspelled."""
        return [word for clause in self.wanted if not clause.is_prefix for word in clause.words]

    @property
    def single_words(self) -> list[Clause]:
        """All the wanted words one by one, those of phrases too."""
        return list(dict.fromkeys(word for clause in self.wanted for word in clause.single_words))

    def query(self, completions: Mapping[str, Sequence[str]], *, for_all: bool) -> str:
        """The full-text query for what has all that is wanted, or any of it, and nothing that is unwanted."""
        joint = " AND " if for_all else " OR "
        clauses = self.wanted if for_all else self.single_words
        wanted = joint.join(clause.query(completions) for clause in clauses)
        if not self.unwanted:
            return wanted
        unwanted = " OR ".join(clause.query(completions) for clause in self.unwanted)
        return f"({wanted}) NOT ({unwanted})"

    def with_words(self, replacements: Mapping[str, str]) -> str:
        """The reader's text with other words for some, which are given without case and accents."""
        return _WORD.sub(lambda match: replacements.get(without_accents(match[0]), match[0]), self.text)


def understood(text: str) -> Question:
    """What a reader means: words, `"a phrase"`, `-unwanted` and `prefix*`; all else is plain text.

    Words that a hyphen, an apostrophe or a full stop joins are a phrase.
    """
    text = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    wanted: list[Clause] = []
    unwanted: list[Clause] = []
    for asked in _ASKED.finditer(text.translate(_QUOTES)):
        clauses = unwanted if asked["minus"] else wanted
        clauses += _phrase(asked["phrase"]) if asked["phrase"] is not None else _plain(asked["plain"])
    return Question(text, tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def typed(text: str) -> Question:
    """What a reader means who is still typing: words, the last of which may go on; nothing else has a meaning yet."""
    return understood(" ".join(_WORD.findall(text)) + "*")


def _phrase(text: str) -> Iterator[Clause]:
    if found := folded(text).split():
        yield Clause(tuple(found))


def _plain(text: str) -> Iterator[Clause]:
    for joined in _JOINED.finditer(text):
        found = tuple(folded(joined["words"]).split())
        is_prefix = bool(joined["star"]) and not _IDEOGRAPH.match(found[-1])
        yield Clause(found, is_prefix, is_joined=len(found) > 1 and not _IDEOGRAPH.search(joined["words"]))


class Excerpt(NamedTuple):
    """A passage, cut where it is long; `marks` are the code points where found words begin and end, end exclusive."""

    text: str
    html: str
    marks: list[tuple[int, int]]


def excerpt(marked: str) -> Excerpt:
    """The part of a marked passage that has most of the found words, with `…` where it is cut."""
    text, spans = unmarked(marked)
    start, end = _window(text, spans)
    first, last = bisect_left(spans, (start, start)), bisect_right(spans, (end, end))
    # Each span that ends before an offset has put two characters before it in the marked text.
    html_of_it = html(marked[start + 2 * first : end + 2 * last])
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    marks = [(begin + shift, finish + shift) for begin, finish in spans[first:last]]
    return Excerpt(f"{before}{text[start:end]}{after}", f"{before}{html_of_it}{after}", marks)


def html(marked: str) -> str:
    """A marked text as HTML: escaped, with `<mark>` around what was found and no other element."""
    return escape(marked).replace(OPEN, "<mark>").replace(CLOSE, "</mark>")


def unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without the marks, and where they were, in order."""
    parts = _EITHER_MARK.split(marked)
    ends = list(accumulate(map(len, parts)))
    return "".join(parts), list(zip(ends[::2], ends[1::2], strict=False))


def found_words(marked: str) -> set[str]:
    """The different words that are marked."""
    return {without_accents(found) for found in _MARKED.findall(marked)}


def _window(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The beginning and the end of what is shown of a text: at ends of words where there are any, never in a mark."""
    if len(text) <= EXCERPT_LENGTH:
        return 0, len(text)
    start = min(_best_beginning(text, spans), len(text) - EXCERPT_LENGTH)
    end = start + EXCERPT_LENGTH
    if start and (space := text.find(" ", start, start + EXCERPT_LEAD)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", end - EXCERPT_LEAD, end + 1)) >= 0:
        end = space
    for first, last in spans:
        if first < start < last:
            start = first
        if first < end < last:
            end = last
    return start, end


def _best_beginning(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Where to begin, so that most different words are shown; the first such place."""
    found = [text[first:last].lower() for first, last in spans]
    best, most = 0, 0
    for index, (first, _) in enumerate(spans):
        start = max(0, first - EXCERPT_LEAD)
        different = len(set(found[index : bisect_right(spans, (start + EXCERPT_LENGTH, 0))]))
        if different > most:
            best, most = start, different
    return best
