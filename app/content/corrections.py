"""corrections.yaml: editorial notes, each anchored to an exact quote, and the corrected edition that they make."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from app.content.fact_files import SOURCES_FILE
from app.content.facts import Correction, LocatedCorrection, Place
from app.content.guide import Section
from app.content.issues import ValidationIssues
from app.content.located_yaml import LocatedYAML
from app.content.seed_files import read_entries
from app.text.editions import Change, corrected_span, corrected_text

CORRECTIONS_FILE = "corrections.yaml"
CONTEXT = 32  # characters of prefix and suffix, enough to tell a reader where the quote stands
NOT_IN_A_PASSAGE = {"Cc", "Cs", "Zl", "Zp"}  # Unicode's controls, surrogates, line and paragraph separators


class Spot(NamedTuple):
    """Where a quote stands: the positions of section and passage, and offsets in the original."""

    section: int
    passage: int
    start: int
    end: int


Changes = dict[tuple[int, int], list[Change]]  # the changes to a passage, by the positions of section and passage


def read_corrections(
    folder: Path, sections: Sequence[Section], sources: Collection[str] | None, issues: ValidationIssues
) -> tuple[tuple[LocatedCorrection, ...], list[Section]]:
    """The corrections with the places of their quotes, and the sections with the corrected edition of their passages.

    A quote that stands nowhere, or more than once, is noted as a fault: the first one is looked for in its section,
    those of `also_quotes` in the whole guide.
    """
    path = folder / CORRECTIONS_FILE
    if not path.exists() or (read := read_entries(path, Correction, issues)) is None:
        return (), list(sections)
    file, corrections = read
    positions = {section.slug: position for position, section in enumerate(sections)}
    file.refuse_repeated(correction.slug for correction in corrections)
    for index, correction in enumerate(corrections):
        _check(file, correction, positions, sources, index)
    spots = [list(_spots(file, each, sections, positions, index)) for index, each in enumerate(corrections)]
    for index, found in enumerate(spots):
        if len(found) != len(set(found)):
            file.report("One place is quoted twice; keep one of the quotes.", index, "also_quotes")
    changes = _changes(file, corrections, spots, sections)
    located = tuple(
        LocatedCorrection(**dict(correction), places=tuple(_place(sections, changes, spot) for spot in found))
        for correction, found in zip(corrections, spots, strict=True)
    )
    return located, list(_corrected(sections, changes))


def _check(
    file: LocatedYAML,
    correction: Correction,
    sections: Collection[str],
    sources: Collection[str] | None,
    index: int,
) -> None:
    file.refuse_unknown("section", correction.section, sections, index, "section", kept_in="guide.md")
    file.refuse_repeated((cited.slug for cited in correction.sources), index, "sources")
    for number, cited in enumerate(correction.sources):
        file.refuse_unknown("source", cited.slug, sources, index, "sources", number, "slug", kept_in=SOURCES_FILE)
    match correction.status, correction.replacement:
        case "applied" | "suggested", None:
            file.report(f"What is {correction.status}? Write the words as “replacement”.", index, "status")
        case "note", str():
            file.report("A note changes no words; leave “replacement” null, or suggest it.", index, "replacement")
        case _, correction.quote:
            file.report("This changes nothing; write other words, or make it a note.", index, "replacement")
        case _, str(words) if any(unicodedata.category(character) in NOT_IN_A_PASSAGE for character in words):
            file.report("A passage is one line of plain text; write the replacement as such.", index, "replacement")


def _spots(
    file: LocatedYAML,
    correction: Correction,
    sections: Sequence[Section],
    positions: Mapping[str, int],
    index: int,
) -> Iterator[Spot]:
    """Where the quote and then each further quote stands; a fault where that is not one place."""
    if (own := positions.get(correction.section)) is not None:
        found = _places_of(correction.quote, [(own, sections[own])])
        yield from _only(file, found, f"the section “{correction.section}”", index, "quote")
    for number, quote in enumerate(correction.also_quotes):
        found = _places_of(quote, enumerate(sections))
        yield from _only(file, found, "the guide", index, "also_quotes", number)


def _places_of(quote: str, sections: Iterable[tuple[int, Section]]) -> list[Spot]:
    return [
        Spot(section_position, position, start, start + len(quote))
        for section_position, section in sections
        for position, passage in enumerate(section.passages)
        for start in _starts(passage.text, quote)
    ]


def _starts(text: str, quote: str) -> Iterator[int]:
    """Where the quote begins in the text, overlapping places included."""
    start = text.find(quote)
    while quote and start >= 0:
        yield start
        start = text.find(quote, start + 1)


def _only(file: LocatedYAML, found: Sequence[Spot], scope: str, *where: str | int) -> Iterator[Spot]:
    if len(found) == 1:
        yield found[0]
    elif not found:
        file.report(f"These words do not stand in {scope}; copy them from a passage, to the letter.", *where)
    else:
        file.report(f"These words stand in {scope} {len(found)} times; quote more, so that one place is meant.", *where)


def _changes(
    file: LocatedYAML,
    corrections: Sequence[Correction],
    spots: Sequence[Sequence[Spot]],
    sections: Sequence[Section],
) -> Changes:
    """What the applied corrections change, in order; those that overlap cannot both be applied."""
    changes: Changes = defaultdict(list)
    for index, (correction, found) in enumerate(zip(corrections, spots, strict=True)):
        if correction.status != "applied" or correction.replacement is None or not found:
            continue
        section, passage, start, end = found[0]
        others = changes[section, passage]
        if any(start < other.end and other.start < end for other in others):
            file.report("An applied correction changes some of these words already; make them one.", index)
            continue
        others.append(Change(start, end, correction.replacement))
        others.sort()
        text = corrected_text(sections[section].passages[passage].text, others)
        if not text or text != text.strip():
            file.report(
                "This leaves the passage empty, or a space at its end; quote other words.", index, "replacement"
            )
    return changes


def _place(sections: Sequence[Section], changes: Changes, spot: Spot) -> Place:
    section, passage, start, end = spot
    text = sections[section].passages[passage].text
    return Place(
        section=section,
        passage=passage,
        original=(start, end),
        corrected=corrected_span(start, end, changes.get((section, passage), ())),
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def _corrected(sections: Sequence[Section], changes: Changes) -> Iterator[Section]:
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
