"""Reading corrections and facts: the places of quotes, and the messages about mistakes."""

from pathlib import Path

import pytest

from app.content import Guide, read_guides
from app.text.editions import Change, corrected_span, corrected_text
from tests.content.test_guides import reported
from tests.service import SEEDS

FOLDER = "treaty-of-nowhere"


def shipped() -> Guide:
    (guide,) = read_guides(SEEDS)
    return guide


def test_every_quote_of_the_51_corrections_is_located() -> None:
    guide = shipped()
    assert len(guide.corrections) == 51
    for correction in guide.corrections:
        quotes = [correction.quote, *correction.also_quotes]
        assert len(correction.places) == len(quotes)
        for quote, place in zip(quotes, correction.places, strict=True):
            text = guide.sections[place.section].passages[place.passage].text
            start, end = place.original
            assert text[start:end] == quote
            assert text[:start].endswith(place.prefix)
            assert text[end:].startswith(place.suffix)
        assert guide.sections[correction.places[0].section].slug == correction.section


def test_all_shipped_facts_are_read() -> None:
    guide = shipped()
    assert (len(guide.instruments), len(guide.events), len(guide.terms), len(guide.sources)) == (39, 54, 32, 157)
    assert {i.slug: len(i.articles) for i in guide.instruments if i.articles} == {
        "security-treaty-1951": 6,
        "treaty-1960": 11,
    }
    assert {i.slug: len(i.members) for i in guide.instruments if i.members} == {
        "special-measures-agreements": 11,
        "senkaku-article-v-statements": 5,
    }


def test_a_correction_moves_the_text_after_it() -> None:
    changes = [Change(4, 7, "longer"), Change(10, 12, "")]
    assert corrected_text("one two three", changes) == "one longer the"
    assert corrected_span(0, 3, changes) == (0, 3)
    assert corrected_span(4, 7, changes) == (4, 10)
    assert corrected_span(7, 8, changes) == (10, 11)  # a span that begins at the end of a change is not part of it
    assert corrected_span(8, 13, changes) == (11, 14)
    assert corrected_span(5, 11, changes) == (4, 13)  # a span that overlaps a change includes all of it


def test_facts_and_corrections_are_part_of_the_revision(seeds: Path) -> None:
    before = read_guides(seeds / FOLDER)[0].digest
    for name, old, new in [
        ("corrections.yaml", "It was coffee", "It was cocoa"),
        ("terms.yaml", "Everybody", "Nobody"),
        ("articles.yaml", "Nowhere likes itself", "Nowhere is proud"),
    ]:
        path = seeds / FOLDER / name
        path.write_text(path.read_text().replace(old, new))
        after = read_guides(seeds / FOLDER)[0].digest
        assert after != before
        before = after


