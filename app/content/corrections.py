"""corrections.yaml: editorial notes, each anchored to an exact quote, and the corrected edition that they make."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from app.content.editions import Change, corrected_span, corrected_text
from app.content.facts import Correction, Place
from app.content.faults import Faults
from app.content.guide import Section
from app.content.located_yaml import LocatedYAML
from app.content.reading_facts import SOURCES_FILE
from app.content.seed_files import read_entries

CONTEXT = 32  # characters of prefix and suffix, enough to tell a reader where the quote stands

Spot = tuple[int, int, int, int]  # section, passage, start and end, as in Place
Changes = dict[tuple[int, int], list[Change]]  # the changes to a passage, by the positions of section and passage


def read_corrections(
    folder: Path, sections: Sequence[Section], sources: Collection[str] | None, faults: Faults
) -> tuple[tuple[Correction, ...], list[Section]]:
    """The corrections with the places of their quotes, and the sections with the corrected edition of their passages.

    A quote that stands nowhere, or more than once, is noted as a fault: the first one is looked for in its section,
    those of `also_quotes` in the whole guide.
    """
    path = folder / "corrections.yaml"
    if not path.exists() or (read := read_entries(path, Correction, faults)) is None:
        return (), list(sections)
    file, corrections = read
    file.refuse_repeated(correction.slug for correction in corrections)
    spots: dict[str, list[Spot]] = {}
    for index, correction in enumerate(corrections):
        _check(file, correction, sections, sources, index)
        spots[correction.slug] = list(_spots(file, correction, sections, index))
    changes = _changes(file, corrections, spots)
    located = tuple(
        correction.model_copy(
            update={"places": tuple(_place(sections, changes, spot) for spot in spots[correction.slug])}
        )
        for correction in corrections
    )
    return located, list(_corrected(sections, changes))


def _check(
    file: LocatedYAML,
    correction: Correction,
    sections: Sequence[Section],
    sources: Collection[str] | None,
    index: int,
) -> None:
    slugs = {section.slug for section in sections}
    file.refuse_unknown("section", [correction.section], slugs, index, "section", kept_in="guide.md")
    file.refuse_repeated((cited.slug for cited in correction.sources), index, "sources")
    for number, cited in enumerate(correction.sources):
        file.refuse_unknown("source", [cited.slug], sources, index, "sources", number, kept_in=SOURCES_FILE)
    if "places" in correction.model_fields_set:
        file.fault("“places” is not a known key; remove it, the quote says where it stands.", index, "places")
    match correction.status, correction.replacement:
        case "applied" | "suggested", None:
            file.fault(f"What is {correction.status}? Write the words as “replacement”.", index, "status")
        case "note", str():
            file.fault("A note changes no words; leave “replacement” null, or suggest it.", index, "replacement")


def _spots(file: LocatedYAML, correction: Correction, sections: Sequence[Section], index: int) -> Iterator[Spot]:
    """Where the quote and then each further quote stands; a fault where that is not one place."""
    own = [(number, section) for number, section in enumerate(sections) if section.slug == correction.section]
    if own:
        yield from _only(file, correction.quote, own, f"the section “{correction.section}”", index, "quote")
    for number, quote in enumerate(correction.also_quotes):
        yield from _only(file, quote, list(enumerate(sections)), "the guide", index, "also_quotes", number)


def _only(
    file: LocatedYAML, quote: str, sections: Iterable[tuple[int, Section]], scope: str, *where: str | int
) -> Iterator[Spot]:
    found = [
        (section_position, position, start, start + len(quote))
        for section_position, section in sections
        for position, passage in enumerate(section.passages)
        for start in _starts(passage.text, quote)
    ]
    if len(found) == 1:
        yield found[0]
    elif not found:
        file.fault(f"These words do not stand in {scope}; copy them from a passage, to the letter.", *where)
    else:
        file.fault(f"These words stand in {scope} {len(found)} times; quote more, so that one place is meant.", *where)


def _starts(text: str, quote: str) -> Iterator[int]:
    """Where the quote begins in the text, overlapping places included."""
    start = text.find(quote)
    while quote and start >= 0:
        yield start
        start = text.find(quote, start + 1)


def _changes(file: LocatedYAML, corrections: Sequence[Correction], spots: dict[str, list[Spot]]) -> Changes:
    """What the applied corrections change, in order; those that overlap cannot both be applied."""
    changes: Changes = defaultdict(list)
    for index, correction in enumerate(corrections):
        if correction.status == "applied" and correction.replacement is not None:
            for section, passage, start, end in spots[correction.slug][:1]:
                others = changes[section, passage]
                if any(start < other.end and other.start < end for other in others):
                    file.fault("An applied correction changes some of these words already; make them one.", index)
                else:
                    others.append(Change(start, end, correction.replacement))
                    others.sort()
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
