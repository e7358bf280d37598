"""Plain text: 80 columns and numbered notes."""

import re
import unicodedata

import httpx
import pytest

from app.representations.blocks import Heading, Item, Note, NoteMark, Paragraph, link
from app.representations.text import write_text
from tests.representations.documents import documents, in_format
from tests.representations.hostile_guide import GUIDE as HOSTILE
from tests.representations.hostile_guide import TEXTS
from tests.representations.rendered import controls, squeezed
from tests.service import GUIDE

GUIDE_URL = f"/v1/guides/{GUIDE}"
LONG_LISTS = [
    f"{GUIDE_URL}/passages?limit=100",
    f"{GUIDE_URL}/corrections?limit=100",
    "/v1/instruments?limit=100",
    "/v1/events?limit=100",
    "/v1/terms?limit=100",
    "/v1/sources?limit=100",
]


def width(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in line if not unicodedata.combining(char))


def is_one_word(line: str) -> bool:
    return " " not in re.sub(r"^(- |\[\d+\] )", "", line.strip())


def assert_fits(text: str) -> None:
    for line in text.splitlines():
        assert width(line) <= 80 or is_one_word(line), line


def test_every_page_has_lines_of_at_most_80_columns(
    sample: httpx.Client, sample_responses: dict[str, httpx.Response]
) -> None:
    pages = documents(sample, sample_responses, "txt")
    assert len(pages) > 60
    for _, text in pages.values():
        assert_fits(text)


@pytest.mark.parametrize("address", [GUIDE_URL, f"{GUIDE_URL}?edition=original", *LONG_LISTS])
def test_long_pages_have_lines_of_at_most_80_columns(client: httpx.Client, address: str) -> None:
    text = in_format(client, address, "txt")
    assert len(text.splitlines()) > 100
    assert_fits(text)


def test_a_hostile_guide_has_lines_of_at_most_80_columns_and_no_control_characters(hostile: httpx.Client) -> None:
    text = in_format(hostile, f"/v1/guides/{HOSTILE}", "txt")
    assert_fits(text)
    assert controls(text) == {"\n"}
    assert text.count("\u202e") + text.count("\u202d") == text.count("\u202c") > 5
    for number, words in enumerate(TEXTS):
        assert squeezed(f"[hostile-{number}.1]{words}") in squeezed(text)


def test_notes_are_numbered_in_the_order_of_their_references(client: httpx.Client) -> None:
    text = in_format(client, f"/v1/guides/{GUIDE}", "txt")
    numbers = [int(number) for number in re.findall(r"^\[(\d+)\] ", text, re.MULTILINE)]
    assert numbers == list(range(1, 52))
    references = re.findall(r"\S\[(\d+)\]", text)
    assert list(dict.fromkeys(map(int, references))) == numbers


def test_a_wide_character_has_two_columns() -> None:
    lines = write_text([Paragraph(("語" * 100,))]).splitlines()
    assert [len(line) for line in lines] == [40, 40, 20]


def test_a_line_does_not_begin_with_a_closing_mark() -> None:
    lines = write_text([Paragraph(("語" * 40 + "。" + "語" * 39 + "「語」",))]).splitlines()
    assert lines == ["語" * 39, "語。" + "語" * 38, "語「語」"]


def test_a_long_word_is_not_broken() -> None:
    word = "w" * 200
    assert write_text([Item((f"a {word} b",))]) == f"- a\n  {word}\n  b\n"


def test_continued_lines_are_indented_below_their_text() -> None:
    text = write_text([Item(("word " * 20,), depth=1), Note("a", ("word " * 20,))])
    first, rest = " ".join(["word"] * 15), " ".join(["word"] * 5)
    assert text == f"  - {first}\n    {rest}\n\n[1] {first}\n    {rest}\n"


def test_headings_are_underlined_and_links_show_their_address() -> None:
    text = write_text([Heading(1, "条約 A"), Paragraph(("See ", link("b", "/v1/b"), NoteMark("x"), "."))])
    assert text == "条約 A\n======\n\nSee b </v1/b>[1].\n"


def test_control_characters_do_not_reach_a_terminal() -> None:
    text = write_text([Paragraph(("a\x1b[31mb\x07\x9b31m\r\nc\u2028d\0",))])
    assert text == "a[31mb31m c d\n"