def test_a_guide_without_facts_needs_no_files(seeds: Path) -> None:
    for name in ("corrections", "instruments", "articles", "events", "terms", "sources"):
        (seeds / FOLDER / f"{name}.yaml").unlink()
    (guide,) = read_guides(seeds / FOLDER)
    assert (guide.corrections, guide.instruments, guide.sources) == ((), (), ())


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "advice"),
    [
        ("corrections", "quote: tea", "quote: coffee", 29, "The quote is not in the section “signing”; copy it"),
        ("corrections", "quote: tea", "quote: brought", 29, "is in the section “signing” 2 times; quote more words."),
        ("corrections", "- took 1. a day", "- of Nowhere", 10, "The quote is not in the guide"),
        ("corrections", "- took 1. a day", "- delegate", 10, "The quote is in the guide 2 times"),
        ("corrections", "quote: tea", "quote: ''", 29, "The quote is not in the section"),
        ("corrections", "section: signing", "section: sining", 2, "no section “sining”; did you mean “signing”?"),
        ("corrections", "slug: memoir", "slug: memoirs", 14, "no source “memoirs”; did you mean “memoir”?"),
        ("corrections", "slug: memoir", "slug: gazette", 14, "The slug “gazette” is used twice"),
        ("corrections", "slug: nobody", "slug: tuesday", 15, "The slug “tuesday” is used twice; choose another one."),
        (
            "corrections",
            "status: suggested",
            "status: applied",
            15,
            "Another applied correction changes some of these words",
        ),
        ("corrections", "status: note", "status: applied", 28, "A correction that is applied needs a “replacement”"),
        ("corrections", "status: suggested", "status: note", 21, "A note cannot have a “replacement”"),
        ("corrections", "kind: unsourced", "kind: unsorced", 17, "“kind” must be 'factual_error', "),
        (
            "corrections",
            "on Wednesday, 1 July 1959,",
            '"on\\tWednesday"',
            7,
            "contains a line break or control character",
        ),
        (
            "corrections",
            "quote: on a Tuesday\n  replacement: on Wednesday, 1 July 1959,",
            "quote: Afterwards there was tea.\n  replacement: ''",
            7,
            "This leaves the passage empty",
        ),
        ("corrections", "quote: tea", "quote: tea\n  places: []", 30, "“places” is not a known key"),
        (
            "corrections",
            "replacement: on Wednesday, 1 July 1959,",
            "replacement: on a Tuesday",
            7,
            "The replacement equals the quote",
        ),
        ("corrections", "- took 1. a day", "- on a Tuesday", 9, "Two quotes have the same place"),
        ("corrections", "    - slug: memoir", "    - memoir", 14, "“sources” must have keys"),
        (
            "sources",
            "link: https://gazette.example",
            "link: javascript:alert",
            9,
            "“link” is not the URL of a web page",
        ),
        ("sources", "slug: memoir", "slug: gazette", 11, "The slug “gazette” is used twice; choose another one."),
        ("sources", "  type: book\n", "", 11, "“type” is missing; add it."),
        ("sources", "type: book", "type: paperback", 12, "“type” must be 'article', 'article-journal', "),
        ("sources", "family: Nib, given", "given", 14, "name a person with “family” and “given”, or a body with"),
        ("sources", "family: Nib,", "literal: Nib,", 14, "name a person with “family” and “given”, or a body with"),
        ("instruments", "as_of: 2020-01-01", "as_of: 2020", 38, "write a date that exists, such as 1960-01-19."),
        (
            "sources",
            "date: 1961",
            "date: 1961-02-30",
            15,
            "because February 1961 has 28 days; write a date that exists",
        ),
        ("sources", "date: 1961", "date: '1961-02-30'", 15, "write a date that exists, such as 1960-01-19, or 1960"),
        ("sources", "date: 1961", "date: '61'", 15, "write a date that exists, such as 1960-01-19, or 1960"),
        (
            "instruments",
            "date_in_force: 1960-02-29",
            "date_in_force: 1960",
            10,
            "write a date that exists, such as 1960-01-19.",
        ),
        ("instruments", "[gazette]", "[gazete]", 17, "no source “gazete”; did you mean “gazette”?"),
        ("instruments", "sources: [memoir]", "sources: [memory]", 29, "no source “memory”"),
        (
            "instruments",
            "[signing, ratification]",
            "[signing, signing]",
            16,
            "The section “signing” is listed twice; remove one.",
        ),
        ("instruments", "slug: pen-notes", "slug: pen-notes\n  articles: []", 20, "“articles” is not a known key"),
        ("articles", "instrument: treaty-of-nowhere", "instrument: treaty-of-no", 1, "no instrument “treaty-of-no”"),
        ("articles", "slug: '2'", "slug: preamble", 10, "The slug “preamble” is used twice"),
        ("articles", "sections: [opening]", "sections: [end]", 7, "There is no section “end”"),
        ("events", "slug: signing", "slug: counting", 22, "The slug “counting” is used twice"),
        ("events", "category: domestic", "category: fun", 11, "“category” must be 'treaty', "),
        ("events", "event: Pens are bought.", "evnt: Pens are bought.", 10, "did you mean “event”?"),
        ("terms", "sections: [signing]", "sections: [fishing]", 6, "no section “fishing”"),
    ],
)
def test_a_mistake_is_reported_with_file_line_and_advice(
    seeds: Path, name: str, old: str, new: str, line: int, advice: str
) -> None:
    path = seeds / FOLDER / f"{name}.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    start = f"{FOLDER}/{name}.yaml:{line}: "
    assert any(message.startswith(start) and advice in message for message in reported(seeds)), reported(seeds)


def test_references_to_an_unreadable_file_are_not_reported(seeds: Path) -> None:
    (seeds / FOLDER / "sources.yaml").write_text("{")
    (message,) = reported(seeds)
    assert message.startswith(f"{FOLDER}/sources.yaml:2: This is not valid YAML")


def test_two_guides_cannot_use_the_same_slug_for_a_fact(seeds: Path) -> None:
    (seeds / "nowhere-and-the-sea/terms.yaml").write_text(
        "- {slug: boat, term: boat, definition: It floats., sources: [log], confidence: checked}\n"
        "- {slug: pen, term: pen, definition: For sheep., sources: [log], confidence: checked}\n"
    )
    (seeds / "nowhere-and-the-sea/sources.yaml").write_text("- {slug: log, type: book, title: A Log, checked: true}")
    assert reported(seeds) == [
        f"{FOLDER}/terms.yaml:1: The guide “nowhere-and-the-sea” also uses the slug “pen”; choose another one."
    ]


@pytest.mark.parametrize("name", ["corrections.yml", "event.yaml", "Terms.YAML"])
def test_a_yaml_file_with_an_unknown_name_is_reported(seeds: Path, name: str) -> None:
    (seeds / FOLDER / name).write_text("[]")
    (message,) = reported(seeds)
    assert message.startswith(f"{FOLDER}/{name}:1: A file of this name is ignored; did you mean “")
