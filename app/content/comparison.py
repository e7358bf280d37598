"""Check that guide.md has the same words as the source document, in the same order."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from app.content.guide import Section
from app.content.issues import ValidationIssues

_blank_lines = re.compile(r"\r?\n(?:[^\S\n]*\r?\n)+")
_lead = re.compile(r"^(?:\s*[•‣◦*–-]\s+|\s*See also\s+)?")  # the bullet of a list item, the start of a cross-reference


def compare_with_source(
    title: str, sections: Sequence[Section], source: str, guide_file: Path, source_file: Path, issues: ValidationIssues
) -> None:
    """Add an issue for the first difference between the guide and its source document."""
    for ours, theirs in zip_longest(_guide_blocks(title, sections), _source_blocks(source)):
        if ours is None and theirs is not None:
            message = f"guide.md ends before {_excerpt(theirs[0], 0)}; add the rest, or remove it here."
            issues.add(source_file, theirs[1], message)
            return
        if ours is not None and theirs is None:
            message = f"{source_file.name} ends before {_excerpt(ours[0], 0)}; remove it here, or complete that file."
            issues.add(guide_file, ours[1], message)
            return
        if ours is not None and theirs is not None and ours[0] != theirs[0]:
            start = next(n for n, pair in enumerate(zip_longest(ours[0], theirs[0])) if pair[0] != pair[1])
            issues.add(
                guide_file,
                ours[1],
                f"This differs from line {theirs[1]} of {source_file.name}: write {_excerpt(theirs[0], start)}"
                f" instead of {_excerpt(ours[0], start)}.",
            )
            return


def _guide_blocks(title: str, sections: Sequence[Section]) -> Iterator[tuple[str, int]]:
    """Yield the text and line of each block of the guide, except titles that the editors supplied."""
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
