"""Links: what they show, and that they keep the revision and edition."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.crawl import strings
from tests.routers.lists import all_items
from tests.service import GUIDE, SAMPLE, copy_of, replace_in, seed, serving

GUIDE_URL = f"/v1/guides/{GUIDE}"
SEA = "/v1/guides/nowhere-and-the-sea"
NOWHERE = "/v1/guides/treaty-of-nowhere"

# The fields of a link besides `slug`, `title` and `url`.
SHOWN = {
    "instruments": {"date_signed", "confidence"},
    "articles": {"number", "summary", "confidence", "instrument"},
    "events": {"date", "confidence"},
    "terms": {"abbreviation", "definition", "confidence"},
    "topics": set(),
}


@pytest.mark.parametrize("kind", SHOWN)
def test_a_link_shows_what_a_page_needs_as_the_resource_has_it(client: httpx.Client, kind: str) -> None:
    linked = [link for section in all_items(client, f"{GUIDE_URL}/sections") for link in section[kind]]
    assert linked
    for link in {link["url"]: link for link in linked}.values():
        assert link.keys() == {"slug", "title", "url"} | SHOWN[kind]
        resource = client.get(link["url"]).json()
        assert {name: resource[name] for name in link} == link


@pytest.mark.parametrize("address", ["guides", "topics", "instruments", "events", "terms", "sources"])
def test_every_resource_has_a_slug_title_and_url(client: httpx.Client, address: str) -> None:
    for item in all_items(client, f"/v1/{address}"):
        assert item["slug"]
        assert item["title"]
        assert client.get(item["url"]).json() == item


def test_a_page_has_the_cursor_of_the_next_one(client: httpx.Client) -> None:
    page = client.get(f"{GUIDE_URL}/sections?limit=10").json()
    assert (
        client.get(page["next"]).json()
        == client.get(f"{GUIDE_URL}/sections?limit=10&cursor={page['next_cursor']}").json()
    )
    assert client.get(page["next"]).json()["next_cursor"] is None


@pytest.fixture(scope="module")
def pinned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, str]]:
    """A client of a server with two revisions of each sample guide, and the name of the older."""
    folder = tmp_path_factory.mktemp("pinned")
    seeds = copy_of(SAMPLE, folder / "seeds")
    first = {publication.guide: publication.revision for publication in seed(folder / "store.db", seeds)}
    replace_in(seeds / "treaty-of-nowhere", "What a treaty is signed with.", "What signs a treaty.")
    seed(folder / "store.db", seeds)
    with serving(folder / "store.db") as client:
        yield client, first["treaty-of-nowhere"]


def links(body: Any) -> list[str]:
    return [text for _, text in strings(body) if text.startswith("/v1")]


def test_links_keep_the_revision_and_the_edition(pinned: tuple[httpx.Client, str]) -> None:
    client, revision = pinned
    query = f"edition=original&revision={revision}"
    for address in ("", "/sections?limit=2", "/sections/signing", "/passages/signing.1", "/corrections/tuesday"):
        body = client.get(f"{NOWHERE}{address}{'&' if '?' in address else '?'}{query}").json()
        followed = [url for url in links(body) if not url.startswith(("/v1/topics/", SEA))]
        assert followed
        for url in followed:
            parameters = httpx.URL(url).params
            about_guide = url.startswith(NOWHERE) and not url.endswith(("/source", "/revisions", "/changes"))
            assert parameters.get("edition") == ("original" if about_guide else None), url
            is_pinned = about_guide or not url.startswith(NOWHERE)
            assert parameters.get("revision") == (revision if is_pinned else None), url
            assert client.get(url).status_code == 200, url


def test_a_link_to_another_guide_names_no_revision_of_this_one(pinned: tuple[httpx.Client, str]) -> None:
    client, revision = pinned
    section = client.get(f"{NOWHERE}/sections/opening?revision={revision}&edition=original").json()
    assert section["see_also"][0]["url"] == f"{SEA}?edition=original"


def test_by_default_links_name_neither(client: httpx.Client) -> None:
    assert not any("?" in url for url in links(client.get(f"{GUIDE_URL}/sections/history").json()))


@pytest.mark.parametrize("address", ["/v1/terms/pen", "/v1/terms?guide=treaty-of-nowhere"])
def test_facts_can_be_read_in_an_earlier_revision(pinned: tuple[httpx.Client, str], address: str) -> None:
    client, revision = pinned
    now, then = client.get(address), client.get(httpx.URL(address).copy_add_param("revision", revision))
    for response, words in ((now, "What signs a treaty."), (then, "What a treaty is signed with.")):
        assert words in response.text
    assert then.headers["content-revision"] == revision != now.headers["content-revision"]
    assert "immutable" in then.headers["cache-control"]
    sections = [url for url in links(then.json()) if "/sections/" in url]
    assert sections
    assert all(url.endswith(f"?revision={revision}") for url in sections)


@pytest.mark.parametrize("kind", ["instruments", "events", "terms", "sources"])
def test_a_revision_without_a_guide_is_a_422_in_a_list_of_facts(pinned: tuple[httpx.Client, str], kind: str) -> None:
    client, revision = pinned
    [error] = client.get(f"/v1/{kind}?revision={revision}").json()["errors"]
    assert (error["parameter"], "guide" in error["message"]) == ("revision", True)
    assert client.get(f"/v1/{kind}?revision={revision}&guide=treaty-of-nowhere").status_code == 200


@pytest.mark.parametrize("address", ["/v1/terms/pen", "/v1/instruments/pen-notes", "/v1/sources/memoir"])
def test_an_unknown_revision_of_a_fact_is_a_422(pinned: tuple[httpx.Client, str], address: str) -> None:
    client, revision = pinned
    response = client.get(f"{address}?revision=000000000000")
    assert (response.status_code, response.json()["errors"][0]["parameter"]) == (422, "revision")
    assert client.get(f"{address}?revision={revision}").status_code == 200


def test_a_fact_that_a_revision_does_not_have_is_a_404(store: Path, seeds: Path) -> None:
    [first] = [each.revision for each in seed(store, seeds) if each.guide == "treaty-of-nowhere"]
    replace_in(seeds / "treaty-of-nowhere", "slug: pen\n", "slug: quill\n")
    seed(store, seeds)
    with serving(store) as client:
        assert client.get("/v1/terms/quill").status_code == 200
        assert client.get("/v1/terms/pen").status_code == 404
        assert client.get(f"/v1/terms/quill?revision={first}").status_code == 404
        assert client.get(f"/v1/terms/pen?revision={first}").status_code == 200


def test_content_revision_is_the_revision_that_was_read(client: httpx.Client) -> None:
    revision = client.get(GUIDE_URL).json()["revision"]
    for address in (
        GUIDE_URL,
        f"{GUIDE_URL}/source",
        f"{GUIDE_URL}/passages",
        "/v1/events/1986",
        f"/v1/terms?guide={GUIDE}",
    ):
        assert client.get(address).headers["content-revision"] == revision
        assert client.head(address).headers["content-revision"] == revision
    assert "content-revision" not in client.get("/v1/terms").headers
    etag = client.get(GUIDE_URL).headers["etag"]
    assert client.get(GUIDE_URL, headers={"If-None-Match": etag}).headers["content-revision"] == revision
