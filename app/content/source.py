"""The check that guide.md says what the source document says, word for word and in its order."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from app.content.guide import Section
from app.content.issues import ValidationIssues

_blank_lines = re.compile(r"\r?\n(?:[^\S\n]*\r?\n)+")
_lead = re.compile(r"^(?:\s*[•‣◦*–-]\s+|\s*See also\s+)?")  # the layout of a list item, the words of a cross-reference


def compare_with_source(
    title: str, sections: Sequence[Section], source: str, guide_file: Path, source_file: Path, issues: ValidationIssues
) -> None:
    """Note the first place where the guide and its source part; after it the two can no longer be told apart."""
    for said, written in zip_longest(_said(title, sections), _written(source)):
        if said is None and written is not None:
            issues.add(source_file, written[1], f"guide.md ends before this: {_excerpt(written[0], 0)}")
            return
        if said is not None and written is None:
            issues.add(guide_file, said[1], f"{source_file.name} ends before this: {_excerpt(said[0], 0)}")
            return
        if said is not None and written is not None and said[0] != written[0]:
            start = next(n for n, pair in enumerate(zip_longest(said[0], written[0])) if pair[0] != pair[1])
            issues.add(
                guide_file,
                said[1],
                f"This is not what {source_file.name} says on line {written[1]}: it has"
                f" {_excerpt(written[0], start)} where this has {_excerpt(said[0], start)}.",
            )
            return


def _said(title: str, sections: Sequence[Section]) -> Iterator[tuple[str, int]]:
    """The blocks of the guide in reading order, each with its line; titles that the editors supplied are not there."""
    yield title, 1
    for section in sections:
        if not section.title_supplied:
            yield section.title, section.line
        for after in range(len(section.passages) + 1):
            if after:
                yield section.passages[after - 1].text, section.passages[after - 1].line
            yield from ((reference.title, reference.line) for reference in section.see_also if reference.after == after)


def _written(source: str) -> Iterator[tuple[str, int]]:
    """The blocks of the source document, each with its line, without the layout of their first line."""
    start, line = 0, 1
    for gap in [*_blank_lines.finditer(source), None]:
        end = gap.start() if gap else len(source)
        block = source[start:end]
        if block.strip():
            words = _lead.sub("", block, count=1).strip()
            yield re.sub(r"\s*\n\s*", " ", words), line
        if gap:
            line += source.count("\n", start, gap.end())
            start = gap.end()


def _excerpt(text: str, start: int, length: int = 40) -> str:
    return f"“{text[start : start + length]}{'…' if len(text) > start + length else ''}”"
