"""Citations: a reference manager reads back what was cited."""

import datetime
import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.representations.citations import CitedWork, bibtex, csl_item, csl_json, locator, ris, sentence
from tests.examples import examples
from tests.representations.references import CSL_DATA, parsed_bibtex, parsed_ris

PASSAGE = CitedWork(
    guide_title="The Guide",
    section_title="Trade Implications",
    section_number="4.1",
    section="trade-implications",
    passage="trade-implications.2",
    revision="0123456789ab",
    published=datetime.date(2026, 11, 23),
    url="https://guides.example/v1/guides/treaty/passages/trade-implications.2?revision=0123456789ab",
    language="en",
)
SECTION = replace(PASSAGE, passage=None)
UNNUMBERED = replace(PASSAGE, section_title="Introduction", section_number=None)
ORIGINAL = replace(PASSAGE, edition="original")

TITLES = [
    "Trade & Tariffs",
    "100% of {YEAR}",
    "Unbalanced }{ and {{",
    r"C:\temp \textbf{not bold} \\",
    "$5 #1 a_b ~c ^d `e`",
    "1951--1960 --- ''both'' ,,so<<>>",
    '@book{key, title = "x"}',
    "日米安全保障条約（{昭和}35年）",
    "Cafe\N{COMBINING ACUTE ACCENT} \N{COMBINING MACRON}on a space",
    "ER  - ",
    "”“",
]
HOSTILE = "{}\\&%$#_~^`'\"-,<>@=ER \n\u2028\u3000é日\N{COMBINING ACUTE ACCENT}"
ANY_TITLE = st.text(HOSTILE) | st.text(st.characters(exclude_categories=["Cc", "Cs"]))


def read_bibtex(cited: CitedWork) -> dict[str, str]:
    return parsed_bibtex(bibtex(cited))


def read_ris(cited: CitedWork) -> dict[str, str | list[str]]:
    return parsed_ris(ris(cited))


def titled(title: str) -> CitedWork:
    """The section, and the guide, under a title."""
    return replace(UNNUMBERED, section_title=title, guide_title=title)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_with_anything_in_it_survives_every_format(title: str) -> None:
    cited, same = titled(title), " ".join(title.split())
    item = csl_item(cited)
    assert (item["title"], item["container-title"], item["locator"]) == (same, same, f"{same}, para. 2")
    entry = read_bibtex(cited)
    assert (entry["title"], entry["booktitle"], entry["note"]) == (same, same, f"{same}, para. 2")
    record = read_ris(cited)
    assert (record["title"], record["secondary_title"], record["section"]) == (same, same, f"{same}, para. 2")
    assert sentence(cited).startswith(f"“{same}”, para. 2, in {same}, revision ")


@settings(max_examples=examples(200))
@given(title=ANY_TITLE)
def test_any_title_reads_back_the_same(title: str) -> None:
    cited, same = titled(title), " ".join(title.split())
    entry, record = read_bibtex(cited), read_ris(cited)
    assert entry["title"] == entry["booktitle"] == record["title"] == record["secondary_title"] == same
    assert entry["url"] == cited.url
    assert record["urls"] == [cited.url]


def test_white_space_becomes_a_space_and_what_cannot_be_shown_is_dropped() -> None:
    cited = titled(" Two\r\nlines\N{LINE SEPARATOR}\tand \0 a\x1b \ud800 bell\a ")
    assert csl_item(cited)["title"] == "Two lines and a bell"
    assert read_bibtex(cited)["title"] == "Two lines and a bell"
    assert read_ris(cited)["title"] == "Two lines and a bell"
    assert sentence(cited).startswith("“Two lines and a bell”")


def test_a_title_keeps_its_capitals_in_bibtex() -> None:
    assert "  title = {{Trade Implications}},\n" in bibtex(PASSAGE)
    assert "  booktitle = {{The Guide}},\n" in bibtex(PASSAGE)


def test_paired_braces_are_written_as_every_reader_of_latex_knows_them() -> None:
    assert r"{{The \{YEAR\}}}" in bibtex(titled("The {YEAR}"))


