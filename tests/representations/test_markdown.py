"""Markdown: footnotes, and a guide that tries to be more than text."""

import re
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.representations.blocks import Heading, Item, Note, NoteMark, Paragraph, PassageID, Strong, link
from app.representations.markdown import write_markdown
from tests.conftest import UNLINKED
from tests.crawl import crawl
from tests.examples import examples
from tests.representations.documents import documents, in_format
from tests.representations.hostile_guide import GUIDE as HOSTILE
from tests.representations.hostile_guide import TEXTS
from tests.representations.rendered import NOTE_TAGS, PARSERS, TAGS, Rendered, controls, squeezed
from tests.service import GUIDE

MARKS = "#*_`~[](){}<>|\\&;:!^$=+-.\"'/@0123456789 \t\n\r\0\x1b\u202e\u2066\u2069\u202c\u2028"
ANY_TEXT = st.text(st.one_of(st.sampled_from(MARKS), st.sampled_from("axjs語é"), st.characters()), max_size=60)


@pytest.fixture(scope="module")
def hostile_documents(hostile: httpx.Client) -> dict[str, tuple[Any, str]]:
    """The Markdown of every page of the hostile guide."""
    return documents(hostile, crawl(hostile, *UNLINKED), "md")


def references(text: str) -> list[str]:
    return re.findall(r"(?<!\\)\[\^([a-z0-9-]+)\](?!:)", text)


def definitions(text: str) -> list[str]:
    return re.findall(r"^\[\^([a-z0-9-]+)\]: ", text, re.MULTILINE)


@pytest.mark.parametrize("edition", ["corrected", "original"])
def test_every_correction_of_a_section_is_a_footnote(client: httpx.Client, edition: str) -> None:
    for section in client.get(f"/v1/guides/{GUIDE}/sections?edition={edition}&limit=100").json()["items"]:
        text = in_format(client, section["url"], "md")
        assert definitions(text) == list(dict.fromkeys(references(text)))
        assert set(definitions(text)) == {correction["slug"] for correction in section["corrections"]}


def test_every_correction_of_a_guide_is_one_footnote(client: httpx.Client) -> None:
    text = in_format(client, f"/v1/guides/{GUIDE}", "md")
    assert definitions(text) == list(dict.fromkeys(references(text)))
    assert len(definitions(text)) == 51


def test_a_footnote_has_status_quote_replacement_explanation_and_sources(sample: httpx.Client) -> None:
    text = in_format(sample, "/v1/guides/treaty-of-nowhere/sections/signing", "md")
    assert (
        "[^tuesday]: Applied correction, factual error, major. The author wrote “on a Tuesday”. Corrected edition: “on"
        " Wednesday, 1 July 1959,”. The Gazette of the day after says so. Sources: [The Nowhere Gazette &"
        " Advertiser](https://gazette.example/1959?page=3&column=2), p. 3; [My Life with Pens](/v1/sources/memoir)."
        " Record: [tuesday](/v1/guides/treaty-of-nowhere/corrections/tuesday).\n"
    ) in text


def test_a_footnote_is_referred_to_where_the_quoted_words_end(sample: httpx.Client) -> None:
    text = in_format(sample, "/v1/guides/treaty-of-nowhere/sections/signing?edition=original", "md")
    assert "[signing.1] The treaty was signed on a Tuesday[^tuesday] & nobody[^nobody] \\<script>" in text


def test_a_footnote_names_the_further_quotes_of_its_section(sample: httpx.Client) -> None:
    text = in_format(sample, "/v1/guides/treaty-of-nowhere/sections/ratification", "md")
    assert "The author wrote “on a Tuesday”; here also “took 1. a day”. " in text


@pytest.mark.parametrize("parser", PARSERS)
def test_a_hostile_guide_is_inert(hostile_documents: dict[str, tuple[Any, str]], parser: str) -> None:
    assert len(hostile_documents) > 100
    for address, (_, text) in hostile_documents.items():
        assert controls(text) == {"\n"}
        page = Rendered(PARSERS[parser](text))
        assert page.tags <= TAGS | (NOTE_TAGS if parser in {"footnotes", "extensions"} else set()), address
        assert page.attributes <= {"href", "class", "id"}, address
        for link_ in page.links:
            assert link_.startswith(("/", "#fn", "https://gazette.example/", "https://treaty.example/")), address


