"""A value in YAML that is not what an editor meant is reported where it is, with what to write instead."""

from pathlib import Path

import pytest

from app.content import read_guides
from tests.content.test_guides import reported

FOLDER = "treaty-of-nowhere"
TITLE = "title: A Guide to the Treaty of Nowhere"


def change(seeds: Path, name: str, old: str, new: str) -> None:
    (seeds / FOLDER / "source.txt").unlink()
    path = seeds / FOLDER / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def only_issue(seeds: Path, name: str) -> str:
    (message,) = reported(seeds)
    assert message.startswith(f"{FOLDER}/{name}:")
    return message.removeprefix(f"{FOLDER}/{name}:")


@pytest.mark.parametrize(
    "tag",
    [
        "en",
        "ja",
        "pt-BR",
        "zh-Hant-TW",
        "de-1996",
        "sr-Latn-RS",
        "es-419",
        "sl-rozaj",
        "en-x-nowhere",
        "EN-gb",
        "tlh",
        "i-klingon",
        "und",
    ],
)
def test_a_valid_language_tag_is_accepted(seeds: Path, tag: str) -> None:
    change(seeds, "guide.md", "language: en", f"language: {tag}")
    assert read_guides(seeds)[1].language == tag


@pytest.mark.parametrize(
    "tag",
    [
        "jp",
        "english",
        "zz",
        "en-",
        "en GB",
        "en-1234-5",
        "en-GB-GB",
        "a-en",
        "japanese-JP",
        "xx-US",
        "en.UTF-8",
        "Deutsch",
        "en-u",
    ],
)
def test_an_invalid_language_tag_is_refused(seeds: Path, tag: str) -> None:
    change(seeds, "guide.md", "language: en", f"language: {tag}")
    advice = f"4: “language” is invalid: “{tag}” is not a language; write a BCP 47 tag, such as en, ja or pt-BR."
    assert only_issue(seeds, "guide.md") == advice


@pytest.mark.parametrize(("tag", "better"), [("en_US", "en-US"), ("zh_Hant_TW", "zh-Hant-TW"), ("pt_br", "pt-br")])
def test_a_locale_is_refused_with_its_language_tag(seeds: Path, tag: str, better: str) -> None:
    change(seeds, "guide.md", "language: en", f"language: {tag}")
    assert only_issue(seeds, "guide.md") == f"4: “language” is invalid: “{tag}” is not a language; write {better}."


@pytest.mark.parametrize(
    ("name", "old", "date", "line", "reason"),
    [
        (
            "events.yaml",
            "date: 1960-02-29",
            "1961-02-29",
            2,
            "“1961-02-29” is not a date, because February 1961 has 28 days",
        ),
        (
            "events.yaml",
            "date: 1960-02-29",
            "'1960-02-30'",
            2,
            "“1960-02-30” is not a date, because February 1960 has 29 days",
        ),
        ("events.yaml", "date: 1959\n", "1959-06-31\n", 9, "“1959-06-31” is not a date, because June 1959 has 30 days"),
        ("events.yaml", "date: 1959\n", "1959-13\n", 9, "“1959-13” is not a date, because there is no month 13"),
        ("events.yaml", "date: 1959\n", "1959-00-01\n", 9, "“1959-00-01” is not a date, because there is no month 0"),
        ("events.yaml", "date: 1959\n", "0000\n", 9, "“0000” is not a date, because there is no year 0"),
        ("instruments.yaml", "date_in_force: 1960-02-29", "1900-02-29", 10, "February 1900 has 28 days"),
        ("instruments.yaml", "date_in_force: 1960-02-29", "1960-04-31", 10, "April 1960 has 30 days"),
        ("instruments.yaml", "date_ended: 1970-01-01", "1970-01-32", 11, "January 1970 has 31 days"),
        ("instruments.yaml", "review_by: 2999-12-31", "2999-12-00", 39, "December 2999 has 31 days"),
    ],
)
def test_a_date_that_does_not_exist_is_reported_on_its_line(
    seeds: Path, name: str, old: str, date: str, line: int, reason: str
) -> None:
    key = old.partition(":")[0]
    change(seeds, name, old, f"{key}: {date}")
    message = only_issue(seeds, name)
    assert message.startswith(f"{line}: “{key}” is invalid: “")
    assert f"{reason}; write a date that exists, such as 1960-01-19" in message