@pytest.mark.parametrize(
    ("cited", "place"),
    [
        (PASSAGE, "sec. 4.1, para. 2"),
        (SECTION, "sec. 4.1"),
        (UNNUMBERED, "Introduction, para. 2"),
        (replace(UNNUMBERED, passage=None), "Introduction"),
    ],
)
def test_every_format_gives_the_same_locator(cited: CitedWork, place: str) -> None:
    assert locator(cited) == place
    assert csl_item(cited)["locator"] == place
    assert read_bibtex(cited)["note"] == place
    assert read_ris(cited)["section"] == place


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (PASSAGE.url, PASSAGE.url),
        ("/v1/guides/a_b/sections/c", "/v1/guides/a_b/sections/c"),
        ("https://x.example/~a/%7Bb%7D?c=1&d=%E6%9D%A1#e_f$", "https://x.example/~a/%7Bb%7D?c=1&d=%E6%9D%A1#e_f$"),
        ("https://x.example/{a\\b;c d", "https://x.example/%7Ba%5Cb%3Bc%20d"),
    ],
)
def test_every_format_gives_the_same_address(url: str, address: str) -> None:
    cited = replace(PASSAGE, url=url)
    assert csl_item(cited)["URL"] == address
    assert read_bibtex(cited)["url"] == address
    assert read_ris(cited)["urls"] == [address]
    assert sentence(cited).endswith(f", {address}")


def test_every_format_names_the_revision_and_its_date() -> None:
    item, entry, record = csl_item(PASSAGE), read_bibtex(PASSAGE), read_ris(PASSAGE)
    assert (item["version"], item["issued"]) == ("0123456789ab", {"date-parts": [[2026, 11, 23]]})
    assert (entry["version"], entry["date"], entry["year"]) == ("0123456789ab", "2026-11-23", "2026")
    assert (record["notes"], record["date"], record["year"]) == (["Revision 0123456789ab"], "2026/11/23", "2026")


def test_a_reference_is_to_a_part_of_a_work_in_its_language() -> None:
    item, entry, record = csl_item(PASSAGE), read_bibtex(PASSAGE), read_ris(PASSAGE)
    assert (item["type"], entry["type"], record["type_of_reference"]) == ("chapter", "incollection", "CHAP")
    assert item["language"] == entry["language"] == record["language"] == "en"


def test_only_the_original_edition_is_named() -> None:
    assert csl_item(ORIGINAL)["edition"] == "original"
    assert read_bibtex(ORIGINAL)["edition"] == "original"
    assert read_ris(ORIGINAL)["edition"] == "original"
    assert "edition" not in csl_item(PASSAGE) | read_bibtex(PASSAGE) | read_ris(PASSAGE)
    assert "edition" not in sentence(PASSAGE)


@pytest.mark.parametrize("cited", [PASSAGE, SECTION, UNNUMBERED, ORIGINAL])
def test_csl_json_is_valid_csl_data(cited: CitedWork) -> None:
    jsonschema.validate(json.loads(csl_json(cited)), CSL_DATA)


def test_a_key_is_ascii_and_the_same_in_every_format() -> None:
    for cited in (PASSAGE, SECTION, UNNUMBERED, ORIGINAL, titled("日本")):
        key = read_bibtex(cited)["key"]
        assert key.isascii()
        assert csl_item(cited)["id"] == read_ris(cited)["id"] == key


def test_what_is_cited_apart_has_keys_apart() -> None:
    cited = [PASSAGE, SECTION, ORIGINAL, replace(PASSAGE, revision="ba9876543210")]
    assert len({read_bibtex(each)["key"] for each in cited}) == len(cited)


def test_a_ris_record_opens_with_its_type_and_ends_with_its_end() -> None:
    lines = ris(PASSAGE).split("\r\n")
    assert (lines[0], lines[-2:]) == ("TY  - CHAP", ["ER  - ", ""])


def test_a_sentence_can_stand_in_a_footnote() -> None:
    assert sentence(PASSAGE) == (
        "“Trade Implications”, sec. 4.1, para. 2, in The Guide, revision 0123456789ab, "
        f"published 23 November 2026, {PASSAGE.url}"
    )
    assert sentence(ORIGINAL) == (
        "“Trade Implications”, sec. 4.1, para. 2, in The Guide, original edition, revision 0123456789ab, "
        f"published 23 November 2026, {PASSAGE.url}"
    )
