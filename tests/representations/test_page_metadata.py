"""The description, the Open Graph data and the JSON-LD in the head of a page."""

import json
from typing import Any

import html5lib
import httpx
import pytest

from app.representations.page_metadata import MAX_LENGTH, first_sentences
from tests.service import GUIDE

SAMPLE_GUIDE = "/v1/guides/treaty-of-nowhere"
PAGES = {
    "/": "website",
    "/v1/guides": "website",
    SAMPLE_GUIDE: "book",
    f"{SAMPLE_GUIDE}/sections": "website",
    f"{SAMPLE_GUIDE}/sections/signing": "article",
    f"{SAMPLE_GUIDE}/passages": "website",
    f"{SAMPLE_GUIDE}/passages/signing.1": "article",
    f"{SAMPLE_GUIDE}/corrections": "website",
    f"{SAMPLE_GUIDE}/corrections/tuesday": "website",
    f"{SAMPLE_GUIDE}/revisions": "website",
    f"{SAMPLE_GUIDE}/changes": "website",
    "/v1/changes": "website",
    "/v1/topics": "website",
    "/v1/topics/origins": "website",
    "/v1/instruments": "website",
    "/v1/instruments/treaty-of-nowhere": "website",
    "/v1/instruments/treaty-of-nowhere/articles/2": "website",
    "/v1/events": "website",
    "/v1/events/signing": "website",
    "/v1/terms": "website",
    "/v1/terms/pen": "website",
    "/v1/sources": "website",
    "/v1/sources/gazette": "website",
    "/v1/search?q=tea": "website",
}


def head(client: httpx.Client, path: str) -> Any:
    response = client.get(path, headers={"accept": "text/html"})
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return html5lib.parse(response.text, namespaceHTMLElements=False).find("head")


def metadata(client: httpx.Client, path: str) -> dict[str, str]:
    """Return the `meta` elements of a page by name or property."""
    named = [element.attrib for element in head(client, path).iter("meta") if "content" in element.attrib]
    names = [attributes.get("name") or attributes["property"] for attributes in named]
    assert len(set(names)) == len(names)
    return dict(zip(names, (attributes["content"] for attributes in named), strict=True))


def embedded(client: httpx.Client, path: str) -> Any:
    found = [script for script in head(client, path).iter("script") if script.get("type") == "application/ld+json"]
    assert len(found) <= 1
    return json.loads(found[0].text) if found else None


@pytest.mark.parametrize(("path", "type_"), PAGES.items())
def test_a_page_says_what_it_is(sample: httpx.Client, path: str, type_: str) -> None:
    found = metadata(sample, path)
    assert found["og:type"] == type_
    assert found["og:url"].startswith("http://127.0.0.1:8000/")
    assert found["og:site_name"] == "Treaty guide"
    assert found["og:title"]
    assert found["og:description"] == found["description"]
    assert 0 < len(found["description"]) <= MAX_LENGTH


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (SAMPLE_GUIDE, "A made-up guide that shows every construct."),
        (f"{SAMPLE_GUIDE}/sections/ratification", "Ratification took 1. a day and 2. a night."),
        (f"{SAMPLE_GUIDE}/passages/signing.4", "Afterwards there was tea."),
        (f"{SAMPLE_GUIDE}/corrections/tea", "It was coffee for some."),
        ("/v1/instruments/pen-notes", "A series of notes."),
        ("/v1/instruments/treaty-of-nowhere/articles/2", "Tea follows every signing."),
        ("/v1/events/counting", "February 1960: The pens are counted."),
        ("/v1/terms/pen", "What a treaty is signed with."),
        ("/v1/sources/gazette", "The Nowhere News Agency, Nowhere Press, 2 July 1959, no. 7"),
    ],
)
def test_a_description_is_about_the_content(sample: httpx.Client, path: str, text: str) -> None:
    assert metadata(sample, path)["description"] == text


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("One. Two.", "One. Two."),
        (f"A treaty was signed. {'word ' * 50}", "A treaty was signed."),
        (f"One. He said “Two!” {'word ' * 50}", "One. He said “Two!”"),
        (f"One. The U.S. forces {'word ' * 50}", "One."),
        (f"条約は発効した。{'語' * 200}", "条約は発効した。"),
        ("word " * 50, f"{'word ' * 39}word…"),
        ("w" * 10_000, f"{'w' * 199}…"),
        ("One\u202e.\n\n Two\x00.", "One. Two."),
    ],
)
def test_a_description_has_whole_sentences_if_they_fit(text: str, start: str) -> None:
    assert first_sentences(text) == start


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "WebSite"),
        (SAMPLE_GUIDE, "Book"),
        (f"{SAMPLE_GUIDE}/sections/signing", "Chapter"),
        ("/v1/instruments/treaty-of-nowhere", "Legislation"),
        ("/v1/instruments/treaty-of-nowhere/articles/2", "Legislation"),
        ("/v1/events/signing", "Event"),
        ("/v1/terms/pen", "DefinedTerm"),
        ("/v1/sources/gazette", "NewsArticle"),
    ],
)
def test_a_page_embeds_its_json_ld(sample: httpx.Client, path: str, kind: str) -> None:
    data = embedded(sample, path)
    assert (data["@context"], data["@type"]) == ("https://schema.org", kind)
    assert data["@id"] == metadata(sample, path)["og:url"]


def test_a_list_has_no_json_ld(sample: httpx.Client) -> None:
    assert embedded(sample, "/v1/topics") is None


def test_the_json_ld_in_the_page_of_a_section_does_not_repeat_its_text(client: httpx.Client) -> None:
    section = client.get(f"/v1/guides/{GUIDE}/sections/history").json()
    data = json.dumps(embedded(client, section["url"]), ensure_ascii=False)
    assert section["title"] in data
    assert not any(passage["text"] in data for passage in section["passages"])
    assert not any(correction["explanation"] in data for correction in section["corrections"])