@pytest.mark.parametrize("parser", PARSERS)
def test_a_hostile_guide_keeps_its_words(hostile: httpx.Client, parser: str) -> None:
    text = squeezed(Rendered(PARSERS[parser](in_format(hostile, f"/v1/guides/{HOSTILE}", "md"))).text)
    for number, words in enumerate(TEXTS):
        assert squeezed(f"[hostile-{number}.1]{words}") in text
        assert squeezed(f"[hostile-{number}.2]{words}") in text
        assert text.count(squeezed(words)) >= 4  # also as a title, in the contents and above the section


def blocks(text: str) -> list[Heading | Paragraph | Item | Note]:
    """Return a text in every place where a document has text."""
    return [
        Heading(1, text),
        Paragraph((text,)),
        Paragraph((PassageID("a.1"), text, NoteMark("note"), text, NoteMark("note"))),
        Item((text,)),
        Item((PassageID("a.2"), text)),
        Item((Strong("Name:"), " ", link(text, "/v1/a"), text, link(text, text))),
        Note("note", ("Words. ", text, link(text, "https://a.example/(x)?a=1&copy;=2"))),
        Heading(2, text),
    ]


@settings(max_examples=examples(200))
@given(text=ANY_TEXT)
def test_any_text_is_inert(text: str) -> None:
    markdown = write_markdown(blocks(text))
    for name, render in PARSERS.items():
        page = Rendered(render(markdown))
        assert page.tags <= TAGS | NOTE_TAGS, name
        assert page.attributes <= {"href", "class", "id"}, name
        assert {each for each in page.links if not each.startswith(("/", "#fn", "https://a.example/", "http"))} == set()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " javascript:x", "data:text/html,x", "//evil.example", "x", None]
)
def test_only_web_addresses_and_paths_become_links(url: str | None) -> None:
    assert link("a title", url) == "a title"


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("Now!", "", "Now\\![^a]"),
        ("2^", "", "2\\^[^a]"),
        ("Now", "(1960)", "Now[^a]\\(1960)"),
        ("Now", ": 1960", "Now[^a]\\: 1960"),
    ],
)
def test_a_text_cannot_change_the_reference_beside_it(before: str, after: str, line: str) -> None:
    assert write_markdown([Paragraph((before, NoteMark("a"), after))]) == f"{line}\n"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("{onclick=alert(1)}", "\\{onclick=alert(1)}"),
        ("$5 and ~6~", "\\$5 and \\~6\\~"),
        (": definition", "\\: definition"),
        ("| a | b |", "\\| a | b |"),
        ("!!! note", "\\!!! note"),
        ("a: b | c!", "a: b | c\\!"),
    ],
)
def test_the_markup_of_extensions_is_escaped(text: str, escaped: str) -> None:
    assert write_markdown([Paragraph((text,))]) == f"{escaped}\n"


def test_an_address_cannot_end_its_link() -> None:
    text = write_markdown([Paragraph((link("a", "https://a.example/x) [b](javascript:alert(1)) <y> \\"),))])
    page = Rendered(PARSERS["html"](text))
    assert page.links == {"https://a.example/x)%20%5Bb%5D(javascript:alert(1))%20%3Cy%3E%20%5C"}


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("\u202eabc", "\u202eabc\u202c"),
        ("\u202eabc\u202c", "\u202eabc\u202c"),
        ("\u2067a\u202ab", "\u2067a\u202ab\u202c\u2069"),
        ("\u2067a\u202ab\u2069", "\u2067a\u202ab\u2069"),
    ],
)
def test_a_direction_ends_with_its_text(text: str, ended: str) -> None:
    assert write_markdown([Paragraph((text, " after"))]) == f"{ended} after\n"
