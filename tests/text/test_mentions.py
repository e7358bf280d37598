"""Mentions: the places where a text names something."""

import pytest

from app.text.mentions import MentionFinder

NAMES = {
    "Self-Defense Forces": "sdf",
    "SDF": "sdf",
    "Facilities and areas": "areas",
    "Collective security": "security",
    "Collective security treaty": "treaty",
    "Security treaty organization": "organization",
    "1960 treaty (US-Japan Security Treaty)": "1960",
    "Security Consultative Committee (2+2)": "2+2",
    "Status of Forces Agreement": "sofa",
    "SOFA": "sofa",
    "1960 agreement (SOFA)": "agreement",
    "Special policy": "policy",
    "U.S. Forces Japan": "usfj",
    "地位協定": "ja",
    "極東": "far-east",
    "ペン": "pen",
    "C": "c",
    "C++": "c++",
    "No. 5": "five",
    "analysis": "analysis",
    "MDA協定": "mda",
    "安保(日米安全保障条約)": "anpo",
    "日米安全保障条約": "1960",
}
FINDER = MentionFinder(NAMES.items())


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        # As whole words, whatever the case, white space, hyphens and punctuation after them.
        ("The Self-Defense Forces.", ["Self-Defense Forces"]),
        ("the Status of Forces Agreement’s text", ["Status of Forces Agreement"]),
        ("SELF DEFENSE\u00a0FORCES’ bases", ["SELF DEFENSE\u00a0FORCES"]),
        ("Self‑Defense Forces", ["Self‑Defense Forces"]),
        ("Self-Defense. Forces", []),
        ("a collective insecurity", []),
        ("anticollective security", []),
        ("Anti-collective security", ["collective security"]),
        # The English plural and singular, and British spelling.
        ("A Self-Defence Force", ["Self-Defence Force"]),
        ("a facility and area", ["facility and area"]),
        ("Special policies and special policy", ["Special policies", "special policy"]),
        ("Status of Forces Agreements", ["Status of Forces Agreements"]),
        # The case of an abbreviation counts, and it may have a plural.
        ("The SDF, the sdf and the Sdf", ["SDF"]),
        ("two SOFAs, no SOFAS", ["SOFAs"]),
        ("on a sofa", []),
        # Initials with and without full stops.
        ("U.S. Forces Japan and US Forces, Japan, and US forces Japan", ["U.S. Forces Japan", "US forces Japan"]),
        ("The U.S.-Japan Security Treaty", ["U.S.-Japan Security Treaty"]),
        # Names with signs, and the alias in parentheses.
        ("The 2+2 meets; 12+2 is 14.", ["2+2"]),
        ("The 1960 treaty; the US-Japan Security Treaty", ["1960 treaty", "US-Japan Security Treaty"]),
        # Of overlapping names, the longest.
        ("collective security treaties", ["collective security treaties"]),
        ("collective security treaty organization", ["security treaty organization"]),
        # Signs and decimals that belong to a word.
        ("C, C++, C#, C++17, C--", ["C", "C++", "C"]),
        ("No. 5, No. 5.1, No. 50 and no. 5.", ["No. 5", "no. 5"]),
        ("analyses of an analysis", ["analyses", "analysis"]),
        # Japanese names match anywhere but inside a word in katakana.
        ("ペンギン ペンシル ボールペン ペン先", ["ペン"]),
        ("日米地位協定の極東条項", ["地位協定", "極東"]),
        ("ＭＤＡ協定", ["ＭＤＡ協定"]),
        ("", []),
        ("— () ...", []),
    ],
)
def test_a_name_is_found_as_whole_words(text: str, mentions: list[str]) -> None:
    assert [text[found.start : found.end] for found in FINDER.find(text)] == mentions


@pytest.mark.parametrize(
    ("text", "target"),
    [("SOFA", "sofa"), ("the 1960 agreement", "agreement"), ("日米安全保障条約", "1960"), ("安保", "anpo")],
)
def test_a_name_takes_precedence_over_an_alias(text: str, target: str) -> None:
    assert [found.target for found in FINDER.find(text)] == [target]


def test_the_first_of_two_targets_with_the_same_name_is_found() -> None:
    assert [found.target for found in MentionFinder([("Pen", 1), ("pens", 2)]).find("a pen")] == [1]