@pytest.mark.parametrize(
    "date", ["1_959", "03720", "0x7A7", "19:59", "1959.5", "1959-7-1", "1 July 1959", "1959-07-01 10:00:00", "yes"]
)
def test_a_number_that_is_not_written_as_a_date_is_refused(seeds: Path, date: str) -> None:
    change(seeds, "events.yaml", "date: 1959\n", f"date: {date}\n")
    assert only_issue(seeds, "events.yaml").startswith("9: “date” ")


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        ("12:30", "a number"),
        ("1:2:3", "a number"),
        ("1951", "a number"),
        ("007", "a number"),
        ("0x10", "a number"),
        ("1_000", "a number"),
        ("1.5", "a number"),
        (".inf", "a number"),
        ("+5", "a number"),
        ("1960-01-19", "a date"),
        ("2023-02-30", "a date"),
        ("1960-01-19 10:00:00", "a date"),
        ("no", "true or false"),
        ("Yes", "true or false"),
        ("on", "true or false"),
        ("TRUE", "true or false"),
        ("=", "a default value"),
    ],
)
def test_a_title_that_yaml_reads_as_something_else_is_quoted_in_the_message(
    seeds: Path, value: str, meaning: str
) -> None:
    change(seeds, "guide.md", TITLE, f"title: {value}")
    advice = f'“title” must be text; put it in quotation marks. YAML reads {value} as {meaning}; write "{value}".'
    assert only_issue(seeds, "guide.md") == f"3: {advice}"
    change_back = (seeds / FOLDER / "guide.md").read_text().replace(f"title: {value}", f'title: "{value}"')
    (seeds / FOLDER / "guide.md").write_text(change_back)
    assert read_guides(seeds)[1].title == value


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "subject"),
    [
        ("guide.md", "slug: treaty-of-nowhere", "slug: 5", 2, "“slug”"),
        ("guide.md", "language: en", "language: no", 4, "“language”"),
        ("guide.md", "[origins, trade]", "[origins, no]", 9, "Entry 2 of “signing” of “topics”"),
        (
            "instruments.yaml",
            "parties: [Nowhere, The Pen Guild]",
            "parties: [Nowhere, off]",
            24,
            "Entry 2 of “parties” of entry 2",
        ),
        ("terms.yaml", "- slug:", "- slug: 5 #", 1, "“slug” of entry 1"),
        ("articles.yaml", "title:", "title: 12:30 #", 6, "“title” of entry 1 of “articles” of entry 1"),
        ("corrections.yaml", "explanation:", "explanation: ~ #", 7, "“explanation”"),
    ],
)
def test_the_entry_of_a_list_is_named(seeds: Path, name: str, old: str, new: str, line: int, subject: str) -> None:
    change(seeds, name, old, new)
    messages = [
        message
        for message in reported(seeds)
        if f"{subject} must be text" in message or f"{subject} is empty" in message
    ]
    assert messages, reported(seeds)


@pytest.mark.parametrize(
    ("key", "meaning"),
    [("no", "true or false"), ("5", "a number"), ("1960-01-19", "a date"), ("~", "nothing"), ("<<", "a merge of keys")],
)
def test_a_key_that_yaml_reads_as_something_else_is_refused(seeds: Path, key: str, meaning: str) -> None:
    change(seeds, "guide.md", "  tariffs: [trade]", f"  {key}: {{tariffs: [trade]}}")
    assert only_issue(seeds, "guide.md") == f"11: YAML reads the key “{key}” as {meaning}; put it in quotation marks."


