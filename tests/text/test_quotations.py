"""Quotations: exact, normalized or absent."""

import unicodedata

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from app.text.boundaries import is_word_boundary
from app.text.quotations import QuotationFinder, Span, normalize_typography
from tests.examples import examples
from tests.text.texts import QUOTES, TEXT, TEXTS, WORDS, quoted, restyled, runs


def exact_places(text: str, quotation: str) -> list[Span]:
    return list(QuotationFinder(quotation).exact_places(text))


def normalized_places(text: str, quotation: str) -> list[Span]:
    return list(QuotationFinder(quotation).normalized_places(text, normalize_typography(text)))


def search_key(quotation: str) -> str:
    return QuotationFinder(quotation).search_key


@settings(max_examples=examples(1000))
@given(TEXTS, st.data())
def test_every_part_of_a_text_between_word_boundaries_is_exact(text: str, data: st.DataObject) -> None:
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    places = exact_places(text, text[start:end])
    assert (Span(start, end) in places) == (is_word_boundary(text, start) and is_word_boundary(text, end))
    assert all(there == text[start:end] for there in quoted(text, places))
    assert not places or search_key(text[start:end]) in normalize_typography(text)


@settings(max_examples=examples(1000))
@given(runs(2), st.data())
def test_words_set_otherwise_are_found_whole_but_are_not_exact(run: tuple[int, int], data: st.DataObject) -> None:
    words = " ".join(WORDS[slice(*run)]).strip("—").strip()
    original = words if words in TEXT else words.replace("Tōkyō to", "Tōkyō\u00a0to")
    start = TEXT.index(original)
    quotation = data.draw(restyled(original))
    assume(quotation not in TEXT)
    assert exact_places(TEXT, quotation) == []
    # A mark around the whole is also the text's own, when the text has one there.
    wider = Span(start - (TEXT[start - 1 : start] in QUOTES), start + len(original))
    assert normalized_places(TEXT, quotation)[0] in {Span(start, start + len(original)), wider}


@settings(max_examples=examples(300))
@given(runs(3), st.data())
def test_a_quotation_with_a_word_dropped_is_absent(run: tuple[int, int], data: st.DataObject) -> None:
    first, last = run
    dropped = data.draw(st.integers(first + 1, last - 2))
    quotation = data.draw(restyled(" ".join(WORDS[first:dropped] + WORDS[dropped + 1 : last])))
    assert exact_places(TEXT, quotation) == normalized_places(TEXT, quotation) == []


@settings(max_examples=examples(300))
@given(runs(2), st.sampled_from(["not", "never", "1960", "…", "...", "[...]", "[…]", *WORDS]), st.data())
def test_a_quotation_with_a_word_or_an_ellipsis_added_is_absent(
    run: tuple[int, int], added: str, data: st.DataObject
) -> None:
    first, last = run
    before = data.draw(st.integers(first + 1, last - 1))
    assume(added != "—" or "—" not in WORDS[before - 1 : before + 1])
    quotation = data.draw(restyled(" ".join([*WORDS[first:before], added, *WORDS[before:last]])))
    assert exact_places(TEXT, quotation) == normalized_places(TEXT, quotation) == []


@settings(max_examples=examples(300))
@given(runs(3), st.data())
def test_a_quotation_with_two_words_swapped_is_absent(run: tuple[int, int], data: st.DataObject) -> None:
    first, last = run
    one, other = data.draw(st.lists(st.integers(first, last - 1), min_size=2, max_size=2, unique=True))
    assume(WORDS[one] != WORDS[other])
    words = list(WORDS)
    words[one], words[other] = words[other], words[one]
    quotation = data.draw(restyled(" ".join(words[first:last])))
    assert exact_places(TEXT, quotation) == normalized_places(TEXT, quotation) == []


@settings(max_examples=examples(300))
@given(runs(3), st.sampled_from(["…", "...", " … ", " [...] ", "[…]"]), st.data())
def test_an_ellipsis_hides_no_word(run: tuple[int, int], ellipsis: str, data: st.DataObject) -> None:
    first, last = run
    hidden = data.draw(st.integers(first + 1, last - 2))
    quotation = " ".join(WORDS[first:hidden]) + ellipsis + " ".join(WORDS[hidden + 1 : last])
    assert exact_places(TEXT, quotation) == normalized_places(TEXT, quotation) == []


@pytest.mark.parametrize(
    ("text", "quotation", "there"),
    [
        ("It was neutral… or so", "neutral... OR", "neutral… or"),
        ("It was neutral... or so", "neutral… OR", "neutral... or"),
        ("the states [...] agreed", "THE STATES […]", "the states [...]"),
    ],
)
def test_an_ellipsis_of_the_text_is_found_in_either_form(text: str, quotation: str, there: str) -> None:
    assert quoted(text, normalized_places(text, quotation)) == [there]


