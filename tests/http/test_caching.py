"""Cache lifetimes and the response cache, as in lines 16 and 17 of the contract."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.http.addresses import CONTENT, HEALTH, PASSAGE, PROBLEMS, SEA, SECTION
from tests.http.responses import get, stable_headers
from tests.raw import exchange
from tests.service import GUIDE, SAMPLE, seed, serving, statements

HARBOURS = f"{SEA}/sections/harbours"


def reword(seeds: Path, word: str) -> None:
    """Change the sentence about harbours in a sample guide."""
    path = seeds / "nowhere-and-the-sea/guide.md"
    (line,) = (line for line in path.read_text().splitlines() if "harbour" in line and not line.startswith(("#", " ")))
    path.write_text(path.read_text().replace(line, f"Nowhere has {word} harbour."))


@pytest.mark.parametrize("address", CONTENT)
def test_line_16_content_may_be_cached_and_used_while_it_is_revalidated(client: httpx.Client, address: str) -> None:
    value = client.get(address).headers["cache-control"]
    assert re.fullmatch(r"public, max-age=[1-9]\d*, stale-while-revalidate=[1-9]\d*", value)


def test_line_16_an_address_pinned_by_its_revision_is_immutable_for_a_year(client: httpx.Client) -> None:
    revision = client.get(f"/v1/guides/{GUIDE}").json()["revision"]
    for address in (SECTION, PASSAGE, f"/v1/guides/{GUIDE}", f"/v1/guides/{GUIDE}/sections"):
        response = client.get(address, params={"revision": revision})
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_line_16_the_list_of_revisions_is_not_immutable(client: httpx.Client) -> None:
    revision = client.get(f"/v1/guides/{GUIDE}").json()["revision"]
    response = client.get(f"/v1/guides/{GUIDE}/revisions", params={"revision": revision})
    assert "immutable" not in response.headers["cache-control"]


@pytest.mark.parametrize("address", [*PROBLEMS, *HEALTH])
def test_line_16_problems_and_health_are_not_stored(client: httpx.Client, address: str) -> None:
    assert client.get(address).headers["cache-control"] == "no-store"


def test_line_17_every_worker_serves_a_publication_at_once(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    with serving(store) as one, serving(store) as another:
        for word in ("one", "two", "three", "two"):
            reword(seeds, word)
            seed(store, seeds)
            for worker in (one, another):
                for coding in ("identity", "identity", "br", "br"):
                    assert f"Nowhere has {word} harbour." in get(worker, HARBOURS, coding).text


def test_line_17_no_response_mixes_two_revisions_while_a_guide_is_published(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    words = {}
    done = threading.Event()

    def publish() -> None:
        for n in range(15):
            reword(seeds, f"number-{n}")
            published = {publication.guide: publication.revision for publication in seed(store, seeds)}
            words[published["nowhere-and-the-sea"]] = f"number-{n}"
        done.set()

    def read(client: httpx.Client) -> list[tuple[str, str]]:
        pairs = []
        while not done.is_set():
            section = client.get(HARBOURS).raise_for_status().json()
            pairs.append((section["revision"], section["passages"][0]["text"]))
        return pairs

    with serving(store) as one, serving(store) as another, ThreadPoolExecutor() as threads:
        # FastAPI prepares a route at its first request, and cannot do so in two threads at once.
        assert one.get(HARBOURS).content == another.get(HARBOURS).content
        readers = [threads.submit(read, client) for client in (one, another)]
        threads.submit(publish).result()
        pairs = {pair for reader in readers for pair in reader.result()}
    assert len(pairs) > 2
    assert all(words[revision] in text for revision, text in pairs if revision in words)


def test_a_cached_response_needs_no_statement(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store) as client:
        for coding in ("identity", "gzip", "br", "zstd"):
            first = get(client, HARBOURS, coding)
            with statements() as executed:
                again = get(client, HARBOURS, coding)
                head = client.head(HARBOURS, headers={"Accept-Encoding": coding})
                not_modified = get(client, HARBOURS, coding, if_none_match=first.headers["etag"])
            assert executed == []
            assert again.content == first.content
            assert (head.status_code, not_modified.status_code) == (200, 304)


def test_without_a_capacity_no_response_is_cached(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, cache_bytes=0) as client:
        for _ in range(2):
            with statements() as executed:
                assert client.get(HARBOURS).status_code == 200
            assert executed != []


def test_a_cached_response_equals_one_that_is_not_cached(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store) as cached, serving(store, cache_bytes=0) as uncached:
        for address in ("/", "/v1/guides", HARBOURS, f"{SEA}/sections?limit=1", "/docs", "/openapi.json"):
            for coding in ("identity", "gzip"):
                responses = [get(client, address, coding) for client in (cached, cached, uncached)]
                assert len({response.content for response in responses}) == 1
                assert len({str(sorted(stable_headers(response).items())) for response in responses}) == 1


REQUEST = f"GET {HARBOURS} HTTP/1.1\r\nHost: h\r\n\r\n"
LAST = REQUEST.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
EXCHANGES = {
    "one request": LAST,
    "two requests": REQUEST + LAST,
    "HEAD": REQUEST.replace("GET", "HEAD") + LAST,
    "If-None-Match": REQUEST.replace("h\r\n", "h\r\nIf-None-Match: *\r\n") + LAST,
    "X-Request-ID": REQUEST.replace("h\r\n", "h\r\nX-Request-ID: mine\r\n") + LAST,
    "HTTP/1.0": REQUEST.replace("1.1", "1.0"),
    "Expect": REQUEST.replace("h\r\n", "h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n") + "x" + LAST,
}


def test_a_cached_response_has_the_same_bytes_on_the_wire_as_one_that_is_not_cached(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store) as cached, serving(store, cache_bytes=0) as uncached:
        get(cached, HARBOURS, "").raise_for_status()
        for name, request in EXCHANGES.items():
            received = {
                re.sub(rb"\r\n(date|x-request-id): (?!mine).*", b"", exchange(client, request.encode()))
                for client in (cached, uncached)
            }
            assert len(received) == 1, name


def test_a_store_that_replaces_another_empties_the_cache(store: Path, seeds: Path, tmp_path: Path) -> None:
    seed(store, seeds)
    reword(seeds, "one")
    seed(tmp_path / "new.db", seeds)
    with serving(store) as client:
        assert "one harbour" not in client.get(HARBOURS).text
        (tmp_path / "new.db").replace(store)
        assert "one harbour" in client.get(HARBOURS).text


def test_a_store_that_is_copied_over_another_empties_the_cache(store: Path, seeds: Path, tmp_path: Path) -> None:
    folder = seeds / "nowhere-and-the-sea"
    seed(store, folder)
    reword(seeds, "one")
    seed(tmp_path / "new.db", folder)
    with serving(store) as client:
        assert "no harbour" in client.get(f"{SEA}/passages/harbours.1").text
        store.write_bytes((tmp_path / "new.db").read_bytes())
        assert "one harbour" in client.get(f"{SEA}/passages/harbours.1").text
        assert "one harbour" in client.get(f"{SEA}/sections").text


def test_a_problem_is_not_cached(store: Path) -> None:
    with serving(store) as client:
        assert client.get(HARBOURS).status_code == 503
        seed(store, SAMPLE)
        assert client.get(HARBOURS).status_code == 200
        for _ in range(2):
            with statements() as executed:
                assert client.get(f"{SEA}/sections/nope").status_code == 404
            assert executed != []
