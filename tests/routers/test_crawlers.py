"""robots.txt and the sitemap; https://www.sitemaps.org/protocol.html has the rules that are checked here."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

from app.routers import crawlers
from tests.service import SAMPLE, replace_in, seed, serving

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
URL_LENGTHS = range(12, 2_049)  # characters


def entries(text: str, root: str = "urlset", entry: str = "url") -> dict[str, str | None]:
    """Return the URLs of a sitemap with the times of their last changes, and check its form."""
    document = ElementTree.fromstring(text)
    assert document.tag == f"{NAMESPACE}{root}"
    assert {element.tag for element in document} == {f"{NAMESPACE}{entry}"}
    found = {}
    for element in document:
        children = {child.tag.removeprefix(NAMESPACE): child.text for child in element}
        assert list(children) in (["loc"], ["loc", "lastmod"])
        url = children["loc"]
        assert url is not None
        assert len(url) in URL_LENGTHS
        assert url not in found
        found[url] = time = children.get("lastmod")
        assert time is None or datetime.fromisoformat(time).tzinfo is not None
    return found


def listed(client: httpx.Client) -> list[str]:
    """Return the paths in the sitemap."""
    return [url.removeprefix("http://127.0.0.1:8000") for url in entries(client.get("/sitemap.xml").text)]


def paths(client: httpx.Client) -> Iterator[str]:
    """Yield the address of everything that has a page of its own and is not about a passage."""
    yield "/"
    for address in ("guides", "topics", "instruments", "events", "terms", "sources"):
        for item in client.get(f"/v1/{address}?limit=100").json()["items"]:
            yield item["url"]
            yield from (article["url"] for article in item.get("articles", []))
    for guide in client.get("/v1/guides").json()["items"]:
        sections = client.get(f"{guide['links']['sections']}?limit=100").json()["items"]
        yield from (section["url"] for section in sections)


def test_robots_allow_all_and_name_the_sitemap(sample: httpx.Client) -> None:
    response = sample.get("/robots.txt")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text == "User-agent: *\nAllow: /\n\nSitemap: http://127.0.0.1:8000/sitemap.xml\n"


def test_robots_have_the_usage_line_that_the_operator_has_set(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, content_signal="search=yes,ai-train=no", public_url="https://treaties.example.org") as client:
        group, _, rest = client.get("/robots.txt").text.partition("\n\n")
    assert group.splitlines() == ["User-agent: *", "Content-Signal: search=yes, ai-train=no", "Allow: /"]
    assert rest == "Sitemap: https://treaties.example.org/sitemap.xml\n"


def test_the_sitemap_lists_every_page_once(sample: httpx.Client) -> None:
    assert sorted(listed(sample)) == sorted(paths(sample))


def test_sections_are_listed_in_reading_order(sample: httpx.Client) -> None:
    sections = sample.get("/v1/guides/treaty-of-nowhere/sections").json()["items"]
    found = [path for path in listed(sample) if path.startswith("/v1/guides/treaty-of-nowhere/sections/")]
    assert found == [section["url"] for section in sections]


def test_a_page_has_the_time_of_the_publication_in_which_it_last_changed(seeds: Path, store: Path) -> None:
    seed(store, seeds)
    replace_in(seeds / "treaty-of-nowhere", "Fish pay nothing.", "Fish pay little.")
    seed(store, seeds)
    with serving(store) as client:
        times = entries(client.get("/sitemap.xml").text)
        revisions = client.get("/v1/guides/treaty-of-nowhere/revisions").json()["items"]
    newer, older = (datetime.fromisoformat(revision["published_at"]) for revision in revisions)
    expected = {
        "/": newer,
        "/v1/guides/treaty-of-nowhere": newer,
        "/v1/guides/treaty-of-nowhere/sections/fish": newer,
        "/v1/guides/treaty-of-nowhere/sections/opening": older,
        "/v1/instruments/treaty-of-nowhere/articles/2": older,
        "/v1/sources/gazette": older,
    }
    changed = {path: times[f"http://127.0.0.1:8000{path}"] for path in expected}
    assert {path: time and datetime.fromisoformat(time) for path, time in changed.items()} == expected
    assert times["http://127.0.0.1:8000/v1/topics/origins"] is None


def test_a_long_sitemap_is_an_index_of_shorter_ones(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed(store, SAMPLE)
    with serving(store, cache_bytes=0) as client:
        whole = listed(client)
        monkeypatch.setattr(crawlers, "MAX_URLS", 10)
        index = [url.removeprefix("http://127.0.0.1:8000") for url in entries_of_index(client)]
        parts = [list(entries(client.get(path).text)) for path in index]
        assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert [len(part) for part in parts[:-1]] == [10] * (len(parts) - 1)
    assert [url.removeprefix("http://127.0.0.1:8000") for part in parts for url in part] == whole


def entries_of_index(client: httpx.Client) -> dict[str, str | None]:
    return entries(client.get("/sitemap.xml").text, "sitemapindex", "sitemap")


def test_urls_in_a_sitemap_are_escaped(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, public_url="https://treaties.example.org/a&b'c") as client:
        text = client.get("/sitemap.xml").text
    assert "<loc>https://treaties.example.org/a&amp;b&apos;c/v1/topics/origins</loc>" in text
    assert "https://treaties.example.org/a&b'c/v1/topics/origins" in entries(text)


def test_crawlers_revalidate_the_sitemap(sample: httpx.Client) -> None:
    response = sample.get("/sitemap.xml")
    assert response.headers["content-type"] == "application/xml"
    again = sample.get("/sitemap.xml", headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/sitemap-0.xml", "/sitemap-01.xml", "/sitemap-x.xml", "/sitemap-9999999.xml"])
def test_there_is_no_other_part_of_the_sitemap(sample: httpx.Client, path: str) -> None:
    assert sample.get(path).status_code == 404
