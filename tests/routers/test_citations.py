"""Citations: what a reference manager reads back is what was cited."""

import datetime
from dataclasses import replace
from pathlib import Path

import httpx
import jsonschema
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from app.representations.citations import CitedWork, bibtex, csl_json, locator, ris, sentence
from tests.examples import examples
from tests.routers.test_sections import every
from tests.service import GUIDE, seed, serving

GUIDE_URL = f"/v1/guides/{GUIDE}"

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

# What is used here of https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json.
CSL_DATA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {"enum": ["chapter"]},
            "id": {"type": ["string", "number"]},
            **{
                name: {"type": "string"}
                for name in ("title", "container-title", "locator", "edition", "version", "URL", "language")
            },
            "issued": {
                "type": "object",
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "items": {"type": "array", "items": {"type": "number"}, "minItems": 1, "maxItems": 3},
                        "minItems": 1,
                        "maxItems": 2,
                    }
                },
                "additionalProperties": False,
            },
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}

latex_context = get_default_latex_context_db()
latex_context.add_context_category(
    "not in pylatexenc, or wrong there",
    macros=[
        MacroTextSpec("textbraceleft", "{"),
        MacroTextSpec("textbraceright", "}"),
        MacroTextSpec("textasciicircum", "^"),
    ],
    prepend=True,
)


def read_bibtex(cited: CitedWork) -> dict[str, str]:
    return parsed_bibtex(bibtex(cited))


def read_ris(cited: CitedWork) -> dict[str, str | list[str]]:
    return parsed_ris(ris(cited))


def parsed_bibtex(text: str) -> dict[str, str]:
    """The fields as pybtex parses them; all but the verbatim `url` as TeX would print them, and the key as `key`."""
    [(key, entry)] = parse_string(text, "bibtex").entries.items()
    decode = LatexNodes2Text(latex_context=latex_context).latex_to_text
    fields = {name: value if name == "url" else decode(value) for name, value in entry.fields.items()}
    return {"key": key, "type": entry.type, **fields}


def parsed_ris(text: str) -> dict[str, str | list[str]]:
    """The only record, as rispy parses it with CRLF as the end of a line."""
    record: dict[str, str | list[str]]
    [record] = rispy.loads(text, newline="\r\n")
    return record


def titled(title: str) -> CitedWork:
    """The section, and the guide, under a title."""
    return replace(UNNUMBERED, section_title=title, guide_title=title)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_with_anything_in_it_survives_every_format(title: str) -> None:
    cited, same = titled(title), " ".join(title.split())
    [item] = csl_json(cited)
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
    assert csl_json(cited)[0]["title"] == "Two lines and a bell"
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
    assert csl_json(cited)[0]["locator"] == place
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
    assert csl_json(cited)[0]["URL"] == address
    assert read_bibtex(cited)["url"] == address
    assert read_ris(cited)["urls"] == [address]
    assert sentence(cited).endswith(f", {address}")


def test_every_format_names_the_revision_and_its_date() -> None:
    [item], entry, record = csl_json(PASSAGE), read_bibtex(PASSAGE), read_ris(PASSAGE)
    assert (item["version"], item["issued"]) == ("0123456789ab", {"date-parts": [[2026, 11, 23]]})
    assert (entry["version"], entry["date"], entry["year"]) == ("0123456789ab", "2026-11-23", "2026")
    assert (record["notes"], record["date"], record["year"]) == (["Revision 0123456789ab"], "2026/11/23", "2026")


def test_a_reference_is_to_a_part_of_a_work_in_its_language() -> None:
    [item], entry, record = csl_json(PASSAGE), read_bibtex(PASSAGE), read_ris(PASSAGE)
    assert (item["type"], entry["type"], record["type_of_reference"]) == ("chapter", "incollection", "CHAP")
    assert item["language"] == entry["language"] == record["language"] == "en"


def test_only_the_original_edition_is_named() -> None:
    assert csl_json(ORIGINAL)[0]["edition"] == "original"
    assert read_bibtex(ORIGINAL)["edition"] == "original"
    assert read_ris(ORIGINAL)["edition"] == "original"
    assert "edition" not in csl_json(PASSAGE)[0] | read_bibtex(PASSAGE) | read_ris(PASSAGE)
    assert "edition" not in sentence(PASSAGE)


@pytest.mark.parametrize("cited", [PASSAGE, SECTION, UNNUMBERED, ORIGINAL])
def test_csl_json_is_valid_csl_data(cited: CitedWork) -> None:
    jsonschema.validate(csl_json(cited), CSL_DATA)


def test_a_key_is_ascii_and_the_same_in_every_format() -> None:
    for cited in (PASSAGE, SECTION, UNNUMBERED, ORIGINAL, titled("日本")):
        key = read_bibtex(cited)["key"]
        assert key.isascii()
        assert csl_json(cited)[0]["id"] == read_ris(cited)["id"] == key


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


def test_the_service_cites_all_sections_and_passage_alike_in_all_formats(client: httpx.Client) -> None:
    guide = client.get(GUIDE_URL).json()
    for section in every(client, f"{GUIDE_URL}/sections"):
        for address in (section["url"], section["passages"][-1]["url"]):
            [item] = client.get(f"{address}/citation").json()
            jsonschema.validate([item], CSL_DATA)
            from_bibtex = parsed_bibtex(client.get(f"{address}/citation?format=bibtex").text)
            from_ris = parsed_ris(client.get(f"{address}/citation?format=ris").text)
            words = client.get(f"{address}/citation?format=text").text
            assert item["title"] == from_bibtex["title"] == from_ris["title"] == section["title"]
            assert item["container-title"] == from_bibtex["booktitle"] == guide["title"]
            assert item["locator"] == from_bibtex["note"] == from_ris["section"]
            assert item["URL"] == from_bibtex["url"] == from_ris["urls"][0]
            assert item["URL"] == f"{address}?revision={guide['revision']}"
            assert words.endswith(item["URL"])
            assert item["version"] == guide["revision"]
            assert from_bibtex["date"] == guide["published_at"][:10]
            assert client.get(item["URL"]).json() == client.get(address).json()


def test_a_citation_names_the_edition_and_the_revision_that_were_asked_for(store: Path, seeds: Path) -> None:
    folder = seeds / "nowhere-and-the-sea"
    (old,) = seed(store, folder)
    (folder / "guide.md").write_text((folder / "guide.md").read_text().replace("no harbour", "one harbour"))
    seed(store, folder)
    address = "/v1/guides/nowhere-and-the-sea/passages/harbours.1/citation"
    with serving(store, public_url="https://treaties.example") as client:
        [item] = client.get(f"{address}?revision={old.revision}&edition=original").json()
        again = client.get(f"{address}?revision={old.revision}&edition=original").json()
    assert [item] == again
    assert (item["version"], item["edition"]) == (old.revision, "original")
    assert item["URL"] == (
        "https://treaties.example/v1/guides/nowhere-and-the-sea/passages/harbours.1"
        f"?edition=original&revision={old.revision}"
    )


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("sections/histroy/citation", 404, "no section “histroy”"),
        ("passages/history.99/citation", 404, "no passage “history.99”"),
        ("sections/history/citation?format=pdf", 422, "'csl-json', 'bibtex', 'ris' or 'text'"),
    ],
)
def test_what_cannot_be_cited_is_a_problem(client: httpx.Client, address: str, status: int, said: str) -> None:
    answer = client.get(f"{GUIDE_URL}/{address}")
    assert answer.status_code == status
    assert said in answer.json()["detail"]
