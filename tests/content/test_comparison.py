"""A difference from the source document that cannot be seen is named."""

from pathlib import Path

import pytest

from app.content import read_guides
from tests.content.test_guides import reported

FOLDER = "nowhere-and-the-sea"
GUIDE_LINE = 12


def compare(seeds: Path, guide: str, source: str) -> list[str]:
    folder = seeds / FOLDER
    text = (folder / "guide.md").read_text()
    (folder / "guide.md").write_text(text.replace("Nowhere has no harbour.", guide))
    (folder / "source.txt").write_text(f"Nowhere and the Sea\n\nHarbours\n\n{source}\n")
    return [message.removeprefix(f"{FOLDER}/") for message in reported(seeds)]


@pytest.mark.parametrize(
    ("guide", "source", "difference"),
    [
        ("no harbour", "no\u00a0harbour", "U+00A0 NO-BREAK SPACE instead of U+0020 SPACE"),
        ("no  harbour", "no harbour", "U+0068 LATIN SMALL LETTER H instead of U+0020 SPACE"),
        (
            "caf\u00e9",
            "cafe\u0301",
            "U+0065 LATIN SMALL LETTER E, U+0301 COMBINING ACUTE ACCENT"
            " instead of U+00E9 LATIN SMALL LETTER E WITH ACUTE",
        ),
        ("harbour", "har\u00adbour", "U+00AD SOFT HYPHEN instead of U+0062 LATIN SMALL LETTER B"),
        ("har\u200bbour", "harbour", "U+0062 LATIN SMALL LETTER B instead of U+200B ZERO WIDTH SPACE"),
        ("a harbour", "\u0430 harbour", "U+0430 CYRILLIC SMALL LETTER A instead of U+0061 LATIN SMALL LETTER A"),
        ("1959-60", "1959\u201160", "U+2011 NON-BREAKING HYPHEN instead of U+002D HYPHEN-MINUS"),
        ("harbour\u200b", "harbour", "nothing instead of U+200B ZERO WIDTH SPACE"),
        ("harbour", "harbour\u200d", "U+200D ZERO WIDTH JOINER instead of nothing"),
        ("神", "\ufa19", "U+FA19 CJK COMPATIBILITY IDEOGRAPH-FA19 instead of U+795E CJK UNIFIED IDEOGRAPH-795E"),
    ],
)
def test_a_difference_that_cannot_be_seen_names_the_code_points(
    seeds: Path, guide: str, source: str, difference: str
) -> None:
    (message,) = compare(seeds, guide, source)
    assert message.startswith(f"guide.md:{GUIDE_LINE}: This differs from line 5 of source.txt: write “")
    assert message.endswith(f"”: {difference}.")


def test_a_difference_that_can_be_seen_is_only_quoted(seeds: Path) -> None:
    (message,) = compare(seeds, "no harbour", "no harvest")
    assert message.endswith("write “vest” instead of “bour”.")


def test_a_tab_of_the_source_document_is_a_space(seeds: Path) -> None:
    folder = seeds / FOLDER
    (folder / "source.txt").write_text("Nowhere and the Sea\n\nHarbours\n\nNowhere has\tno harbour.\n")
    assert read_guides(folder)[0].sections[0].passages[0].text == "Nowhere has no harbour."
