"""The response cache: what it holds, for how long, and that nobody can tell."""

import asyncio
import re
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import pytest

from app.http.accept import cache_short
from app.http.messages import Request, Response
from app.http.response_cache import ENTRY_OVERHEAD_BYTES, MAX_BODY_BYTES, ResponseCache
from app.store.version import StoreVersion
from app.urls import URLs
from tests.raw import exchange
from tests.service import SAMPLE, seed, serving, statements

SEA = "/v1/guides/nowhere-and-the-sea"
SECTION = f"{SEA}/sections/harbours"


def reword(seeds: Path, words: str) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    (line,) = (line for line in path.read_text().splitlines() if "harbour" in line and not line.startswith(("#", " ")))
    path.write_text(path.read_text().replace(line, f"Nowhere has {words} harbour."))


def test_what_was_asked_before_is_answered_without_the_store(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store) as client:
        for coding in ("identity", "gzip", "br", "zstd"):
            first = client.get(SECTION, headers={"Accept-Encoding": coding})
            with statements() as said:
                again = client.get(SECTION, headers={"Accept-Encoding": coding})
                head = client.head(SECTION, headers={"Accept-Encoding": coding})
                etag = first.headers["etag"]
                known = client.get(SECTION, headers={"Accept-Encoding": coding, "If-None-Match": etag})
            assert said == []
            assert again.content == first.content
            assert (head.status_code, known.status_code) == (200, 304)


def test_without_a_capacity_every_answer_is_made_anew(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, cache_bytes=0) as client:
        for _ in range(2):
            with statements() as said:
                assert client.get(SECTION).status_code == 200
            assert said != []


def test_a_cached_answer_is_the_same_as_one_made_anew(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store) as cached, serving(store, cache_bytes=0) as uncached:
        for address in ("/", "/v1/guides", SECTION, f"{SEA}/sections?limit=1", "/docs", "/openapi.json"):
            for coding in ("identity", "gzip"):
                answers = [c.get(address, headers={"Accept-Encoding": coding}) for c in (cached, cached, uncached)]
                assert len({answer.content for answer in answers}) == 1
                assert len({str(sorted(lasting(answer))) for answer in answers}) == 1


ASKED = f"GET {SECTION} HTTP/1.1\r\nHost: h\r\n\r\n"
LAST = ASKED.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")


@pytest.mark.parametrize(
    "asked",
    [
        LAST,
        ASKED + LAST,
        ASKED.replace("GET", "HEAD") + LAST,
        ASKED.replace("h\r\n", "h\r\nIf-None-Match: *\r\n") + LAST,
        ASKED.replace("h\r\n", "h\r\nX-Request-ID: mine\r\n") + LAST,
        ASKED.replace("1.1", "1.0"),
        ASKED.replace("h\r\n", "h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n") + "x" + LAST,
    ],
)
def test_a_cached_answer_goes_over_the_wire_as_the_server_would_write_it(store: Path, asked: str) -> None:
    seed(store, SAMPLE)
    with serving(store) as cached, serving(store, cache_bytes=0) as uncached:
        cached.get(SECTION, headers={"Accept-Encoding": ""}).raise_for_status()
        sent = {
            re.sub(rb"\r\n(date|x-request-id): (?!mine).*", b"", exchange(c, asked.encode()))
            for c in (cached, uncached)
        }
    assert len(sent) == 1


def lasting(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(name, value) for name, value in answer.headers.multi_items() if name not in {"date", "x-request-id"}]


