"""Citations: a reference manager reads back what was cited."""

import json
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.instruments import InstrumentFields
from app.content.sources import Author, SourceFields, SourceType
from app.queries.citations import CitedRevision
from app.representations.citations.bibtex import bibtex
from app.representations.citations.csl_json import csl_json
from app.representations.citations.languages import babel_name
from app.representations.citations.reference import Reference
from app.representations.citations.ris import ris
from app.representations.citations.sentence import sentence, sentences
from app.representations.citations.work_types import WORK_TYPES
from app.representations.citations.works import (
    guide_reference,
    instrument_reference,
    part_reference,
    source_reference,
)
from tests.examples import examples
from tests.representations.references import CSL_DATA, parsed_bibliography, parsed_bibtex, parsed_ris, printed_csl

REVISION = "0123456789ab"
PUBLISHED = CitedRevision("The Guide", "en", REVISION, date(2026, 11, 23))
URL = f"https://guides.example/v1/guides/treaty/passages/trade-implications.2?revision={REVISION}"


def part(part: str, title: str = "Trade Implications", number: str | None = "4.1") -> Reference:
    return part_reference(PUBLISHED, title, number, part, URL, "corrected")


def source(**fields: Any) -> Reference:
    work = {"slug": "kapur", "type": "book", "title": "Japan at the Crossroads", "checked": True, **fields}
    return source_reference(PUBLISHED, SourceFields.model_validate(work), "https://guides.example/v1/sources/kapur")


def instrument(**fields: Any) -> Reference:
    treaty = {
        "slug": "treaty-1951",
        "short_name": "1951 Treaty",
        "official_title": "Security Treaty",
        "legal_character": "treaty",
        "parties": ["Japan", "United States of America"],
        "status": "ended",
        "description": "It.",
    }
    found = InstrumentFields.model_validate(treaty | fields)
    return instrument_reference(PUBLISHED, found, "https://guides.example/v1/instruments/treaty-1951")


GUIDE = guide_reference(PUBLISHED, "treaty", URL, "corrected")
PASSAGE = part("trade-implications.2")
SECTION = part("trade-implications")
UNNUMBERED = part("introduction.2", "Introduction", None)
ORIGINAL = part_reference(PUBLISHED, "Trade Implications", "4.1", "trade-implications.2", URL, "original")
SOURCE = source(
    authors=[{"family": "Kapur", "given": "Nick"}, {"literal": "Ministry of Foreign Affairs of Japan"}],
    publisher="Harvard University Press",
    date="2018-08",
    link="https://press.example/kapur",
    identifiers=["no. 7"],
)
INSTRUMENT = instrument(
    date_signed="1951-09-08",
    date_in_force="1952-04-28",
    date_ended="1960-06-23",
    identifiers=["TIAS 2491", "136 UNTS 211"],
    link="https://avalon.example/japan001",
)
REFERENCES = [GUIDE, PASSAGE, SECTION, UNNUMBERED, ORIGINAL, SOURCE, INSTRUMENT]

TEXTS = [
    "Trade & Tariffs",
    "100% of {YEAR}",
    "Unbalanced }{ and {{",
    r"C:\temp \textbf{not bold} \\",
    "$5 #1 a_b ~c ^d `e`",
    "1951--1960 --- ''both'' ,,so<<>>",
    '@book{key, title = "x"}',
    "日米安全保障条約（{昭和}35年）",
    "מזרח التاريخ \N{RIGHT-TO-LEFT OVERRIDE}abc",
    "Cafe\N{COMBINING ACUTE ACCENT} \N{COMBINING MACRON}on a space",
    "ER  - ",
    "Title: another; Type: book",
    "Smith, Jones AND Others; and others, Inc.",
    "others",
    "”“",
]
HOSTILE = "{}\\&%$#_~^`'\"-,;:<>@=ER and\n\u2028\u3000é日א\N{COMBINING ACUTE ACCENT}\N{RIGHT-TO-LEFT OVERRIDE}"
ANY_TEXT = (st.text(HOSTILE) | st.text(st.characters(exclude_categories=["Cc", "Cs"]))).filter(str.strip)


