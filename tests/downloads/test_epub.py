"""A guide as a book."""

import io
import posixpath
import re
import zipfile
from xml.etree.ElementTree import Element, fromstring

import httpx
import pytest

from tests.downloads.files import GUIDE_URL, NOWHERE, SEA, all_items, download, unzip

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def pages(content: bytes) -> dict[str, Element]:
    return {
        name.removeprefix("EPUB/"): fromstring(text)
        for name, text in unzip(content).items()
        if name.endswith((".xhtml", ".opf"))
    }


def words(element: Element) -> str:
    """Return the text of a passage without the numbers of notes."""
    if element.get(EPUB_TYPE) == "noteref":
        return ""
    return (element.text or "") + "".join(words(child) + (child.tail or "") for child in element)


@pytest.fixture(scope="module", params=["corrected", "original"])
def edition(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def book(client: httpx.Client, edition: str) -> dict[str, Element]:
    return pages(download(client, GUIDE_URL, "epub", edition))


def test_the_media_type_comes_first_and_is_not_compressed(client: httpx.Client, edition: str) -> None:
    with zipfile.ZipFile(io.BytesIO(download(client, GUIDE_URL, "epub", edition))) as archive:
        first, *others = archive.infolist()
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read(first) == b"application/epub+zip"
        assert {entry.date_time for entry in others} == {(1980, 1, 1, 0, 0, 0)}


def test_the_passages_have_the_text_of_the_edition(
    client: httpx.Client, book: dict[str, Element], edition: str
) -> None:
    texts = {
        element.get("id"): words(element)
        for page in book.values()
        for element in page.iter()
        if element.get("id", "").startswith("passage.")
    }
    passages = all_items(client, f"{GUIDE_URL}/passages?edition={edition}")
    assert texts == {f"passage.{passage['id']}": passage["text"] for passage in passages}


@pytest.mark.parametrize("guide", [SEA, NOWHERE])
def test_every_link_in_a_small_guide_leads_to_a_place(sample: httpx.Client, guide: str) -> None:
    check_links(pages(download(sample, guide, "epub")))


def test_every_link_leads_to_a_place_in_the_book_or_to_the_web(book: dict[str, Element]) -> None:
    check_links(book)


def check_links(book: dict[str, Element]) -> None:
    ids = {name: [element.get("id") for element in page.iter() if element.get("id")] for name, page in book.items()}
    for name, page in book.items():
        assert len(ids[name]) == len(set(ids[name]))
        for link in page.iter(f"{XHTML}a"):
            address = link.attrib["href"]
            if not address.startswith(("http://", "https://")):
                file, _, fragment = address.partition("#")
                target = posixpath.normpath(file) if file else name
                assert target in book, address
                assert not fragment or fragment in ids[target], address


def test_every_correction_is_a_note_that_its_words_lead_to(client: httpx.Client, book: dict[str, Element]) -> None:
    notes = [element for page in book.values() for element in page.iter() if element.get(EPUB_TYPE) == "endnote"]
    slugs = {str(note.get("id")).rpartition(".")[2] for note in notes}
    assert slugs == {correction["slug"] for correction in all_items(client, f"{GUIDE_URL}/corrections")}
    references = {
        f"{link.get('href')}": link.get("id")
        for page in book.values()
        for link in page.iter(f"{XHTML}a")
        if link.get("role") == "doc-noteref"
    }
    assert references.keys() == {f"#{note.get('id')}" for note in notes}


def test_the_differences_are_the_applied_corrections(client: httpx.Client, book: dict[str, Element]) -> None:
    applied = all_items(client, f"{GUIDE_URL}/corrections?status=applied")
    page = book["differences.xhtml"]
    for tag, field, label in (("del", "quote", "The author’s words: "), ("ins", "replacement", "Corrected: ")):
        found = [words(element).removeprefix(label) for element in page.iter(f"{XHTML}{tag}")]
        assert found == [correction[field] for correction in applied]


def test_passages_are_named_by_their_section_since_no_id_is_printed(
    client: httpx.Client, book: dict[str, Element], edition: str
) -> None:
    assert "Key Provisions within the US-Japan Security Treaty, passage 3" in words(book["differences.xhtml"])
    assert f"{edition.capitalize()} edition" in words(book["title.xhtml"])
    printed = " ".join(map(words, book.values()))
    passages = all_items(client, f"{GUIDE_URL}/passages")
    assert [passage["id"] for passage in passages if passage["id"] in printed] == []


def test_the_appendices_have_every_fact_and_source(client: httpx.Client, book: dict[str, Element]) -> None:
    guide = client.get(GUIDE_URL).json()
    for kind, file in (("event", "timeline"), ("term", "glossary"), ("instrument", "treaties"), ("source", "sources")):
        found = {element.get("id") for element in book[f"{file}.xhtml"].iter()}
        assert {f"{kind}-{item['slug']}" for item in all_items(client, guide["links"][f"{kind}s"])} <= found


def test_the_metadata_names_the_guide_the_edition_and_how_accessible_the_book_is(
    client: httpx.Client, book: dict[str, Element], edition: str
) -> None:
    guide = client.get(GUIDE_URL).json()
    package = book["package.opf"]
    properties: dict[str, list[str | None]] = {}
    for element in package.iter():
        name = element.get("property") or element.tag.removeprefix("{http://purl.org/dc/elements/1.1/}")
        properties.setdefault(name, []).append(element.text)
    assert properties["title"] == [guide["title"], f"{edition.capitalize()} edition"]
    assert properties["language"] == [guide["language"]]
    assert properties["schema:version"] == [guide["revision"]]
    assert re.sub(r"\.\d+", "", guide["published_at"]) == (properties["dcterms:modified"][0])
    for name in ("accessMode", "accessModeSufficient", "accessibilityHazard", "accessibilitySummary"):
        assert properties[f"schema:{name}"]


def test_a_guide_without_facts_has_no_empty_pages(sample: httpx.Client) -> None:
    book = pages(download(sample, SEA, "epub"))
    counts = sample.get(SEA).json()["counts"]
    for kind, file in (("events", "timeline"), ("terms", "glossary"), ("instruments", "treaties")):
        assert (f"{file}.xhtml" in book) == bool(counts[kind])
