"""Line breaks in a paragraph."""

import pytest

from app.text.lines import join_lines


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("日米安全\n保障条約", "日米安全保障条約"),
        ("発効した。\nその後、", "発効した。その後、"),
        ("これは「安保」\nである", "これは「安保」である"),
        ("第一、\n第二", "第一、第二"),
        ("デモ\nと", "デモと"),
        ("the treaty\nwas signed", "the treaty was signed"),
        ("条約は\n1960年", "条約は 1960年"),
        ("the 安保\n条約", "the 安保条約"),
        ("조약은\n한국", "조약은 한국"),
        ("“Yes”\nhe said", "“Yes” he said"),
        ("one\ntwo\nthree", "one two three"),
        ("", ""),
    ],
)
def test_a_line_break_between_ideographs_is_no_space(lines: str, joined: str) -> None:
    assert join_lines(lines) == joined