def csl(cited: Reference) -> dict[str, Any]:
    [item] = json.loads(csl_json([cited]))
    return dict(item)


def read_bibtex(cited: Reference) -> dict[str, Any]:
    return parsed_bibtex(bibtex([cited]))


def read_ris(cited: Reference) -> dict[str, Any]:
    return parsed_ris(ris([cited]))


def named(text: str) -> list[Reference]:
    """References of every kind in which every text is the given one."""
    published = replace(PUBLISHED, guide_title=text)
    names = [Author(literal=text), Author(family=text, given=text), Author(family=text)]
    return [
        guide_reference(published, "treaty", URL, "corrected"),
        part_reference(published, text, None, "introduction.2", URL, "corrected"),
        replace(SOURCE, title=text, authors=tuple(names), publisher=text, notes=(text,), record=text),
        replace(SOURCE, type="report", title=text, publisher=text, number=text),
        replace(SOURCE, type="article-newspaper", title=text, publisher=None, container=text),
        replace(INSTRUMENT, title=text, authors=(Author(literal=text),), notes=(text, text)),
    ]


def assert_reads_back(text: str) -> None:
    same = " ".join(text.split())
    for cited in named(text):
        item, entry, record = csl(cited), read_bibtex(cited), read_ris(cited)
        assert item["title"] == entry["title"] == record["title"] == same
        assert item["URL"] == entry["url"] == cited.url
        assert record["urls"] == [cited.url]
        for name in ("container-title", "publisher", "number"):
            assert item.get(name, same) == same
        for name in ("booktitle", "journal", "publisher", "institution", "number"):
            assert entry.get(name, same) == same
        assert sentences([cited]).count("\n") == 0
    work = named(text)[2]
    assert csl(work)["author"] == [{"literal": same}, {"family": same, "given": same}, {"family": same}]
    assert read_bibtex(work)["authors"] == [[same], [same, same], [same]]
    assert read_ris(work)["authors"] == [same, f"{same}, {same}", same]


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_survives_every_format_and_kind(text: str) -> None:
    assert_reads_back(text)


@settings(max_examples=examples(25))
@given(text=ANY_TEXT)
def test_hostile_text_is_inert(text: str) -> None:
    assert_reads_back(text)


@settings(max_examples=examples(15))
@given(text=ANY_TEXT)
def test_a_hostile_text_does_not_reach_the_next_reference(text: str) -> None:
    cited = [replace(each, key=f"key-{n}") for n, each in enumerate([*named(text), PASSAGE])]
    keys = [each.key for each in cited]
    assert [each["id"] for each in json.loads(csl_json(cited))] == keys
    assert [entry["key"] for entry in parsed_bibliography(bibtex(cited))] == keys
    assert len(sentences(cited).splitlines()) == len(cited)


def test_white_space_becomes_a_space_and_control_characters_are_dropped() -> None:
    cited = part("introduction", " Two\r\nlines\N{LINE SEPARATOR}\tand \0 a\x1b \ud800 bell\a ", None)
    assert csl(cited)["title"] == "Two lines and a bell"
    assert read_bibtex(cited)["title"] == "Two lines and a bell"
    assert read_ris(cited)["title"] == "Two lines and a bell"
    assert sentence(cited).startswith("“Two lines and a bell”")


def test_a_title_keeps_its_capitals_in_bibtex() -> None:
    assert "  title = {{Trade Implications}},\n" in bibtex([PASSAGE])
    assert "  booktitle = {{The Guide}},\n" in bibtex([PASSAGE])


def test_paired_braces_are_written_as_every_reader_of_latex_knows_them() -> None:
    assert r"{{The \{YEAR\}}}" in bibtex([part("a", "The {YEAR}")])


def test_a_body_has_double_braces_in_bibtex_and_is_literal_in_csl() -> None:
    cited = source(authors=[{"literal": "Ministry of Foreign Affairs of Japan"}])
    assert "  author = {{Ministry of Foreign Affairs of Japan}},\n" in bibtex([cited])
    assert csl(cited)["author"] == [{"literal": "Ministry of Foreign Affairs of Japan"}]


