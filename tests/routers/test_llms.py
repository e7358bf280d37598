"""llms.txt, and the numbers of words in tables of contents."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.service import GUIDE, SAMPLE, replace_in, seed, serving

# Names that exist, for the braces in the page.
NAMES = {
    "guide": GUIDE,
    "section": "history",
    "id": "history.1",
    "instrument": "treaty-1960",
    "article": "5",
    "words": "mutual defense",
}


def addresses(page: str) -> list[str]:
    """Return the addresses of the service that the page names."""
    return [match.rstrip(",.") for match in re.findall(r"(?<![\w/.:}])/[a-z][^\s)`]*", page)]


def test_every_address_in_llms_txt_works(client: httpx.Client) -> None:
    response = client.get("/llms.txt")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    found = addresses(response.text)
    assert len(found) > 12
    for template in found:
        if template == "/mcp":
            continue  # which has tools, tested in tests/mcp/
        address = re.sub("{([a-z]+)}", lambda match: NAMES[match[1]], template)
        assert "{" not in address
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["content-type"].startswith("text/markdown") == ("format=md" in address), address


def test_llms_txt_is_one_short_page_that_names_guides_quotations_and_licences(client: httpx.Client) -> None:
    page = client.get("/llms.txt").text
    assert page.startswith("# Treaty guide\n\n> ")
    assert len(page) < 5_000
    assert re.findall("^## (.*)$", page, re.MULTILINE) == [
        "Guides",
        "Addresses, as Markdown",
        "Before you quote",
        "Licences",
        "Optional",
    ]
    guide = client.get(f"/v1/guides/{GUIDE}").json()
    assert f"[{guide['title']}](/v1/guides/{GUIDE}?format=md)" in page
    assert "not stated by its author" in page
    assert "CC0-1.0" in page
    assert "/v1/quotations?text={words}" in page


def test_addresses_in_llms_txt_are_under_the_public_url(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, public_url="https://treaties.example.org") as client:
        page = client.get("/llms.txt").text
    assert addresses(page) == []
    assert "https://treaties.example.org/v1/search?q={words}&format=md" in page


def test_llms_txt_names_the_tools_unless_they_are_turned_off(client: httpx.Client, store: Path) -> None:
    assert client.get("/llms.txt").text.endswith(" at /mcp\n")
    seed(store, SAMPLE)
    with serving(store, mcp=False) as without:
        assert "/mcp" not in without.get("/llms.txt").text


def test_the_words_of_a_guide_are_no_markup_in_llms_txt(store: Path, seeds: Path) -> None:
    before = "summary: A made-up guide that shows every construct."
    replace_in(seeds / "treaty-of-nowhere", before, 'summary: "{x} [a](https://b.example) <i>"')
    seed(store, seeds)
    with serving(store) as client:
        assert r": \{x} \[a\](https://b.example) \<i>" in client.get("/llms.txt").text


def entries(contents: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield all entries of a table of contents."""
    for entry in contents:
        yield entry
        yield from entries(entry["children"])


@pytest.mark.parametrize("edition", ["corrected", "original"])
def test_contents_have_the_number_of_words_of_each_section(client: httpx.Client, edition: str) -> None:
    guide = client.get(f"/v1/guides/{GUIDE}?edition={edition}").json()
    found = list(entries(guide["contents"]))
    assert len(found) == 18
    for entry in found:
        passages = client.get(entry["url"]).json()["passages"]
        words = [word for passage in passages for word in passage["text"].split() if re.search(r"\w", word)]
        assert entry["words"] == len(words) > 0


def test_the_contents_of_a_guide_as_markdown_name_the_words(sample: httpx.Client) -> None:
    guide = sample.get("/v1/guides/treaty-of-nowhere").json()
    page = sample.get("/v1/guides/treaty-of-nowhere?format=md").text
    for entry in entries(guide["contents"]):
        words = f"{entry['words']} word{'s' * (entry['words'] != 1)}"
        assert re.search(rf"^ *- .*{re.escape(entry['title'])} \({words}\)$", page, re.MULTILINE), entry
