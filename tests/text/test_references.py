"""References to articles, dates and identifiers, whichever way they are written."""

import pytest

from app.text.analyser import analyse
from app.text.references import article_number


def terms(text: str) -> set[str]:
    return {term for reference in analyse(text).references for term in reference.terms}


@pytest.mark.parametrize(
    "text",
    [
        "Article V", "Article 5", "Art. V", "art 5", "第五条", "第5条", "ARTICLE v", "article five", "Art.5", "第５条",
        "第 五 条", "第五條", "제5조", "Article Ⅴ", "Article V(1)", "第五条第一項", "5条", "安保条約５條",
    ],
)  # fmt: skip
def test_an_article_is_one_reference(text: str) -> None:
    assert terms(text) == {"§article5"}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Articles V and VI", [5, 6]),
        ("Articles 1, 2 and 3", [1, 2, 3]),
        ("Article XVII of the SOFA", [17]),
        ("日米地位協定第十七条", [17]),
        ("第二十四条", [24]),
        ("地位協定17条", [17]),
        ("日米の2条約", []),
        ("東十条", []),
        ("第百二十三条", [123]),
        ("article LI", [51]),
        ("article one", [1]),
        ("the article is about 5 men", []),
        ("an article in 1960", []),
        ("article mix", []),
        ("Article C", []),
        ("art and war", []),
    ],
)
def test_the_numbers_of_articles_are_found_in_a_text(text: str, numbers: list[int]) -> None:
    assert terms(text) == {f"§article{number}" for number in numbers}


@pytest.mark.parametrize(
    "text",
    [
        "September 8, 1951", "8 September 1951", "1951-09-08", "1951年9月8日", "Sept. 8, 1951", "8 Sep 1951",
        "8th of September, 1951", "the 8th September 1951", "September 8th 1951", "1951/9/8", "１９５１年９月８日",
        "昭和26年9月8日", "昭和二十六年九月八日", "1951년 9월 8일", "SEPTEMBER 8 1951", "一九五一年九月八日",
    ],
)  # fmt: skip
def test_a_day_is_one_reference(text: str) -> None:
    assert terms(text) == {"§19510908"}
    assert "§195109" in [term for term, _, _ in analyse(text).further]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("19.01.1960", {"§19600119"}),
        ("19/1/1960", {"§19600119"}),
        ("1/19/1960", {"§19600119"}),
        ("08.09.1951", set()),
        ("9/8/1951", set()),
        ("32.1.1960", set()),
    ],
)
def test_a_day_and_a_month_in_digits_are_told_apart_by_their_values(text: str, expected: set[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("September 1951", {"§195109"}),
        ("in May 1960", {"§196005"}),
        ("1951年9月", {"§195109"}),
        ("1960年", {"1960"}),
        ("昭和35年", {"1960"}),
        ("令和元年五月一日", {"§20190501"}),
        ("1951-13-40", set()),
        ("1951", set()),
        ("8 of 1951", set()),
        ("may be 1960 ships", set()),
    ],
)
def test_months_and_years_are_references_too(text: str, expected: set[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TIAS 2491", "§tias2491"),
        ("T.I.A.S. No. 2491", "§tias2491"),
        ("136 UNTS 211", "§unts136p211"),
        ("136 U.N.T.S. 211", "§unts136p211"),
        ("UNTS vol. 136, p. 211", "§unts136p211"),
        ("TIAS2491", "§tias2491"),
        ("136UNTS211", "§unts136p211"),
        ("3 UST 3329", "§ust3p3329"),
        ("3 U.S.T. 3329", "§ust3p3329"),
    ],
)
def test_an_identifier_is_one_reference(text: str, expected: str) -> None:
    assert terms(text) == {expected}


def test_a_reference_has_its_position() -> None:
    text = "See Art. V, signed on 8 September 1951."
    assert [text[start:end] for term, start, end in analyse(text).further if term in {"§article5", "§19510908"}] == [
        "Art. V",
        "8 September 1951",
    ]


@pytest.mark.parametrize(
    ("number", "value"),
    [("iv", 4), ("ix", 9), ("xiv", 14), ("xxxix", 39), ("xl", 40), ("lxxxviii", 88), ("iiii", None), ("", None)],
)
def test_roman_numerals(number: str, value: int | None) -> None:
    assert article_number(number) == value
