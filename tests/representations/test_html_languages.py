"""Languages in web pages: the guide's words have its language, the words of the service are English."""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

import httpx
import pytest

from tests.representations.pages import crawl_pages, page, with_class
from tests.service import SAMPLE, copy_of, seed, serving

GUIDE_URL = "/v1/guides/treaty-of-nowhere"
EDITIONS = ("corrected", "original")
LISTS = (
    *(f"{GUIDE_URL}{path}?edition={edition}" for path in ("/sections", "/corrections") for edition in EDITIONS),
    *(f"/v1/{facts}?guide=treaty-of-nowhere" for facts in ("instruments", "events", "terms", "sources")),
)


@pytest.fixture(scope="module")
def japanese(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server whose sample guide says that it is in Japanese."""
    folder = tmp_path_factory.mktemp("japanese")
    guide = copy_of(SAMPLE, folder / "seeds") / "treaty-of-nowhere" / "guide.md"
    guide.write_text(guide.read_text(encoding="utf-8").replace("language: en", "language: ja"), encoding="utf-8")
    seed(folder / "store.db", folder / "seeds")
    with serving(folder / "store.db") as client:
        yield client


@pytest.fixture(scope="module")
def pages(japanese: httpx.Client) -> dict[str, Element]:
    return crawl_pages(japanese, *LISTS)


def words(element: Element, language: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts and labels in an element, each after its language."""
    language = element.get("lang", language)
    yield from ((language, each.strip()) for each in (element.text, element.get("aria-label")) if each)
    for child in element:
        yield from words(child, language)
        yield language, (child.tail or "").strip()


def in_japanese(root: Element) -> set[str]:
    return {each for language, each in words(root) if language == "ja" and each}


def strings(value: Any) -> Iterator[str]:
    """Yield all texts in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def test_words_in_the_language_of_a_guide_are_those_of_the_guide(
    japanese: httpx.Client, pages: dict[str, Element]
) -> None:
    documents = [japanese.get(address).json() for address in (GUIDE_URL, *LISTS, f"{GUIDE_URL}/corrections?limit=100")]
    written = " ".join(strings(documents))
    found = {
        (address, each)
        for address, root in pages.items()
        for each in in_japanese(root)
        if each.strip("…") not in written
    }
    assert found == set()
    assert sum(bool(in_japanese(root)) for root in pages.values()) > 40


def test_every_passage_has_the_language_of_the_guide(pages: dict[str, Element]) -> None:
    for address, root in pages.items():
        if address.startswith(GUIDE_URL):
            for passage in with_class(root, "passage"):
                assert passage.get("lang") == "ja", address


def test_titles_quotes_and_explanations_have_the_language_of_the_guide(japanese: httpx.Client) -> None:
    section = japanese.get(f"{GUIDE_URL}/sections/signing").json()
    correction = japanese.get(f"{GUIDE_URL}/corrections/tuesday").json()
    shown = in_japanese(page(japanese, section["url"]))
    assert shown >= {section["title"], section["next"]["title"], section["terms"][0]["definition"]}
    words_of_editors = {correction[name] for name in ("quote", "replacement", "explanation")}
    assert words_of_editors <= shown
    assert words_of_editors <= in_japanese(page(japanese, f"{GUIDE_URL}/corrections"))
    for address, names in {
        GUIDE_URL: ("title", "summary"),
        "/v1/terms/pen": ("title", "definition"),
        "/v1/instruments/treaty-of-nowhere": ("title", "description", "status"),
        "/v1/events/signing": ("title",),
        "/v1/sources/memoir": ("title",),
    }.items():
        fact = japanese.get(address).json()
        assert in_japanese(page(japanese, address)) >= {fact[name] for name in names}
    assert in_japanese(page(japanese, "/v1/guides")) >= {"A Guide to the Treaty of Nowhere", "Opening"}


def test_pages_of_an_english_guide_name_their_language_once(sample: httpx.Client) -> None:
    for address in ("/", GUIDE_URL, f"{GUIDE_URL}/sections/signing", f"{GUIDE_URL}/corrections/tuesday"):
        assert [element.tag for element in page(sample, address).iter() if element.get("lang")] == ["html"], address
