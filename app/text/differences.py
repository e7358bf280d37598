"""Differences between two texts, word by word.

Chinese, Japanese, Korean and Thai are compared character by character, since their words are not separated by spaces.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from app.text.analyser import UNSPACED
from app.text.words import MARKS

# Pairs of tokens that are compared: the alignment takes a bit of memory for each. A passage has about 200 tokens.
MAX_PAIRS = 100_000_000

_WORD = rf"(?:(?![{UNSPACED}])[\w{MARKS}])+"
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)+|{_WORD}(?:['’]{_WORD})*|\s+|.[{MARKS}]*", re.DOTALL)

Operation = Literal["equal", "delete", "insert"]


class Words(NamedTuple):
    """Words that both texts have (`equal`), or only the first (`delete`) or the second (`insert`)."""

    op: Operation
    text: str


def split_text(text: str) -> list[str]:
    """Return the words, spaces and signs of a text, which together are the text."""
    return _TOKEN.findall(text)


def compare_words(before: str, after: str) -> list[Words]:
    """Return what turns one text into another, in order; at each place, deletions come before insertions.

    `equal` and `delete` together are the first text, `equal` and `insert` the second. Words are aligned so that as few
    as possible differ (the Indel distance). Texts that are too long for that differ as a whole.
    """
    old, new = split_text(before), split_text(after)
    if len(old) * len(new) > MAX_PAIRS:
        return [Words("equal", before)] if before == after else list(_change(before, after))
    aligned: list[Words] = []
    for block in Indel.opcodes(old, new):
        if block.tag == "insert":
            aligned.append(Words("insert", "".join(new[block.dest_start : block.dest_end])))
        else:
            op: Operation = "delete" if block.tag == "delete" else "equal"
            aligned.append(Words(op, "".join(old[block.src_start : block.src_end])))
    return list(_joined(aligned))


def _joined(aligned: Iterable[Words]) -> Iterator[Words]:
    """Join neighbouring changes, also across spaces: two replaced words are one change."""
    spaces = deleted = inserted = ""
    for op, text in aligned:
        if op == "equal" and text.isspace() and (deleted or inserted):
            spaces += text
            continue
        if op == "equal":
            yield from _change(deleted, inserted)
            if shared := spaces + text:
                yield Words("equal", shared)
            spaces = deleted = inserted = ""
            continue
        deleted += spaces + (text if op == "delete" else "")
        inserted += spaces + (text if op == "insert" else "")
        spaces = ""
    yield from _change(deleted, inserted)
    if spaces:
        yield Words("equal", spaces)


def _change(deleted: str, inserted: str) -> Iterator[Words]:
    if deleted:
        yield Words("delete", deleted)
    if inserted:
        yield Words("insert", inserted)
