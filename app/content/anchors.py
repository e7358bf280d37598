"""Read corrections.yaml, find the place of each quote, and apply the corrections."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from app.content.checks import require_source
from app.content.corrections import Correction, LocatedCorrection, Place
from app.content.facts import SOURCES_FILE
from app.content.guide import Section
from app.content.issues import ValidationIssues
from app.content.located_yaml import LocatedYAML
from app.content.seed_files import read_entries
from app.text.editions import Change, corrected_span, corrected_text

CORRECTIONS_FILE = "corrections.yaml"
CONTEXT_LENGTH = 32  # characters of prefix and suffix; the public schema states it
FORBIDDEN_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}  # Unicode: controls, surrogates, line and paragraph separators


class Anchor(NamedTuple):
    """The place of a quote: the positions of section and passage, and offsets in the original."""

    section: int
    passage: int
    start: int
    end: int


Changes = dict[tuple[int, int], list[Change]]  # by the positions of section and passage


def read_corrections(
    folder: Path, sections: Sequence[Section], sources: Collection[str] | None, issues: ValidationIssues
) -> tuple[tuple[LocatedCorrection, ...], list[Section]]:
    """Return corrections with the places of their quotes, and sections with corrected text.

    `quote` must occur exactly once in its section, each of `also_quotes` exactly once in the guide.
    """
    path = folder / CORRECTIONS_FILE
    if not path.exists() or (read := read_entries(path, Correction, issues)) is None:
        return (), list(sections)
    file, corrections = read
    positions = {section.slug: position for position, section in enumerate(sections)}
    file.check_unique(correction.slug for correction in corrections)
    for index, correction in enumerate(corrections):
        _check(file, correction, positions, sources, index)
    anchors = [list(_anchors(file, each, sections, positions, index)) for index, each in enumerate(corrections)]
    for index, own_anchors in enumerate(anchors):
        if len(own_anchors) != len(set(own_anchors)):
            file.add_issue("Two quotes have the same place; remove one of them.", index, "also_quotes")
    changes = _collect_changes(file, corrections, anchors, sections)
    located = tuple(
        LocatedCorrection(
            **dict(correction), places=tuple(_to_place(sections, changes, anchor) for anchor in own_anchors)
        )
        for correction, own_anchors in zip(corrections, anchors, strict=True)
    )
    return located, list(_apply(sections, changes))


def _check(
    file: LocatedYAML,
    correction: Correction,
    sections: Collection[str],
    sources: Collection[str] | None,
    index: int,
) -> None:
    file.check_reference("section", correction.section, sections, index, "section", defined_in="guide.md")
    require_source(file, correction.sources, index)
    file.check_unique((cited.slug for cited in correction.sources), index, "sources")
    for number, cited in enumerate(correction.sources):
        file.check_reference("source", cited.slug, sources, index, "sources", number, "slug", defined_in=SOURCES_FILE)
    match correction.status, correction.replacement:
        case "applied" | "suggested", None:
            file.add_issue(
                f"A correction that is {correction.status} needs a “replacement”; write one.", index, "status"
            )
        case "note", str():
            file.add_issue(
                "A note cannot have a “replacement”; remove it, or set “status” to “suggested”.", index, "replacement"
            )
        case _, correction.quote:
            file.add_issue("The replacement equals the quote; change it, or make this a note.", index, "replacement")
        case _, str(words) if any(unicodedata.category(character) in FORBIDDEN_CATEGORIES for character in words):
            file.add_issue(
                "The replacement contains a line break or control character; write it as one line.",
                index,
                "replacement",
            )


def _anchors(
    file: LocatedYAML,
    correction: Correction,
    sections: Sequence[Section],
    positions: Mapping[str, int],
    index: int,
) -> Iterator[Anchor]:
    """Yield the place of each quote; add an issue for one that does not occur exactly once."""
    if (own := positions.get(correction.section)) is not None:
        candidates = _find(correction.quote, [(own, sections[own])])
        yield from _require_one(file, candidates, f"the section “{correction.section}”", index, "quote")
    for number, quote in enumerate(correction.also_quotes):
        candidates = _find(quote, enumerate(sections))
        yield from _require_one(file, candidates, "the guide", index, "also_quotes", number)


def _find(quote: str, sections: Iterable[tuple[int, Section]]) -> list[Anchor]:
    return [
        Anchor(section_position, position, start, start + len(quote))
        for section_position, section in sections
        for position, passage in enumerate(section.passages)
        for start in _find_offsets(passage.text, quote)
    ]


def _find_offsets(text: str, quote: str) -> Iterator[int]:
    """Yield each offset of the quote in the text, overlapping ones included."""
    start = text.find(quote)
    while quote and start >= 0:
        yield start
        start = text.find(quote, start + 1)


def _require_one(file: LocatedYAML, candidates: Sequence[Anchor], scope: str, *location: str | int) -> Iterator[Anchor]:
    if len(candidates) == 1:
        yield candidates[0]
    elif not candidates:
        file.add_issue(f"The quote is not in {scope}; copy it exactly from a passage.", *location)
    else:
        file.add_issue(f"The quote is in {scope} {len(candidates)} times; quote more words.", *location)


def _collect_changes(
    file: LocatedYAML,
    corrections: Sequence[Correction],
    anchors: Sequence[Sequence[Anchor]],
    sections: Sequence[Section],
) -> Changes:
    """Return the applied changes to each passage in order; add an issue for each overlap."""
    changes: Changes = defaultdict(list)
    for index, (correction, own_anchors) in enumerate(zip(corrections, anchors, strict=True)):
        if correction.status != "applied" or correction.replacement is None or not own_anchors:
            continue
        section, passage, start, end = own_anchors[0]
        others = changes[section, passage]
        if any(start < other.end and other.start < end for other in others):
            file.add_issue("Another applied correction changes some of these words; merge the two.", index)
            continue
        others.append(Change(start, end, correction.replacement))
        others.sort()
        text = corrected_text(sections[section].passages[passage].text, others)
        if not text or text != text.strip():
            file.add_issue(
                "This leaves the passage empty or with a space at its end; quote other words.", index, "replacement"
            )
    return changes


def _to_place(sections: Sequence[Section], changes: Changes, anchor: Anchor) -> Place:
    section, passage, start, end = anchor
    text = sections[section].passages[passage].text
    return Place(
        section=section,
        passage=passage,
        original=(start, end),
        corrected=corrected_span(start, end, changes.get((section, passage), ())),
        prefix=text[max(0, start - CONTEXT_LENGTH) : start],
        suffix=text[end : end + CONTEXT_LENGTH],
    )


def _apply(sections: Sequence[Section], changes: Changes) -> Iterator[Section]:
    changed = {section for section, _ in changes}
    for number, section in enumerate(sections):
        if number not in changed:
            yield section
            continue
        passages = tuple(
            passage.model_copy(update={"corrected": corrected_text(passage.text, changes[number, position])})
            if (number, position) in changes
            else passage
            for position, passage in enumerate(section.passages)
        )
        yield section.model_copy(update={"passages": passages})