@settings(max_examples=examples(1000))
@given(TEXTS, TEXTS, TEXTS, st.data())
@example("“A” is “B”", "", "", None)
def test_what_is_found_is_found_in_the_folded_text_too(
    before: str, middle: str, after: str, data: st.DataObject | None
) -> None:
    text = before + middle + after
    for quotation in (middle, unicodedata.normalize("NFD", middle), middle.upper(), f"“{middle}”", "“A” is", "is “B”"):
        places = normalized_places(text, quotation)
        assert not places or search_key(quotation) in normalize_typography(text)
        assert {normalize_typography(there).strip("' ") for there in quoted(text, places)} <= {
            normalize_typography(quotation).strip("' ")
        }


@settings(max_examples=examples(1000))
@given(TEXTS)
def test_a_text_is_found_in_itself_whatever_its_form(text: str) -> None:
    assume(any(map(str.isalnum, normalize_typography(text))))
    for form in (text, unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)):
        assert len(normalized_places(text, form)) >= 1


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("Straße", "as"),
        ("Straße", "SE"),
        ("weiß", "S"),
        ("ﬁnal", "INAL"),
        ("cafe\u0301 noir", "CAFE"),
        ("cafe\u0323\u0301 noir", "CAFÉ"),
        ("각하", "가"),
        ("\u1100\u1161\u11a8", "가"),
        ("ｶﾞ", "カ"),
        ("it was neutral… or so", "NEUTRAL."),
        ("see ⑴", "SEE (1"),
    ],
)
def test_a_quotation_neither_begins_nor_ends_within_a_character(text: str, quotation: str) -> None:
    assert normalized_places(text, quotation) == []


@pytest.mark.parametrize(
    ("text", "quotation", "there"),
    [
        ("Die Straße dort", "STRASSE", "Straße"),
        ("the ﬁnal text", "Final", "ﬁnal"),
        ("a cafe\u0301 noir", "CAFÉ", "cafe\u0301"),
        ("대한민국", unicodedata.normalize("NFD", "한민"), "한민"),
        ("a co\u00adop\u00ader\u00adation, it said", "COOPERATION", "co\u00adop\u00ader\u00adation"),
        ("葛\ufe00城市", "葛", "葛\ufe00"),
        ("first — then", "— THEN", "— then"),
        ("first — then", "FIRST -", "first —"),
    ],
)
def test_the_offsets_are_those_of_the_text_as_it_is(text: str, quotation: str, there: str) -> None:
    start = text.index(there)
    assert normalized_places(text, quotation) == [Span(start, start + len(there))]


@pytest.mark.parametrize("quotation", ["", " ", "\u200b", "—", "“”", "…", ".", "\u0301"])
def test_a_quotation_without_a_letter_or_digit_is_nowhere_but_to_the_character(quotation: str) -> None:
    assert normalized_places("“A” — b… \u0301", quotation) == []


def test_marks_around_a_quotation_are_the_texts_own_where_it_has_them() -> None:
    assert quoted("a “free” world", normalized_places("a “free” world", "'FREE'")) == ["“free”"]
    assert quoted("a free world", normalized_places("a free world", "'FREE'")) == ["free"]


def test_a_mark_on_one_side_of_a_quotation_is_part_of_it() -> None:
    assert normalized_places("of the states agreed", "of the states’") == []
    assert normalized_places("of the states agreed", "“of the states") == []
    assert quoted("the states’ rights", normalized_places("the states’ rights", "THE STATES'")) == ["the states’"]


def test_places_may_overlap() -> None:
    assert exact_places("so so so", "so so") == normalized_places("so so so", "SO SO") == [Span(0, 5), Span(3, 8)]


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("a bilateral treaty", "ilateral"),
        ("a bilateral treaty", "bilat"),
        ("a bilateral treaty", "lateral treaty"),
        ("they can’t leave", "they can"),
        ("in 1960 and 1,960", "960"),
        ("in the 1960s", "the 1960"),
        ("Tōkyō", "Tōky"),
        ("ミサイル防衛", "サイル"),
        ("a cafe\u0301 noir", "cafe"),
    ],
)
def test_a_part_of_a_word_has_no_place(text: str, quotation: str) -> None:
    assert exact_places(text, quotation) == normalized_places(text, quotation.swapcase()) == []


def test_a_place_that_is_inside_a_word_is_left_out_and_the_others_are_not() -> None:
    assert exact_places("lateral, bilateral, lateral", "lateral") == [Span(0, 7), Span(20, 27)]
    assert normalized_places("Lateral, bilateral, “lateral”", "LATERAL") == [Span(0, 7), Span(21, 28)]


@pytest.mark.parametrize("quotation", ["“the", "'the", "the”", '"the', "''the'"])
def test_a_mark_without_its_pair_must_stand_in_the_text_and_is_looked_for_with_it(quotation: str) -> None:
    assert normalized_places("all the same", quotation) == []
    assert search_key(quotation) not in normalize_typography("all the same")
