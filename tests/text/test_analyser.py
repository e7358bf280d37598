"""The tokens of a text: what they have in common, whatever the script, the Unicode form and the way of writing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.analyser import analyse, terms_of

# Texts that are the same to a reader.
SAME = {
    "case": [
        ("TREATY", "treaty"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("ΣΊΣΥΦΟΣ", "Σίσυφος"),
        ("ΜΕΓΑΛΗ ΒΡΕΤΑΝΙΑ", "μεγάλη βρετανία"),
        ("ДОГОВОР", "договор"),
        ("ﬁnal", "FINAL"),
        ("ẞ", "ss"),
        ("DŽ", "ǆ"),
    ],
    "accents of alphabetic scripts": [
        ("évolution", "evolution"),
        ("e\u0301volution", "évolution"),
        ("Ελλάδα", "ΕΛΛΑΔΑ"),
        ("ёлка", "елка"),
        ("hoshō jōyaku", "hosho joyaku"),
        ("Việt Nam", "Viet Nam"),
        ("Łódź", "Lodz"),
        ("smørrebrød", "smorrebrod"),
        ("Đà Nẵng", "Da Nang"),
        ("œuvre", "oeuvre"),
        ("ἀρχή", "αρχη"),
        ("Київ", "Киів"),
    ],
    "Hebrew points and Arabic vowels": [
        ("שָׁלוֹם", "שלום"),
        ("בְּרִית", "ברית"),
        ("العَرَبِيَّة", "العربية"),
        ("مُعَاهَدَة", "معاهدة"),
        ("معـــاهدة", "معاهدة"),
        ("أمن", "امن"),
        ("ﺳﻼم", "سلام"),
        ("שׁ", "ש"),
    ],
    "kana": [
        ("ﾃﾞﾓ", "デモ"),
        ("カ\u3099イト\u3099", "ガイド"),
        ("ｶﾞｲﾄﾞﾗｲﾝ", "ガイドライン"),
        ("ﾊﾟｽﾎﾟｰﾄ", "パスポート"),
        ("か゛", "が"),
        ("ヷ", "ヷ"),
        ("ｱﾒﾘｶ", "アメリカ"),
    ],
    "compatibility forms": [
        ("ｔｒｅａｔｙ", "treaty"),
        ("ﬁﬂ", "fifl"),
        ("oﬀice", "office"),
        ("Ⅴ", "V"),
        ("ⅩⅦ", "XVII"),
        ("１９６０", "1960"),
        ("𝐓𝐫𝐞𝐚𝐭𝐲", "treaty"),
        ("٣", "3"),
        ("①", "1"),
        ("㈱", "株"),
        ("㍻", "平成"),
        ("⽇⽶", "日米"),
        ("⺠", "民"),
        ("\uf9e4", "理"),
        ("10²", "10 2"),
        ("Treaty™", "treaty tm"),
    ],
    "format characters": [
        ("se\N{SOFT HYPHEN}cu\N{SOFT HYPHEN}rity", "security"),
        ("tre\u200baty", "treaty"),
        ("\u202atreaty\u202c", "treaty"),
        ("\ufefftreaty", "treaty"),
        ("می\u200cخواهم", "میخواهم"),
        ("地\ufe00位", "地位"),
        ("tre\u2060aty", "treaty"),
        ("e\u200d\u0301", "e"),
        ("葛\U000e0100", "葛"),
    ],
    "Korean": [
        ("한국", "한국"),
        ("안전", unicodedata.normalize("NFD", "안전")),
        ("조약", unicodedata.normalize("NFD", "조약")),
        ("ﾡ", "ㄱ"),
    ],
    "English endings": [
        ("exercises", "exercise"),
        ("cooperating", "cooperation"),
        ("treaties", "treaty"),
        ("defended", "defend"),
        ("deterrence", "deterrent"),
        ("Japan’s", "Japan"),
        ("Japan's", "Japan"),
        ("nations’", "nation"),
    ],
    "British and American spelling": [
        ("defence", "defense"),
        ("modernisation", "modernization"),
        ("centre", "center"),
        ("honours", "honor"),
        ("travelled", "traveling"),
        ("programmes", "program"),
        ("licences", "license"),
        ("neighbouring", "neighbor"),
        ("judgement", "judgment"),
        ("grey", "gray"),
        ("analysed", "analyzing"),
        ("dialogue", "dialog"),
    ],
    "initials and numbers": [
        ("U.S.", "US"),
        ("U.S", "US"),
        ("U.K.", "uk"),
        ("С.Ш.А.", "США"),
        ("18,000", "18000"),
        ("1,234,567", "1234567"),
    ],
}
DIFFERENT = [
    ("ガ", "カ"),  # voicing is not an accent
    ("は", "ば"),
    ("ば", "ぱ"),
    ("हिन्दी", "हनद"),
    ("ไทย", "ไท"),
    ("us", "use"),
    ("policy", "police"),
    ("four", "for"),
    ("1,2", "12"),
    ("日本", "本日"),
]


@pytest.mark.parametrize(
    ("text", "same"), [pair for pairs in SAME.values() for pair in pairs], ids=lambda text: ascii(text)
)
def test_texts_that_are_the_same_to_a_reader_have_the_same_terms(text: str, same: str) -> None:
    assert terms_of(text) == terms_of(same) != []


@pytest.mark.parametrize(("text", "other"), DIFFERENT)
def test_texts_that_differ_have_different_terms(text: str, other: str) -> None:
    assert terms_of(text) != terms_of(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The post-war U.S.-Japan treaty’s end.", ["The", "post", "war", "U.S.", "Japan", "treaty", "end"]),
        ("日米安保、1960年", ["日", "米", "安", "保", "1960", "年"]),
        ("한국 땅", ["한", "국", "땅"]),
        ("ﾃﾞﾓ", ["ﾃﾞ", "ﾓ"]),
        ("se\N{SOFT HYPHEN}curity", ["se\N{SOFT HYPHEN}curity"]),
        ("ไทย", ["ไ", "ท", "ย"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("l’État", ["l", "État"]),
        ("½ of it", ["½", "½", "of", "it"]),
        ("snake_case", ["snake", "case"]),
        ("2+2", ["2", "2"]),
        ("💥 !?", []),
        ("", []),
    ],
)
def test_a_token_has_its_position_in_the_text_as_written(text: str, words: list[str]) -> None:
    assert [text[token.start : token.end] for token in analyse(text).tokens] == words


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("post-war", "postwar"),
        ("post‐war", "postwar"),
        ("co-operation", "cooper"),
        ("F-16", "f16"),
        ("don’t", "dont"),
        ("secu-\nrity", "secur"),
        ("US–Japan", "usjapan"),
        ("anti-base-movement", "antibasemov"),
        ("anti-base-movement", "basemov"),
    ],
)
def test_words_with_a_joint_are_also_one_word(text: str, term: str) -> None:
    analysis = analyse(text)
    assert len(analysis.tokens) > 1
    assert term in [each for each, _, _ in analysis.further]
    assert all((start, end) == (0, len(text)) for _, start, end in analysis.further)


@pytest.mark.parametrize("text", ["1951-1960", "日米", "either / or", "post - war", "end. Begin"])
def test_numbers_ideographs_and_separate_words_are_not_joined(text: str) -> None:
    assert [term for term, _, _ in analyse(text).further] == []


@given(st.text())
def test_tokens_of_any_text_are_in_order_and_have_terms_without_syntax(text: str) -> None:
    analysis = analyse(text)
    spans = [(token.start, token.end) for token in analysis.tokens] + [(len(text), len(text))]
    assert all(start < end for start, end in spans[:-1])
    assert spans == sorted(spans)
    for term in [*(token.term for token in analysis.tokens), *(term for term, _, _ in analysis.further)]:
        assert term
        assert not any(char.isascii() and not char.isalnum() for char in term)
        assert not term.isspace()
        assert not set(term) & set("¶※‖")


@given(st.text(st.characters(exclude_categories=("Cs", "Cn", "Co"))))
def test_a_decomposed_text_has_the_same_terms(text: str) -> None:
    assert terms_of(unicodedata.normalize("NFD", text)) == terms_of(text)


@given(st.lists(st.sampled_from(["日本", "treaty", "ガイド", "Ελλάδα", "U.S.", "안보", "évolution"]), min_size=1))
def test_the_terms_of_a_text_are_those_of_its_words(words: list[str]) -> None:
    assert terms_of(" ".join(words)) == [term for word in words for term in terms_of(word)]