def test_a_person_has_a_family_name_and_given_names() -> None:
    assert csl(SOURCE)["author"][0] == {"family": "Kapur", "given": "Nick"}
    assert read_bibtex(SOURCE)["authors"][0] == ["Kapur", "Nick"]
    assert read_ris(SOURCE)["authors"][0] == "Kapur, Nick"
    assert sentence(SOURCE).startswith("Nick Kapur and Ministry of Foreign Affairs of Japan, “Japan")


@pytest.mark.parametrize(
    ("cited", "place"),
    [
        (PASSAGE, "sec. 4.1, para. 2"),
        (SECTION, "sec. 4.1"),
        (UNNUMBERED, "para. 2"),
        (part("introduction", "Introduction", None), None),
    ],
)
def test_the_place_is_in_a_note_which_reference_managers_keep(cited: Reference, place: str | None) -> None:
    note = f"{place}; revision {REVISION}" if place else f"revision {REVISION}"
    assert csl(cited).get("locator") == place
    assert csl(cited)["note"] == read_bibtex(cited)["note"] == note
    assert read_ris(cited)["notes"] == [note]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (URL, URL),
        ("https://x.example/~a/%7Bb%7D?c=1&d=%E6%9D%A1#e_f$", "https://x.example/~a/%7Bb%7D?c=1&d=%E6%9D%A1#e_f$"),
        ("https://x.example/{a\\b;c d", "https://x.example/%7Ba%5Cb%3Bc%20d"),
    ],
)
def test_every_format_gives_the_same_address(url: str, address: str) -> None:
    cited = replace(PASSAGE, url=url)
    assert csl(cited)["URL"] == address
    assert read_bibtex(cited)["url"] == address
    assert read_ris(cited)["urls"] == [address]
    assert sentence(cited).endswith(f", {address}")


def test_every_format_names_the_revision_and_its_date() -> None:
    for cited in (GUIDE, SECTION, PASSAGE):
        item, entry, record = csl(cited), read_bibtex(cited), read_ris(cited)
        assert (item["version"], item["issued"]) == (REVISION, {"date-parts": [[2026, 11, 23]]})
        assert (entry["date"], entry["year"]) == ("2026-11-23", "2026")
        assert (record["date"], record["year"]) == ("2026/11/23", "2026")
        assert entry["note"].endswith(f"revision {REVISION}")


def test_a_work_has_its_own_date_and_a_note_with_its_guide_revision_and_address() -> None:
    for cited, verb, address in [
        (SOURCE, "cited", "https://guides.example/v1/sources/kapur"),
        (INSTRUMENT, "described", "https://guides.example/v1/instruments/treaty-1951"),
    ]:
        record = f"{verb} in The Guide, revision {REVISION} of 23 November 2026, {address}"
        assert csl(cited)["note"].startswith(f"{record}; ")
        assert read_bibtex(cited)["annote"] == record
        assert record in read_ris(cited)["notes"]
        assert sentence(cited).endswith(record)
        assert "version" not in csl(cited)


