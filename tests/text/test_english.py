"""British and American spellings of one word."""

import pytest

from app.text.languages.english import spellings


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("defence", "defense"),
        ("offences", "offenses"),
        ("licence", "license"),
        ("organisation", "organization"),
        ("demilitarised", "demilitarized"),
        ("analyse", "analyze"),
        ("neighbouring", "neighboring"),
        ("centre", "center"),
        ("theatres", "theaters"),
        ("travelled", "traveled"),
        ("dialogue", "dialog"),
        ("programme", "program"),
        ("judgement", "judgment"),
        ("fulfil", "fulfill"),
        ("manoeuvres", "maneuvers"),
        ("archaeology", "archeology"),
    ],
)
def test_british_and_american_spellings_match_each_other(british: str, american: str) -> None:
    assert american in spellings(british)
    assert british in spellings(american)


@pytest.mark.parametrize(
    "word", ["filled", "four", "your", "scoring", "prize", "poets", "mourning", "treaty", "条約", ""]
)
def test_other_words_are_not_spellings(word: str) -> None:
    assert spellings(word) == (word,)
