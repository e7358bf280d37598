"""Typography: differences that are folded, and differences that are kept."""

import pytest
from hypothesis import given, settings

from app.text.quotations import normalize_typography
from tests.examples import examples
from tests.text.texts import TEXTS


@settings(max_examples=examples(1000))
@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert normalize_typography(normalize_typography(text)) == normalize_typography(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("states’ “rights”", "STATES' ‘rights’"),
        ("peace — and war", "peace—and war"),
        ("peace -- and war", "peace – and war"),
        ("Nihon‑koku", "nihon-koku"),
        ("of\u00a0the\n treaty", "of the treaty"),
        ("coop\u00aderation", "coo\u200bperation"),
        ("Tōkyō", "To\u0304kyo\u0304"),
        ("ﬁnal", "final"),
        ("Article Ⅴ", "Article V"),
        ("１９６０", "1960"),
        ("Straße", "STRASSE"),
        ("don\u1ffdt", "don't"),
        ("か\u0301ﾞ", "か\u3099\u0301"),
    ],
)
def test_the_same_words_set_otherwise_fold_to_the_same(one: str, other: str) -> None:
    assert normalize_typography(one) == normalize_typography(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("café", "cafe"),
        ("Tōkyō", "Tokyo"),
        ("security treaty", "securitytreaty"),
        ("security-treaty", "security treaty"),
        ("security-treaty", "securitytreaty"),
        ("security\u200btreaty", "security treaty"),
        ("10²", "102"),
        ("1½", "11⁄2"),
        ("①", "1"),
        ("が", "か"),
        ("ㅎㅏ", "하"),
        ("states…", "states"),
        ("states", "states."),
    ],
)
def test_other_words_do_not_fold_to_the_same(one: str, other: str) -> None:
    assert normalize_typography(one) != normalize_typography(other)