@pytest.mark.parametrize(
    ("known", "parts", "slashes", "words"),
    [
        ("1960-01-19", [1960, 1, 19], "1960/01/19", "19 January 1960"),
        ("1960-12", [1960, 12], "1960/12", "December 1960"),
        ("1960", [1960], "1960", "1960"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(known: str, parts: list[int], slashes: str, words: str) -> None:
    cited = source(date=known)
    assert csl(cited)["issued"] == {"date-parts": [parts]}
    assert (read_bibtex(cited)["date"], read_bibtex(cited)["year"]) == (known, "1960")
    assert (read_ris(cited)["date"], read_ris(cited)["year"]) == (slashes, "1960")
    assert f", {words}, " in sentence(cited)


def test_what_is_unknown_stays_missing() -> None:
    item, entry, record = csl(source()), read_bibtex(source()), read_ris(source())
    assert item.keys() == {"id", "type", "title", "note", "language"}
    assert entry.keys() - {"authors"} == {"key", "entry_type", "title", "annote", "langid"}
    assert entry["authors"] == []
    assert record.keys() == {"type_of_reference", "id", "title", "notes", "language"}


def test_identifiers_and_validity_are_notes() -> None:
    note = "TIAS 2491; 136 UNTS 211; in force from 28 April 1952; ended 23 June 1960"
    assert csl(INSTRUMENT)["note"].endswith(f"; {note}")
    assert read_bibtex(INSTRUMENT)["note"] == note
    assert note in read_ris(INSTRUMENT)["notes"]


def test_parties_are_authors_and_the_day_of_signature_is_the_date() -> None:
    assert csl(INSTRUMENT)["author"] == [{"literal": "Japan"}, {"literal": "United States of America"}]
    assert read_bibtex(INSTRUMENT)["authors"] == [["Japan"], ["United States of America"]]
    assert read_ris(INSTRUMENT)["authors"] == ["Japan", "United States of America"]
    assert csl(INSTRUMENT)["issued"] == {"date-parts": [[1951, 9, 8]]}


@pytest.mark.parametrize(
    ("legal_character", "types"),
    [
        ("treaty", ("treaty", "misc", "GOVDOC")),
        ("executive_agreement", ("treaty", "misc", "GOVDOC")),
        ("exchange_of_notes", ("treaty", "misc", "GOVDOC")),
        ("political_document", ("document", "misc", "GEN")),
        ("domestic_measure", ("legislation", "legislation", "STAT")),
    ],
)
def test_the_type_of_an_instrument_follows_from_its_legal_character(
    legal_character: str, types: tuple[str, str, str]
) -> None:
    cited = instrument(legal_character=legal_character)
    assert (csl(cited)["type"], read_bibtex(cited)["entry_type"], read_ris(cited)["type_of_reference"]) == types


def test_every_type_of_a_source_has_a_type_in_every_format() -> None:
    assert WORK_TYPES.keys() == set(get_args(SourceType))
    works = [source(type=type_, publisher="P", date="1960") for type_ in WORK_TYPES]
    jsonschema.validate([csl(cited) for cited in works], CSL_DATA)
    for cited in works:
        assert "P" in read_bibtex(cited).values()
        assert "P" in read_ris(cited).values()


@pytest.mark.parametrize(
    ("type_", "field"),
    [("article-newspaper", "journal"), ("entry-encyclopedia", "booktitle"), ("post-weblog", "organization")],
)
def test_the_publisher_of_an_article_entry_or_post_is_where_it_appeared(type_: str, field: str) -> None:
    cited = source(type=type_, publisher="The Japan Times")
    assert csl(cited)["container-title"] == read_bibtex(cited)[field] == "The Japan Times"
    assert read_ris(cited)["secondary_title"] == "The Japan Times"
    assert "publisher" not in csl(cited) | read_bibtex(cited) | read_ris(cited)


def test_a_report_has_a_number_and_an_institution() -> None:
    cited = source(type="report", publisher="RAND Corporation", identifiers=["RR-2451"])
    assert (csl(cited)["number"], csl(cited)["publisher"]) == ("RR-2451", "RAND Corporation")
    entry = read_bibtex(cited)
    assert (entry["type"], entry["number"], entry["institution"]) == ("Report", "RR-2451", "RAND Corporation")
    assert (read_ris(cited)["issn"], read_ris(cited)["publisher"]) == ("RR-2451", "RAND Corporation")


def test_a_part_of_a_guide_is_a_chapter_and_a_guide_is_a_web_page() -> None:
    assert (csl(PASSAGE)["type"], read_bibtex(PASSAGE)["entry_type"]) == ("chapter", "incollection")
    assert (csl(GUIDE)["type"], read_bibtex(GUIDE)["entry_type"]) == ("webpage", "online")
    assert (read_ris(PASSAGE)["type_of_reference"], read_ris(GUIDE)["type_of_reference"]) == ("CHAP", "ELEC")


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "english"),
        ("en-GB", "british"),
        ("EN-us", "american"),
        ("en-Latn-ZA", "english"),
        ("ja", "japanese"),
        ("ja-Hira-JP", "japanese"),
        ("fr-BE", "french"),
        ("tlh", None),
        ("x-private", None),
    ],
)
def test_bibtex_names_the_language_as_babel_does(tag: str, name: str | None) -> None:
    cited = replace(PASSAGE, language=tag)
    assert babel_name(tag) == read_bibtex(cited).get("langid") == name
    assert "language" not in read_bibtex(cited)
    assert csl(cited)["language"] == read_ris(cited)["language"] == tag


