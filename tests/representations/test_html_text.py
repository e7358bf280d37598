"""Marks in a text: they nest whatever spans overlap, and the text stays as it is."""

from itertools import pairwise
from xml.etree.ElementTree import Element as XMLElement

from hypothesis import given
from hypothesis import strategies as st

from app.representations.html.marked_text import Element, mark
from tests.representations.pages import parse, text

texts = st.text('ab <&">\u202e条😀', max_size=12)


def spans(length: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(*[st.integers(0, length)] * 2).map(lambda ends: (min(ends), max(ends)))


def covered(element: XMLElement, position: int = 0) -> list[tuple[str, int, int]]:
    """Return the tag or class, the start and the end of each element in an element."""
    found: list[tuple[str, int, int]] = []
    position += len(element.text or "")
    for child in element:
        name = child.get("class", child.tag).split()[0]
        found += [(name, position, position + len(text(child))), *covered(child, position)]
        position += len(text(child)) + len(child.tail or "")
    return found


@given(st.data(), texts)
def test_each_element_covers_its_span_and_links_are_whole(data: st.DataObject, words: str) -> None:
    ends = sorted(data.draw(st.sets(st.integers(0, len(words)), max_size=6)))
    links = [Element(start, end, "a", "link", ' href="/"') for start, end in list(pairwise(ends))[::2]]
    others = [
        Element(start, end, "ins", f"other-{n}", after=f'<b class="after-{n}"></b>')
        for n, (start, end) in enumerate(data.draw(st.lists(spans(len(words)), max_size=5)))
    ]
    (paragraph,) = parse(f"<!doctype html><title>t</title><p>{mark(words, links, others)!s}</p>").iter("p")
    assert text(paragraph) == words
    found = covered(paragraph)
    assert [(start, end) for name, start, end in found if name == "link"] == [(link.start, link.end) for link in links]
    for n, other in enumerate(others):
        parts = [range(start, end) for name, start, end in found if name == f"other-{n}"]
        assert [position for part in parts for position in part] == list(range(other.start, other.end))
        ((place, _),) = [(start, end) for name, start, end in found if name == f"after-{n}"]
        assert place == next((link.end for link in links if link.start < other.end < link.end), other.end)
    assert not [inner for link in paragraph.iter("a") for inner in link.iter("b")]


def test_an_element_that_crosses_a_link_is_split_around_its_end() -> None:
    marked = mark("one two three", [Element(4, 7, "a", "link")], [Element(0, 5, "ins", "noted", after="!")])
    assert marked == (
        '<ins class="noted continues">one </ins><a class="link"><ins class="noted continued">t</ins>wo</a>! three'
    )
