"""Word boundaries, in several scripts."""

import pytest

from app.text.boundaries import is_word_boundary


@pytest.mark.parametrize(
    "marked",
    [
        "|bilateral| |treaty|",
        "|US|-|Japan| |post|-|war|",
        "|don’t| |don't| |states|’| |rights|",
        "|the| |‘|free|’| |world|",
        "|U.S|.| |bases|",
        "|1,960| |men|,| |1.5| |or| |60|%|",
        "|Article| |6|.|The|",
        "|¥|500|,| |{|YEAR|}|",
        "|a_b| |10²|",
        "|C#|,| |C++17| |2+2|;| |+|81| |#|1|",
        "|Tōkyō| |To\u0304kyo\u0304|",
        "|co\u00adop\u00aderation|",
        "|हिन्दी| |भाषा|",
        "|עִבְרִית|",
        "|条|約|は| |1960|年|に|発|効|",
        "|「|条|約|」|と|US|軍|",
        "|日|米|ミサイル|防|衛|",
        "|葛\ufe00|城|",
        "|ラーメン|、|ﾐｻｲﾙﾎﾟｽﾄ|",
        "|か\u3099|き|",
        "|葛\U000e0100|城|",
        "|²\u0301\U0001d165| |x|",
        "|한|민|국| |\u1112\u1161\u11ab|",
        "|ส|น|ธิ|",
        "|neutral|…| |or|.|.|.|",
        "|—| |then|",
    ],
)
def test_a_word_starts_and_ends_at_these_offsets_and_no_others(marked: str) -> None:
    text = marked.replace("|", "")
    expected = [len(marked[:at].replace("|", "")) for at, char in enumerate(marked) if char == "|"]
    assert [at for at in range(len(text) + 1) if is_word_boundary(text, at)] == expected


def test_a_mark_at_the_beginning_continues_nothing() -> None:
    assert is_word_boundary("\u0301a", 0)
    assert is_word_boundary("a \u0301", 2)