def test_only_the_original_edition_is_named() -> None:
    assert csl(ORIGINAL)["edition"] == "original"
    assert read_bibtex(ORIGINAL)["edition"] == "original"
    assert read_ris(ORIGINAL)["edition"] == "original"
    assert "edition" not in csl(PASSAGE) | read_bibtex(PASSAGE) | read_ris(PASSAGE)
    assert "edition" not in sentence(PASSAGE)


@pytest.mark.parametrize("cited", REFERENCES)
def test_csl_json_is_valid_csl_data(cited: Reference) -> None:
    jsonschema.validate(json.loads(csl_json([cited])), CSL_DATA)


def test_a_key_is_ascii_and_the_same_in_every_format() -> None:
    for cited in [*REFERENCES, part("a", "日本")]:
        key = read_bibtex(cited)["key"]
        assert key.isascii()
        assert csl(cited)["id"] == read_ris(cited)["id"] == key


def test_what_is_cited_apart_has_keys_apart() -> None:
    newer = part_reference(
        replace(PUBLISHED, revision="ba9876543210"), "T", None, "trade-implications", URL, "original"
    )
    cited = [*REFERENCES, newer, guide_reference(PUBLISHED, "treaty", URL, "original")]
    assert len({each.key for each in cited}) == len(cited)


def test_a_ris_record_opens_with_its_type_and_ends_with_its_end() -> None:
    lines = ris([PASSAGE, SOURCE]).split("\r\n")
    end = lines.index("ER  - ")
    assert (lines[0], lines[end + 1 : end + 3], lines[-2:]) == ("TY  - CHAP", ["", "TY  - BOOK"], ["ER  - ", ""])


def test_a_citation_processor_prints_the_authors_the_title_the_year_and_the_address() -> None:
    printed, parsed = printed_csl(csl_json([SOURCE]))
    assert printed == (
        "Kapur, N. and Ministry of Foreign Affairs of Japan (2018) Japan at the Crossroads. Harvard University Press."
        " Available at: https://press.example/kapur."
    )
    assert (parsed["language"], parsed["issued"]["month"]) == ("en", 8)


@pytest.mark.parametrize("text", TEXTS)
def test_a_citation_processor_prints_any_text(text: str) -> None:
    for cited in named(text):
        printed, parsed = printed_csl(csl_json([cited]))
        assert str(parsed["title"]) == " ".join(text.split())
        assert parsed["author"][0] == csl(cited)["author"][0] if cited.authors else "author" not in parsed
        assert "\n" not in printed


def test_a_sentence_can_stand_in_a_footnote() -> None:
    assert sentence(PASSAGE) == (
        f"“Trade Implications”, sec. 4.1, para. 2, in The Guide, 23 November 2026, revision {REVISION}, {URL}"
    )
    assert sentence(ORIGINAL) == (
        "“Trade Implications”, sec. 4.1, para. 2, in The Guide, original edition, 23 November 2026,"
        f" revision {REVISION}, {URL}"
    )
    assert sentence(INSTRUMENT) == (
        "Japan and United States of America, “Security Treaty”, 8 September 1951, TIAS 2491, 136 UNTS 211, in force"
        " from 28 April 1952, ended 23 June 1960, https://avalon.example/japan001, described in The Guide, revision"
        f" {REVISION} of 23 November 2026, https://guides.example/v1/instruments/treaty-1951"
    )
