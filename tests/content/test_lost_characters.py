"""Characters that would be lost, or that hide what a line is, are refused with their names."""

from pathlib import Path

import pytest

from tests.content.passages import FOLDER, issues, passages
from tests.content.test_guides import reported

CONTROLS = {
    "\x01": "U+0001 CONTROL CHARACTER",
    "\x07": "U+0007 CONTROL CHARACTER",
    "\b": "U+0008 CONTROL CHARACTER",
    "\v": "U+000B LINE TABULATION",
    "\f": "U+000C FORM FEED",
    "\r": "U+000D CARRIAGE RETURN",
    "\x1b": "U+001B ESCAPE",
    "\x1f": "U+001F CONTROL CHARACTER",
    "\x7f": "U+007F CONTROL CHARACTER",
    "\x85": "U+0085 NEXT LINE",
    "\x9f": "U+009F CONTROL CHARACTER",
    "\u2028": "U+2028 LINE SEPARATOR",
    "\u2029": "U+2029 PARAGRAPH SEPARATOR",
    "\ufdd0": "U+FDD0 NOT A CHARACTER",
    "\ufffe": "U+FFFE NOT A CHARACTER",
    "\uffff": "U+FFFF NOT A CHARACTER",
}


@pytest.mark.parametrize(("character", "name"), CONTROLS.items())
def test_a_control_or_separator_is_refused_with_its_line(seeds: Path, character: str, name: str) -> None:
    found = issues(seeds, f"A line\nand an{character}other.")
    assert found == [(2, f"This line contains {name}; remove it.")]


@pytest.mark.parametrize(("character", "name"), CONTROLS.items())
def test_a_control_or_separator_is_refused_in_the_front_matter(seeds: Path, character: str, name: str) -> None:
    path = seeds / FOLDER / "guide.md"
    path.write_bytes(path.read_bytes().replace(b"title: Nowhere", f"title: No{character}where".encode()))
    assert f"{FOLDER}/guide.md:3: This line contains {name}; remove it." in reported(seeds)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\u00a0", "U+00A0 NO-BREAK SPACE"),
        ("  \u3000 ", "U+3000 IDEOGRAPHIC SPACE"),
        ("\u00ad\u200e", "U+00AD SOFT HYPHEN, U+200E LEFT-TO-RIGHT MARK"),
        ("\u3164", "U+3164 HANGUL FILLER"),
        ("\u2800", "U+2800 BRAILLE PATTERN BLANK"),
        ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("&nbsp;", "U+00A0 NO-BREAK SPACE"),
        ("&#x200B;", "U+200B ZERO WIDTH SPACE"),
        ("- &ZeroWidthSpace;", "U+200B ZERO WIDTH SPACE"),
    ],
)
def test_a_line_that_only_looks_empty_is_refused(seeds: Path, words: str, name: str) -> None:
    assert issues(seeds, words) == [(1, f"This looks empty, but contains {name}; remove that.")]


def test_a_line_inside_a_passage_that_only_looks_empty_is_refused(seeds: Path) -> None:
    found = issues(seeds, "One\n\u200b\ntwo.")
    assert found == [(2, "This looks empty, but contains U+200B ZERO WIDTH SPACE; remove that.")]


def test_a_title_without_visible_characters_is_refused(seeds: Path) -> None:
    found = issues(seeds, "## \u200b {#a}\n\nText.")
    assert found == [(1, "This looks empty, but contains U+200B ZERO WIDTH SPACE; remove that.")]