def test_line_17_a_publication_is_seen_at_once_by_every_worker(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    with serving(store) as one, serving(store) as another:
        for words in ("one", "two", "three", "two"):
            reword(seeds, words)
            seed(store, seeds)
            for worker in (one, another):
                for _ in range(2):
                    assert f"Nowhere has {words} harbour." in worker.get(SECTION).text
                    assert (
                        f"Nowhere has {words} harbour." in worker.get(SECTION, headers={"Accept-Encoding": "br"}).text
                    )


def test_line_17_no_answer_mixes_two_revisions_while_the_guide_is_published(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    texts = {}
    done = threading.Event()

    def publish() -> None:
        for n in range(15):
            reword(seeds, f"number-{n}")
            published = {publication.guide: publication.revision for publication in seed(store, seeds)}
            texts[published["nowhere-and-the-sea"]] = f"number-{n}"
        done.set()

    def read(client: httpx.Client) -> list[tuple[str, str]]:
        seen = []
        while not done.is_set():
            said = client.get(SECTION).raise_for_status().json()
            seen.append((said["revision"], said["passages"][0]["text"]))
        return seen

    with serving(store) as one, serving(store) as another, ThreadPoolExecutor() as threads:
        # FastAPI prepares a route when it is first asked for, and cannot do so in two threads at once.
        assert one.get(SECTION).content == another.get(SECTION).content
        readers = [threads.submit(read, client) for client in (one, another)]
        threads.submit(publish).result()
        seen = {pair for reader in readers for pair in reader.result()}
    assert len(seen) > 2
    assert all(texts[revision] in text for revision, text in seen if revision in texts)


def test_a_store_that_is_put_in_place_of_another_empties_the_cache(store: Path, seeds: Path, tmp_path: Path) -> None:
    seed(store, seeds)
    reword(seeds, "one")
    seed(tmp_path / "new.db", seeds)
    with serving(store) as client:
        assert "one harbour" not in client.get(SECTION).text
        (tmp_path / "new.db").replace(store)
        assert "one harbour" in client.get(SECTION).text
        store.unlink()
        assert client.get(SECTION).status_code == 503


def test_a_problem_is_not_held(store: Path) -> None:
    with serving(store) as client:
        assert client.get(SECTION).status_code == 503
        seed(store, SAMPLE)
        assert client.get(SECTION).status_code == 200
        for _ in range(2):
            with statements() as said:
                assert client.get(f"{SEA}/sections/nope").status_code == 404
            assert said != []


# The cache by itself, with a function that renders a response and counts its calls.


@pytest.fixture
def version(store: Path) -> Iterator[StoreVersion]:
    seed(store, SAMPLE)
    version = StoreVersion(store)
    yield version
    version.close()


class Renderer:
    """Renders a response with its path as the body, and records the paths."""

    def __init__(self, body: bytes = b"", before: Callable[[], Awaitable[object]] | None = None) -> None:
        self.rendered: list[str] = []
        self.body = body
        self.before = before

    async def __call__(self, request: Request) -> Response:
        self.rendered.append(request.path)
        if self.before:
            await self.before()
        status = 404 if request.path == "/nope" else 200
        return Response(status, [(b"etag", b'"a"')], self.body or request.path.encode())


async def get(cache: ResponseCache, renderer: Renderer, path: str) -> bytes:
    """Return the body of a response."""
    request = Request({"method": "GET", "path": path, "query_string": b"", "headers": []}, URLs())
    return (await cache.get(request, partial(renderer, request))).body


def test_those_who_ask_for_the_same_at_once_wait_for_one_answer(version: StoreVersion) -> None:
    async def scenario() -> None:
        arrived = asyncio.Event()
        renderer = Renderer(before=arrived.wait)
        cache = ResponseCache(version, capacity=1_000_000)
        waiting = [asyncio.create_task(get(cache, renderer, "/a")) for _ in range(10)]
        waiting.append(asyncio.create_task(get(cache, renderer, "/b")))
        await asyncio.sleep(0)  # each has come to where it waits
        arrived.set()
        assert await asyncio.gather(*waiting) == [b"/a"] * 10 + [b"/b"]
        assert sorted(renderer.rendered) == ["/a", "/b"]

    asyncio.run(scenario())


def test_a_problem_is_for_those_who_wait_and_for_nobody_later(version: StoreVersion) -> None:
    async def scenario() -> None:
        arrived = asyncio.Event()
        renderer = Renderer(before=arrived.wait)
        cache = ResponseCache(version, capacity=1_000_000)
        waiting = [asyncio.create_task(get(cache, renderer, "/nope")) for _ in range(3)]
        await asyncio.sleep(0)
        arrived.set()
        assert await asyncio.gather(*waiting) == [b"/nope"] * 3
        assert renderer.rendered == ["/nope"]
        await get(cache, renderer, "/nope")
        assert renderer.rendered == ["/nope"] * 2

    asyncio.run(scenario())


def test_one_who_goes_away_leaves_the_others_their_answer(version: StoreVersion) -> None:
    async def scenario() -> None:
        arrived = asyncio.Event()
        renderer = Renderer(before=arrived.wait)
        cache = ResponseCache(version, capacity=1_000_000)
        first, second, *others = (asyncio.create_task(get(cache, renderer, "/a")) for _ in range(5))
        await asyncio.sleep(0)
        first.cancel()
        second.cancel()
        await asyncio.sleep(0)
        arrived.set()
        assert await asyncio.gather(*others) == [b"/a"] * 3
        assert renderer.rendered == ["/a"] * 2  # once by the first, and once for all who are left

    asyncio.run(scenario())


def test_an_answer_that_was_made_while_a_publication_became_visible_is_not_held(
    version: StoreVersion, store: Path
) -> None:
    async def publish() -> None:
        connection = sqlite3.connect(store)
        connection.execute(f"PRAGMA user_version = {len(renderer.rendered)}")
        connection.commit()
        connection.close()

    renderer = Renderer(before=publish)

    async def scenario() -> None:
        cache = ResponseCache(version, capacity=1_000_000)
        for _ in range(2):
            await get(cache, renderer, "/a")
            await asyncio.sleep(0)
        assert renderer.rendered == ["/a", "/a"]
        renderer.before = None
        for _ in range(2):
            await get(cache, renderer, "/a")
        assert renderer.rendered == ["/a"] * 3

    asyncio.run(scenario())


def test_a_response_older_than_a_publication_is_not_cached(version: StoreVersion, store: Path) -> None:
    async def scenario() -> None:
        arrived = asyncio.Event()
        renderer = Renderer(before=arrived.wait)
        cache = ResponseCache(version, capacity=1_000_000)
        early = asyncio.create_task(get(cache, renderer, "/a"))
        await asyncio.sleep(0)
        connection = sqlite3.connect(store)
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
        connection.close()
        await asyncio.sleep(0)
        late = asyncio.create_task(get(cache, renderer, "/b"))
        await asyncio.sleep(0)
        arrived.set()
        await asyncio.gather(early, late)
        for path in ("/b", "/a"):
            await get(cache, renderer, path)
        assert renderer.rendered == ["/a", "/b", "/a"]

    asyncio.run(scenario())


def test_the_least_recently_used_goes_first_and_the_capacity_is_kept(version: StoreVersion) -> None:
    async def scenario() -> None:
        renderer = Renderer(body=b"x" * 1000)
        cache = ResponseCache(version, capacity=2 * (1500 + ENTRY_OVERHEAD_BYTES))
        for path in ("/a", "/b", "/a", "/c", "/a", "/b"):
            await get(cache, renderer, path)
            assert cache.size <= cache.capacity
        assert renderer.rendered == ["/a", "/b", "/c", "/b"]

    asyncio.run(scenario())


def test_a_body_over_a_mebibyte_is_not_held(version: StoreVersion) -> None:
    async def scenario() -> None:
        renderer = Renderer(body=b"x" * MAX_BODY_BYTES)
        cache = ResponseCache(version, capacity=100 * MAX_BODY_BYTES)
        for _ in range(2):
            await get(cache, renderer, "/a")
        assert renderer.rendered == ["/a"]
        renderer.body += b"x"
        for _ in range(2):
            await get(cache, renderer, "/b")
        assert renderer.rendered == ["/a", "/b", "/b"]

    asyncio.run(scenario())


def test_the_published_state_changes_with_each_commit_and_with_nothing_else(version: StoreVersion, store: Path) -> None:
    writer = sqlite3.connect(store, isolation_level=None)
    before = version.current()
    writer.execute("SELECT count(*) FROM revision").fetchone()
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("PRAGMA user_version = 7")
    assert version.current() == before
    writer.execute("ROLLBACK")
    assert version.current() == before
    writer.execute("PRAGMA user_version = 8")
    assert version.current() != before
    writer.close()


def test_the_published_state_of_a_store_in_wal_mode_is_unknown(version: StoreVersion, store: Path) -> None:
    writer = sqlite3.connect(store)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.close()
    assert version.current() is None


def test_a_store_that_is_copied_over_the_old_one_is_read(store: Path, seeds: Path, tmp_path: Path) -> None:
    seed(store, seeds / "nowhere-and-the-sea")
    path = seeds / "nowhere-and-the-sea/guide.md"
    path.write_text(path.read_text().replace("no harbour", "one harbour"))
    seed(tmp_path / "new.db", seeds / "nowhere-and-the-sea")
    address = "/v1/guides/nowhere-and-the-sea/passages/harbours.1"
    with serving(store) as client:
        assert "no harbour" in client.get(address).text
        store.write_bytes((tmp_path / "new.db").read_bytes())
        assert "one harbour" in client.get(address).text
        assert "one harbour" in client.get("/v1/guides/nowhere-and-the-sea/sections").text


def test_the_result_for_a_long_header_is_not_cached() -> None:
    parsed: list[bytes | None] = []
    parse = cache_short(parsed.append)
    for header in (b"gzip", b"gzip", None, None, b"x" * 257, b"x" * 257):
        parse(header)
    assert parsed == [b"gzip", None, b"x" * 257, b"x" * 257]


def test_an_entry_counts_with_its_url_and_its_headers(version: StoreVersion) -> None:
    cache = ResponseCache(version, capacity=14_000)

    async def render() -> Response:
        return Response(200, [(b"etag", b'"a"'), (b"link", b"x" * 4_000)])

    async def scenario() -> None:
        for letter in (b"q", b"r"):
            scope = {"method": "GET", "path": "/", "query_string": letter * 3_000, "headers": []}
            await cache.get(Request(scope, URLs()), render)
        assert 10_000 < cache.size < cache.capacity

    asyncio.run(scenario())
