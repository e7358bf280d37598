"""Markdown and plain text of every kind of page."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.representations.documents import BUILDERS
from tests.representations.documents import documents, in_format
from tests.representations.rendered import PARSERS, Rendered, squeezed
from tests.routers.lists import all_items
from tests.service import GUIDE, replace_in, seed, serving

FORMATS = ("md", "txt")
GUIDE_URL = f"/v1/guides/{GUIDE}"
# The title of each list, by the last part of its path.
LISTS = {
    "guides": "Guides",
    "revisions": "Revisions",
    "sections": "Sections",
    "passages": "Passages",
    "corrections": "Corrections",
    "topics": "Topics",
    "instruments": "Treaties and agreements",
    "events": "Timeline",
    "terms": "Glossary",
    "sources": "Sources",
    "downloads": "Downloads",
    "search": "Search for",
    "changes": "Changes",
}


@pytest.fixture(scope="module", params=FORMATS)
def sample_documents(
    sample: httpx.Client, sample_responses: dict[str, httpx.Response], request: pytest.FixtureRequest
) -> dict[str, tuple[Any, str]]:
    """The JSON and the text of every page of the sample guides."""
    return {
        address: (content, text if request.param == "txt" else Rendered(PARSERS["footnotes"](text)).text)
        for address, (content, text) in documents(sample, sample_responses, request.param).items()
    }


def title_of(address: str, content: dict[str, Any]) -> str:
    if address == "/":
        return str(content["name"])
    if "items" in content:
        return LISTS[httpx.URL(address).path.rpartition("/")[2]]
    return str(content["title"] if "title" in content else content["id"])


def test_every_page_begins_with_its_title_and_address(sample_documents: dict[str, tuple[Any, str]]) -> None:
    for address, (content, text) in sample_documents.items():
        head = squeezed(text)[:500]
        assert squeezed(title_of(address, content)) in head, address
        assert (content["url"] if "url" in content else httpx.URL(address).path) in head, address


def test_every_shape_has_a_page(sample_documents: dict[str, tuple[Any, str]]) -> None:
    paths = {httpx.URL(address).path for address in sample_documents}
    shapes = {
        re.sub(
            r"(guides|sections|passages|corrections|revisions|topics|instruments|articles|events|terms|sources)/[^/]+",
            r"\1/*",
            path,
        )
        for path in paths
    }
    # Sections are listed twice: of a guide and of a topic.
    assert len(shapes) == len(BUILDERS) + 1


def test_every_page_ends_with_links_to_continue(sample_documents: dict[str, tuple[Any, str]]) -> None:
    for address, (_, text) in sample_documents.items():
        _, heading, rest = text.rpartition("\nContinue\n")
        assert heading, address
        assert "Otherformats:JSON" in squeezed(rest), address


def all_passages(client: httpx.Client, edition: str) -> list[dict[str, Any]]:
    passages: list[dict[str, Any]] = all_items(client, f"{GUIDE_URL}/passages?edition={edition}&limit=100")
    return passages


def plain(text: str, format_: str) -> str:
    """Return the words of a document without references to notes and white space."""
    if format_ == "md":
        return squeezed(Rendered(PARSERS["footnotes"](text)).text)
    return squeezed(re.sub(r"\[\d+\]", "", text))


def assert_in_order(parts: list[str], text: str) -> None:
    place = 0
    for part in parts:
        place = text.find(part, place)
        assert place >= 0, part
        place += len(part)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("edition", ["corrected", "original"])
def test_a_whole_guide_has_every_passage_in_order(client: httpx.Client, edition: str, format_: str) -> None:
    passages = all_passages(client, edition)
    text = in_format(client, f"{GUIDE_URL}?edition={edition}", format_)
    assert len(passages) == 62
    parts = [squeezed(f"[{passage['id']}]{passage['text']}") for passage in passages]
    assert_in_order(parts, plain(text, format_))


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("edition", ["corrected", "original"])
def test_a_section_has_its_passages_in_order(client: httpx.Client, edition: str, format_: str) -> None:
    passages = all_passages(client, edition)
    for section in client.get(f"{GUIDE_URL}/sections?edition={edition}&limit=100").json()["items"]:
        parts = [f"[{each['id']}]{each['text']}" for each in passages if each["id"].startswith(f"{section['slug']}.")]
        assert parts
        text = in_format(client, section["url"], format_)
        assert_in_order([squeezed(part) for part in parts], plain(text, format_))


def test_headings_are_numbered(client: httpx.Client) -> None:
    text = in_format(client, GUIDE_URL, "txt")
    assert "\n\n4.1 Joint Training Exercises\n~~~~" in text
    assert "\n\n### 4.1 Joint Training Exercises\n" in in_format(client, GUIDE_URL, "md")


def test_links_keep_the_edition_and_the_revision(sample: httpx.Client) -> None:
    revision = sample.get("/v1/guides/treaty-of-nowhere").json()["revision"]
    address = f"/v1/guides/treaty-of-nowhere/sections/signing?edition=original&revision={revision}"
    links = Rendered(PARSERS["footnotes"](in_format(sample, address, "md"))).links
    of_guides = [link for link in links if link.startswith("/v1/guides/")]
    assert len(of_guides) > 8
    for link in of_guides:
        assert dict(httpx.URL(link).params) | {"edition": "original", "revision": revision} == dict(
            httpx.URL(link).params
        )


def test_the_end_of_a_section_leads_on(client: httpx.Client) -> None:
    text = in_format(client, f"{GUIDE_URL}/sections/history", "md")
    _, _, end = text.partition("\n## Continue\n")
    assert f"- **Next:** [Significance of the US-Japan Security Treaty]({GUIDE_URL}/sections/significance)\n" in end
    assert f"- **Previous:** [Introduction]({GUIDE_URL}/sections/introduction)\n" in end
    assert f"- **Guide:** [The Definitive Guide to the US-Japan Security Treaty]({GUIDE_URL})\n" in end
    assert f"[JSON]({GUIDE_URL}/sections/history?format=json)" in end


def test_cross_references_stay_in_their_places(sample: httpx.Client) -> None:
    signing = in_format(sample, "/v1/guides/treaty-of-nowhere/sections/signing", "md")
    assert "sheets of paper.\n\nSee also: A Guide to Pens\n\n[signing.4] " in signing
    opening = in_format(sample, "/v1/guides/treaty-of-nowhere/sections/opening", "md")
    assert "\n\nSee also: [Nowhere and the Sea](/v1/guides/nowhere-and-the-sea)\n\n[opening.1] " in opening


def test_a_supplied_title_is_said_to_be_so(sample: httpx.Client) -> None:
    address = "/v1/guides/treaty-of-nowhere/sections/"
    assert "The editors added the title.\n" in in_format(sample, f"{address}opening", "md")
    assert "The editors added the title.\n" not in in_format(sample, f"{address}signing", "md")


def test_search_results_mark_the_words_and_narrow_the_search(sample: httpx.Client) -> None:
    text = in_format(sample, "/v1/search?q=pen&limit=1&kind=instrument", "md")
    assert "\n- [Notes on pens](/v1/instruments/pen-notes) (instrument)\n  - The **pens** were counted." in text
    assert "- **By topic:** [Origins](/v1/search?kind=instrument&limit=1&q=pen&topic=origins)" in text


def test_the_glossary_has_the_japanese_terms(sample: httpx.Client) -> None:
    for format_ in FORMATS:
        assert " (ペン, pen): What a treaty is signed with.\n" in in_format(sample, "/v1/terms", format_)


def test_a_filtered_list_names_its_filters(sample: httpx.Client) -> None:
    assert "\n\n2 in all, selected by category=domestic, until=1960.\n" in in_format(
        sample, "/v1/events?category=domestic&until=1960", "md"
    )


def test_facts_are_counted_and_left_to_other_formats(sample: httpx.Client) -> None:
    text = in_format(sample, "/v1/guides/treaty-of-nowhere/sections/signing", "md")
    assert "- **Facts, in the JSON and the web page:** 2 instruments, 1 article, 3 events, 2 terms\n" in text
    assert "Treaty of Nowhere](/v1/instruments" not in text


@pytest.mark.parametrize("format_", FORMATS)
def test_a_list_in_a_format_links_its_other_pages_in_that_format(client: httpx.Client, format_: str) -> None:
    pages = []
    address: str | None = f"{GUIDE_URL}/sections?limit=7&format={format_}"
    while address:
        pages.append(plain(client.get(address).text, format_))
        match = re.search(r"Nextpage:(/v1.+?)-?(?:Previous|Guide)", pages[-1])
        address = match[1] if match else None
    assert [page.count("Previouspage:/v1/") for page in pages] == [0, 1, 1]
    sections = all_items(client, f"{GUIDE_URL}/sections")
    assert_in_order([squeezed(section["title"]) for section in sections], "".join(pages))


def test_a_document_does_not_depend_on_how_its_format_was_chosen(client: httpx.Client) -> None:
    address = f"{GUIDE_URL}/sections/history"
    negotiated = client.get(address, headers={"Accept": "text/markdown"})
    assert negotiated.text == in_format(client, address, "md")
    assert client.get(negotiated.headers["content-location"]).text == negotiated.text


def test_a_correction_that_only_deletes_words_says_so(store: Path, seeds: Path) -> None:
    replace_in(seeds / "treaty-of-nowhere", "replacement: a Tuesday & hardly anybody", "replacement: ''")
    seed(store, seeds)
    guide = "/v1/guides/treaty-of-nowhere"
    with serving(store) as client:
        for format_ in FORMATS:
            for path in (f"{guide}/sections/signing", f"{guide}/corrections/nobody", f"{guide}/corrections"):
                text = in_format(client, path, format_)
                assert "without these words" in " ".join(text.split()), path
                assert "“”" not in text, path


def test_passages_of_search_results_list_the_corrections_to_them(client: httpx.Client) -> None:
    for format_ in FORMATS:
        text = in_format(client, "/v1/search?q=market+access&kind=section", format_)
        assert "Corrections to these words: " in text
        assert "market-access" in text
