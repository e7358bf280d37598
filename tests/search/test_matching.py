"""Phrases in indexed passages: the spans in the text as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.indexed_text import NAME, IndexedText, index_text, read_passages
from app.search.matching import Phrase, PhraseFinder
from app.text.analyser import analyse, terms_of

PASSAGE = "The post-war U.S. bases, and U.S. bases in Okinawa: Art. V (沖縄の米軍基地)."

words = st.sampled_from(
    ["treaty", "post-war", "U.S.", "日本", "Article V", "8 September 1951", "ガイド", "!", "x" * 300]
)
texts = st.lists(words, max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("phrases", "found"),
    [
        ([Phrase(("base",))], ["bases", "bases"]),
        ([Phrase(("us", "base"))], ["U.S. bases", "U.S. bases"]),
        ([Phrase(("us", "base")), Phrase(("base", "in"))], ["U.S. bases", "U.S. bases in"]),
        ([Phrase(("oki",), is_prefix=True)], ["Okinawa"]),
        ([Phrase(("base", "in", "oki"), is_prefix=True)], ["bases in Okinawa"]),
        ([Phrase(("postwar",))], ["post-war"]),
        ([Phrase(("§article5",))], ["Art. V"]),
        ([Phrase(tuple("米軍"))], ["米軍"]),
        ([Phrase(("軍",)), Phrase(("米",))], ["米軍"]),
        ([Phrase(("in", "base"))], []),
        ([Phrase(("okinawa", "art", "v", "沖", "縄", "の", "米", "軍", "基", "地", "x"))], []),
        ([], []),
    ],
)
def test_phrases_are_found_where_they_are_written(phrases: list[Phrase], found: list[str]) -> None:
    (passage,) = read_passages(index_text([PASSAGE]))
    assert [PASSAGE[start:end] for start, end in PhraseFinder(phrases).find(passage).spans] == found


@given(st.lists(texts), st.lists(texts))
def test_passages_are_read_as_they_were_written(passages: list[str], names: list[str]) -> None:
    together = index_text([*passages, *names])
    terms = index_text(passages).terms + index_text(names, NAME).terms
    indexed = read_passages(IndexedText(terms, together.spans, together.further))
    assert len(indexed) == len(passages) + len(names)
    for text, passage in zip([*passages, *names], indexed, strict=True):
        analysis = analyse(text)
        assert passage.terms == terms_of(text)
        assert passage.bounds == [bound for token in analysis.tokens for bound in (token.start, token.end)]
        for term, positions in passage.positions.items():
            assert positions == [number for number, other in enumerate(passage.terms) if other == term]
        further = [(term, *span) for term, spans in passage.further.items() for span in spans]
        assert sorted(further) == sorted(analysis.further)