@pytest.mark.parametrize(
    ("words", "line", "problem"),
    [
        ("\u3000一つ", 1, "begins with U+3000 IDEOGRAPHIC SPACE"),
        ("- \u00a0item", 1, "begins with U+00A0 NO-BREAK SPACE"),
        ("## \u2003Title {#a}\n\nText.", 1, "begins with U+2003 EM SPACE"),
        ("> \u00a0See also A", 1, "begins with U+00A0 NO-BREAK SPACE"),
        ("One\n\u00a0two", 2, "begins with U+00A0 NO-BREAK SPACE"),
        ("One\u00a0", 1, "ends with U+00A0 NO-BREAK SPACE"),
        ("One\u202f \ntwo", 1, "ends with U+202F NARROW NO-BREAK SPACE"),
        ("&nbsp;One", 1, "begins or ends with U+00A0 NO-BREAK SPACE"),
        ("One&emsp;", 1, "begins or ends with U+2003 EM SPACE"),
        ("## Title\u00a0{#a}\n\nText.", 1, "begins or ends with U+00A0 NO-BREAK SPACE"),
    ],
)
def test_a_space_at_the_end_of_a_text_is_refused(seeds: Path, words: str, line: int, problem: str) -> None:
    ((found, message),) = issues(seeds, words)
    assert (found, problem in message) == (line, True), message


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("a\tb", "The text of this line contains U+0009 TAB; write a space."),
        ("a&Tab;b", "“&Tab;” stands for U+0009 TAB; remove it."),
        ("a&NewLine;b", "“&NewLine;” stands for U+000A LINE FEED; remove it."),
        ("a&#10;b", "“&#10;” stands for U+000A LINE FEED; remove it."),
        ("a&#x2028;b", "“&#x2028;” stands for U+2028 LINE SEPARATOR; remove it."),
        ("a&#0;b", "“&#0;” stands for no character; remove it."),
        ("a&#xD800;b", "“&#xD800;” stands for no character; remove it."),
    ],
)
def test_tabs_and_entities_of_control_characters_are_refused(seeds: Path, words: str, problem: str) -> None:
    assert issues(seeds, f"One\n{words}") == [(2, problem)]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("##Title {#title}", "a heading"),
        ("#Title", "a heading"),
        ("##\u00a0Title {#title}", "U+00A0 NO-BREAK SPACE, reads as a heading"),
        ("###\u3000Title {#title}", "U+3000 IDEOGRAPHIC SPACE, reads as a heading"),
        ("##\u200bTitle {#title}", "U+200B ZERO WIDTH SPACE, reads as a heading"),
        ("\u200b## Title {#title}", "U+200B ZERO WIDTH SPACE, reads as a heading"),
        ("\ufeff## Title {#title}", "U+FEFF ZERO WIDTH NO-BREAK SPACE, reads as a heading"),
        ("####### Title {#title}", "a heading"),
        ("＃＃ Title {#title}", "a heading"),
        ("-\u00a0item", "U+00A0 NO-BREAK SPACE, reads as a list item"),
        ("*\u00a0item", "U+00A0 NO-BREAK SPACE, reads as a list item"),
        ("+\u2003item", "U+2003 EM SPACE, reads as a list item"),
        ("-item", "a list item"),
        ("-“item”", "a list item"),
        ("-1951: the first", "a list item"),
        ("*item", "a list item"),
        ("\u200b- item", "U+200B ZERO WIDTH SPACE, reads as a list item"),
        ("\u200e1. item", "U+200E LEFT-TO-RIGHT MARK, reads as a list item"),
    ],
)
def test_a_mark_without_its_space_is_refused(seeds: Path, line: str, name: str) -> None:
    ((found, message),) = issues(seeds, line)
    assert (found, name in message, "to keep it as text" in message) == (1, True, True), message


@pytest.mark.parametrize(
    "line",
    ["\\##Title", "\\-item", "#5 of the list", "--- he said", "-- he said", "-> so", "+1", "\\-1 degree", "\\*item"],
)
def test_a_mark_that_is_text_is_kept(seeds: Path, line: str) -> None:
    assert passages(seeds, line) == [line.replace("\\", "")]


@pytest.mark.parametrize(
    "words",
    [
        "so\u00adcalled",
        "می\u200cخواهم",
        "\u200fשלום",
        "zero\u200bwidth",
        "10\u00a0000\u202f%",
        "👨\u200d👩\u200d👧",
        "e\u0301",
        "葛\U000e0100",
    ],
)
def test_invisible_characters_inside_a_text_are_kept(seeds: Path, words: str) -> None:
    assert passages(seeds, f"A {words} b") == [f"A {words} b"]
    assert passages(seeds, words) == [words]