@pytest.mark.parametrize(
    ("value", "dropped"),
    [
        ("Treaty #5", "#5"),
        ("#5", "#5"),
        ("Treaty no. #5 of 1951", "#5 of 1951"),
        ("The #NeverAgain pact", "#NeverAgain pact"),
        ("C #\N{NO-BREAK SPACE}x", None),
    ],
)
def test_words_that_yaml_drops_as_a_comment_are_reported(seeds: Path, value: str, dropped: str | None) -> None:
    change(seeds, "guide.md", TITLE, f"title: {value}")
    if dropped:
        message = (
            f"3: YAML drops “{dropped}” as a comment; put the value in quotation marks, or write a space after “#”."
        )
        assert f"{FOLDER}/guide.md:{message}" in reported(seeds)
    else:
        assert read_guides(seeds)[1].title == "C"


@pytest.mark.parametrize("value", ["A # a comment", '"A" #a comment', "'A'  # a comment", "A#5"])
def test_a_comment_is_a_comment(seeds: Path, value: str) -> None:
    change(seeds, "guide.md", TITLE, f"title: {value}")
    assert read_guides(seeds)[1].title in {"A", "A#5"}


@pytest.mark.parametrize(
    ("new", "line", "message"),
    [
        ('title: "a\\x07b"', 3, "This contains U+0007 CONTROL CHARACTER; remove it."),
        ('title: "a\\u2028b"', 3, "This contains U+2028 LINE SEPARATOR; remove it."),
        ('title: "\\u200b"', 3, "This looks empty, but contains U+200B ZERO WIDTH SPACE; remove that."),
        ("title: \u2800", 3, "This looks empty, but contains U+2800 BRAILLE PATTERN BLANK; remove that."),
        ("title: A\u00a0", 3, "The text of this line ends with U+00A0 NO-BREAK SPACE; remove it."),
        ("title: a\u2028b", 3, "This line contains U+2028 LINE SEPARATOR; remove it."),
        ("title: a\x85b", 3, "This line contains U+0085 NEXT LINE; remove it."),
        ("title: a\x07b", 3, "This line contains U+0007 CONTROL CHARACTER; remove it."),
        ("title:\u00a0A", 3, "“title:” is followed by U+00A0 NO-BREAK SPACE; write a space."),
        ("title\u00a0: A", 3, "is not a known key; did you mean “title”? It contains U+00A0 NO-BREAK SPACE."),
        ("title: A: B", 3, "put a value that contains “: ” in quotation marks."),
    ],
)
def test_a_character_that_cannot_be_seen_is_named(seeds: Path, new: str, line: int, message: str) -> None:
    change(seeds, "guide.md", TITLE, new)
    assert any(found.startswith(f"{FOLDER}/guide.md:{line}: ") and message in found for found in reported(seeds)), (
        reported(seeds)
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "[gazette]",
            "[gaz\u00adette]",
            "is not a slug; use lower-case letters, digits and single hyphens. It contains U+00AD SOFT HYPHEN.",
        ),
        ("category: treaty", "category: treaty\u200b", "choose one of them. It contains U+200B ZERO WIDTH SPACE."),
        ("- slug", "-\u00a0slug", "“-” is followed by U+00A0 NO-BREAK SPACE; write a space."),
        ("date: 1960-02-29", "date: 1960-02-29\u200b", "It contains U+200B ZERO WIDTH SPACE."),
        ("date: 1960-02-29", "date:\u20031960-02-29", "“date:” is followed by U+2003 EM SPACE; write a space."),
    ],
)
def test_a_value_that_looks_right_is_explained(seeds: Path, old: str, new: str, message: str) -> None:
    change(seeds, "events.yaml", old, new)
    assert any(message in found for found in reported(seeds)), reported(seeds)


def test_a_long_number_is_quoted_in_part(seeds: Path) -> None:
    change(seeds, "guide.md", TITLE, f"title: {'9' * 5000}")
    assert len(only_issue(seeds, "guide.md")) < 500
