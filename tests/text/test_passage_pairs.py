"""Pairs of passages that are the same in two versions of a text."""

from hypothesis import given
from hypothesis import strategies as st

from app.text.passage_pairs import MAX_COMPARISONS, Passage, pair_passages

SENTENCES = st.sampled_from(["A treaty was signed.", "A treaty was signed then.", "Nobody minded.", "Tea.", "条約。"])
VERSIONS = st.lists(st.tuples(st.sampled_from(["one", "two"]), SENTENCES), max_size=8)


def version(*passages: tuple[str, str], first: int = 0) -> list[Passage]:
    """Return passages, given by section and text, with the numbers that they have in their sections."""
    numbers: dict[str, int] = {}
    found = []
    for row, (section, text) in enumerate(passages, start=first):
        numbers[section] = numbers.get(section, 0) + 1
        found.append(Passage(row, section, numbers[section], "paragraph", text))
    return found


def pairs(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> set[tuple[str | None, str | None]]:
    """Return the ids of the passages of each pair."""
    found = pair_passages(version(*before), version(*after, first=1000))
    return {(old and old.passage_id, new and new.passage_id) for old, new in found}


def test_a_paragraph_inserted_before_others_changes_only_their_ids() -> None:
    assert pairs([("one", "A."), ("one", "B.")], [("one", "New."), ("one", "A."), ("one", "B.")]) == {
        (None, "one.1"),
        ("one.1", "one.2"),
        ("one.2", "one.3"),
    }


def test_an_edited_passage_that_was_moved_in_its_section_is_found_by_its_words() -> None:
    before = [("one", "The treaty was signed in 1951."), ("one", "Nobody minded at all.")]
    after = [("one", "New words here."), ("one", "The treaty was signed in 1960."), ("one", "Nobody minded at all.")]
    assert pairs(before, after) == {(None, "one.1"), ("one.1", "one.2"), ("one.2", "one.3")}


def test_a_rewritten_passage_is_still_the_passage_with_its_id() -> None:
    assert pairs([("one", "Alpha beta.")], [("one", "Gamma delta!")]) == {("one.1", "one.1")}


def test_equal_texts_are_paired_in_their_own_section_first() -> None:
    before = [("one", "Tea."), ("two", "Tea.")]
    after = [("one", "Coffee!"), ("one", "Tea."), ("two", "Milk, please."), ("two", "Tea.")]
    assert {("one.1", "one.2"), ("two.1", "two.2")} <= pairs(before, after)


def test_a_rewritten_section_costs_a_limited_number_of_comparisons() -> None:
    count = 2 * int(MAX_COMPARISONS**0.5)
    before, after = [("one", f"Words {n}.") for n in range(count)], [("one", f"Words {n}!") for n in range(count)]
    assert pairs(before, after) == {(f"one.{n}", f"one.{n}") for n in range(1, count + 1)}


@given(before=VERSIONS, after=VERSIONS)
def test_every_passage_is_in_one_pair(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> None:
    old, new = version(*before), version(*after, first=1000)
    found = list(pair_passages(old, new))
    assert sorted(pair.before for pair in found if pair.before) == old
    assert sorted(pair.after for pair in found if pair.after) == new
    assert all(pair.before or pair.after for pair in found)


@given(before=VERSIONS)
def test_nothing_differs_from_itself(before: list[tuple[str, str]]) -> None:
    for old, new in pair_passages(version(*before), version(*before, first=1000)):
        assert old
        assert new
        assert old._replace(id=new.id) == new
