"""Check that guide.md has the same words as the source document, in the same order."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from unicodedata import combining

from rapidfuzz.distance import Prefix

from app.content.characters import name
from app.content.guide import Section
from app.content.issues import ValidationIssues
from app.text.lines import join_lines

_blank_lines = re.compile(r"(\r?\n(?:[^\S\n]*\r?\n)+)")  # in a group, so that they stay when text is split
_lead = re.compile(r"^(?:\s*[•‣◦*–-]\s+|\s*See also\s+)?")  # the bullet of a list item, the start of a cross-reference


def compare_with_source(
    title: str, sections: Sequence[Section], source: str, guide_file: Path, source_file: Path, issues: ValidationIssues
) -> None:
    """Add an issue for the first difference between the guide and its source document."""
    blocks = zip_longest(_guide_blocks(title, sections), _source_blocks(source), fillvalue=("", 0))
    difference = next((pair for pair in blocks if pair[0][0] != pair[1][0]), None)
    if difference is None:
        return
    (ours, line), (theirs, source_line) = difference
    start = Prefix.similarity(ours, theirs)
    if not line:
        message = f"guide.md ends before {_excerpt(theirs)}; add the rest, or remove it here."
        issues.add(source_file, source_line, message)
    elif not source_line:
        message = f"{source_file.name} ends before {_excerpt(ours)}; remove it here, or complete that file."
        issues.add(guide_file, line, message)
    else:
        place = f"line {source_line} of {source_file.name}"
        advice = f"write {_excerpt(theirs[start:])} instead of {_excerpt(ours[start:])}"
        code_points = _code_points(ours[start:], theirs[start:])
        issues.add(guide_file, line, f"This differs from {place}: {advice}{code_points}.")


def _guide_blocks(title: str, sections: Sequence[Section]) -> Iterator[tuple[str, int]]:
    """Yield the text and line of each block of the guide, except supplied titles."""
    yield title, 1
    for section in sections:
        if not section.title_supplied:
            yield section.title, section.line
        for after in range(len(section.passages) + 1):
            if after:
                yield section.passages[after - 1].text, section.passages[after - 1].line
            yield from ((reference.title, reference.line) for reference in section.see_also if reference.after == after)


def _source_blocks(source: str) -> Iterator[tuple[str, int]]:
    """Yield the text and line of each block of the source document, without bullets."""
    line = 1
    for block in _blank_lines.split(source):
        if words := _lead.sub("", block, count=1).strip():
            yield join_lines("\n".join(map(str.strip, words.replace("\t", " ").split("\n")))), line
        line += block.count("\n")


def _excerpt(text: str, length: int = 40) -> str:
    return f"“{text[:length]}{'…' if len(text) > length else ''}”"


def _code_points(ours: str, theirs: str) -> str:
    """Name the first characters that differ, unless a reader can tell them apart."""
    if all(character.isascii() and not character.isspace() for character in ours[:1] + theirs[:1]):
        return ""
    return f": {_names(theirs)} instead of {_names(ours)}"


def _names(text: str) -> str:
    """Name the first character of a text, and the accents on it."""
    end = next((at for at in range(1, len(text)) if not combining(text[at])), len(text))
    return ", ".join(map(name, text[:end])) or "nothing"
