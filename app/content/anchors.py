"""Read corrections.yaml, find the place of each quote, and apply the corrections."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from app.content.corrections import Correction, LocatedCorrection, Place
from app.content.guide import Section
from app.content.issues import ValidationIssues
from app.content.located_yaml import LocatedYAML
from app.content.seed_files import read_entries
from app.text.editions import Change, corrected_span, corrected_text

CONTEXT_LENGTH = 32  # characters of prefix and suffix; the public schema states it
FORBIDDEN_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}  # Unicode: controls, surrogates, line and paragraph separators


class Anchor(NamedTuple):
    """The place of a quote: the positions of section and passage, and offsets in the original."""

    section: int
    passage: int
    start: int
    end: int


Changes = Mapping[tuple[int, int], Sequence[Change]]  # by the positions of section and passage


class Report(Protocol):
    """Report a problem: a sentence, and the location of the key in the file."""

    def __call__(self, message: str, /, *location: str | int) -> object:
        """Report it."""


def read_corrections(
    path: Path, sections: Sequence[Section], sources: Collection[str] | None, issues: ValidationIssues
) -> tuple[tuple[LocatedCorrection, ...], list[Section]]:
    """Return corrections with the places of their quotes, and sections with corrected text.

    `quote` must occur exactly once in its section, each of `also_quotes` exactly once in the guide.
    """
    file, corrections, _ = read_entries(path, Correction, issues)
    slugs = {section.slug for section in sections}
    for index, correction in enumerate(corrections):
        _check(file, correction, slugs, sources, index)
    return locate_corrections(corrections, sections, file.add_issue)


def locate_corrections(
    corrections: Sequence[Correction], sections: Sequence[Section], report: Report
) -> tuple[tuple[LocatedCorrection, ...], list[Section]]:
    """Return corrections with the places of their quotes, and sections with corrected text.

    `report` is called with a sentence about each correction that has no place, and the location of its key.
    """
    positions = {section.slug: position for position, section in enumerate(sections)}
    anchors = []
    for index, correction in enumerate(corrections):
        own_anchors = list(_locate(report, correction, sections, positions, index))
        if len(own_anchors) != len(set(own_anchors)):
            report("Two quotes have the same place; remove one of them.", index, "also_quotes")
        anchors.append(own_anchors)
    changes = _collect_changes(report, corrections, anchors, sections)
    located = tuple(
        LocatedCorrection(
            **dict(correction) | {"places": tuple(_to_place(sections, changes, anchor) for anchor in own)}
        )
        for correction, own in zip(corrections, anchors, strict=True)
    )
    return located, _apply(sections, changes)


def _check(
    file: LocatedYAML, correction: Correction, sections: Collection[str], sources: Collection[str] | None, index: int
) -> None:
    file.check_reference("section", correction.section, sections, index, "section")
    file.check_unique((cited.slug for cited in correction.sources), index, "sources")
    for number, cited in enumerate(correction.sources):
        file.check_reference("source", cited.slug, sources, index, "sources", number, "slug")
    match correction.status, correction.replacement:
        case "applied" | "suggested" as status, None:
            file.add_issue(f"A correction that is {status} needs a “replacement”; write one.", index, "status")
        case "note", str():
            message = "A note cannot have a “replacement”; remove it, or set “status” to “suggested”."
            file.add_issue(message, index, "replacement")
        case _, correction.quote:
            file.add_issue("The replacement equals the quote; change it, or make this a note.", index, "replacement")
        case _, str(words) if any(unicodedata.category(character) in FORBIDDEN_CATEGORIES for character in words):
            message = "The replacement contains a line break or control character; write it as one line."
            file.add_issue(message, index, "replacement")


def _locate(
    report: Report, correction: Correction, sections: Sequence[Section], positions: Mapping[str, int], index: int
) -> Iterator[Anchor]:
    """Yield the place of each quote; report one that does not occur exactly once."""
    if (own := positions.get(correction.section)) is not None:
        scope = f"the section “{correction.section}”"
        yield from _locate_quote(report, correction.quote, [(own, sections[own])], scope, index, "quote")
    for number, quote in enumerate(correction.also_quotes):
        yield from _locate_quote(report, quote, enumerate(sections), "the guide", index, "also_quotes", number)


def _locate_quote(
    report: Report, quote: str, sections: Iterable[tuple[int, Section]], scope: str, *location: str | int
) -> list[Anchor]:
    anchors = [
        Anchor(section_position, position, start, start + len(quote))
        for section_position, section in sections
        for position, passage in enumerate(section.passages)
        for start in _occurrences(passage.text, quote)
    ]
    if not anchors:
        report(f"The quote is not in {scope}; copy it exactly from a passage.", *location)
    elif len(anchors) > 1:
        report(f"The quote is in {scope} {len(anchors)} times; quote more words.", *location)
    return anchors if len(anchors) == 1 else []


def _occurrences(text: str, part: str) -> Iterator[int]:
    """Yield each offset of the part in the text, also overlapping; none for an empty part."""
    at = text.find(part) if part else -1
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _collect_changes(
    report: Report,
    corrections: Sequence[Correction],
    anchors: Sequence[Sequence[Anchor]],
    sections: Sequence[Section],
) -> Changes:
    """Return the applied changes to each passage in order; report each overlap."""
    changes: dict[tuple[int, int], list[Change]] = defaultdict(list)
    for index, (correction, own_anchors) in enumerate(zip(corrections, anchors, strict=True)):
        if correction.status != "applied" or correction.replacement is None or not own_anchors:
            continue
        section, passage, start, end = own_anchors[0]
        others = changes[section, passage]
        if any(start < other.end and other.start < end for other in others):
            report("Another applied correction changes some of these words; merge the two.", index)
            continue
        others.append(Change(start, end, correction.replacement))
        others.sort()
        text = corrected_text(sections[section].passages[passage].text, others)
        if not text or text != text.strip():
            message = "This leaves the passage empty or with a space at its end; quote other words."
            report(message, index, "replacement")
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


def _apply(sections: Sequence[Section], changes: Changes) -> list[Section]:
    applied = list(sections)
    for (position, number), own_changes in changes.items():
        section = applied[position]
        passages = list(section.passages)
        text = corrected_text(passages[number].text, own_changes)
        passages[number] = passages[number].model_copy(update={"corrected": text})
        applied[position] = section.model_copy(update={"passages": tuple(passages)})
    return applied
