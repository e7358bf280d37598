"""The response cache: what it holds, for how long, and that nobody can tell."""

import asyncio
import re
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.answers import Answer
from app.http.fields import WrittenFields
from app.http.response_cache import GREATEST_BODY, OVERHEAD, ResponseCache
from app.http.weights import remembered
from app.store.version import StoreVersion
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


@pytest.mark.parametrize("value", [b"one\r\nanother: field", b"one\nanother: field", b"nothing\x00"])
def test_fields_are_not_written_with_a_value_that_would_begin_another(value: bytes) -> None:
    with pytest.raises(ValueError, match="control character"):
        WrittenFields.of([(b"link", value)])


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


# The cache by itself, around an application that counts how often it is asked.


@pytest.fixture
def state(store: Path) -> Iterator[StoreVersion]:
    seed(store, SAMPLE)
    state = StoreVersion(store)
    yield state
    state.close()


class Counting:
    """An application that answers with its path, and notes what it is asked."""

    def __init__(self, body: bytes = b"", before: Callable[[], Awaitable[object]] | None = None) -> None:
        self.asked: list[str] = []
        self.body = body
        self.before = before

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked.append(scope["path"])
        if self.before:
            await self.before()
        status = 404 if scope["path"] == "/nope" else 200
        await send({"type": "http.response.start", "status": status, "headers": [(b"etag", b'"a"')]})
        await send({"type": "http.response.body", "body": self.body or scope["path"].encode()})


async def get(app: ASGIApp, path: str) -> bytes:
    """The body of an answer."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    await app(scope, receive, send)
    body: bytes = sent[1]["body"]
    return body


def test_those_who_ask_for_the_same_at_once_wait_for_one_answer(state: StoreVersion) -> None:
    async def scenario() -> None:
        arrived = asyncio.Event()
        app = Counting(before=arrived.wait)
        cache = ResponseCache(app, state, capacity=1_000_000)
        waiting = [asyncio.create_task(get(cache, "/a")) for _ in range(10)]
        waiting.append(asyncio.create_task(get(cache, "/b")))
        await asyncio.sleep(0)  # each has come to where it waits
        arrived.set()
        assert await asyncio.gather(*waiting) == [b"/a"] * 10 + [b"/b"]
        assert sorted(app.asked) == ["/a", "/b"]

    asyncio.run(scenario())


def test_a_problem_is_for_those_who_wait_and_for_nobody_later(state: StoreVersion) -> None:
    async def scenario() -> None:
        arrived = asyncio.Event()
        app = Counting(before=arrived.wait)
        cache = ResponseCache(app, state, capacity=1_000_000)
        waiting = [asyncio.create_task(get(cache, "/nope")) for _ in range(3)]
        await asyncio.sleep(0)
        arrived.set()
        assert await asyncio.gather(*waiting) == [b"/nope"] * 3
        assert app.asked == ["/nope"]
        await get(cache, "/nope")
        assert app.asked == ["/nope"] * 2

    asyncio.run(scenario())


def test_one_who_goes_away_leaves_the_others_their_answer(state: StoreVersion) -> None:
    async def scenario() -> None:
        arrived = asyncio.Event()
        app = Counting(before=arrived.wait)
        cache = ResponseCache(app, state, capacity=1_000_000)
        first, second, *others = (asyncio.create_task(get(cache, "/a")) for _ in range(5))
        await asyncio.sleep(0)
        first.cancel()
        second.cancel()
        await asyncio.sleep(0)
        arrived.set()
        assert await asyncio.gather(*others) == [b"/a"] * 3
        assert app.asked == ["/a"] * 2  # once by the first, and once for all who are left

    asyncio.run(scenario())


def test_an_answer_that_was_made_while_a_publication_became_visible_is_not_held(
    state: StoreVersion, store: Path
) -> None:
    async def publish() -> None:
        connection = sqlite3.connect(store)
        connection.execute(f"PRAGMA user_version = {len(app.asked)}")
        connection.commit()
        connection.close()

    app = Counting(before=publish)

    async def scenario() -> None:
        cache = ResponseCache(app, state, capacity=1_000_000)
        for _ in range(2):
            await get(cache, "/a")
            await asyncio.sleep(0)
        assert app.asked == ["/a", "/a"]
        app.before = None
        for _ in range(2):
            await get(cache, "/a")
        assert app.asked == ["/a"] * 3

    asyncio.run(scenario())


def test_an_answer_that_a_publication_overtook_is_not_held_beside_newer_ones(state: StoreVersion, store: Path) -> None:
    async def scenario() -> None:
        arrived = asyncio.Event()
        app = Counting(before=arrived.wait)
        cache = ResponseCache(app, state, capacity=1_000_000)
        early = asyncio.create_task(get(cache, "/a"))
        await asyncio.sleep(0)
        connection = sqlite3.connect(store)
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
        connection.close()
        await asyncio.sleep(0)
        late = asyncio.create_task(get(cache, "/b"))
        await asyncio.sleep(0)
        arrived.set()
        await asyncio.gather(early, late)
        for path in ("/b", "/a"):
            await get(cache, path)
        assert app.asked == ["/a", "/b", "/a"]

    asyncio.run(scenario())


def test_the_least_recently_used_goes_first_and_the_capacity_is_kept(state: StoreVersion) -> None:
    async def scenario() -> None:
        app = Counting(body=b"x" * 1000)
        cache = ResponseCache(app, state, capacity=2 * (1500 + OVERHEAD))
        for path in ("/a", "/b", "/a", "/c", "/a", "/b"):
            await get(cache, path)
            assert cache.size <= cache.capacity
        assert app.asked == ["/a", "/b", "/c", "/b"]

    asyncio.run(scenario())


def test_a_body_over_a_mebibyte_is_not_held(state: StoreVersion) -> None:
    async def scenario() -> None:
        app = Counting(body=b"x" * GREATEST_BODY)
        cache = ResponseCache(app, state, capacity=100 * GREATEST_BODY)
        for _ in range(2):
            await get(cache, "/a")
        assert app.asked == ["/a"]
        app.body += b"x"
        for _ in range(2):
            await get(cache, "/b")
        assert app.asked == ["/a", "/b", "/b"]

    asyncio.run(scenario())


def test_the_published_state_changes_with_each_commit_and_with_nothing_else(state: StoreVersion, store: Path) -> None:
    writer = sqlite3.connect(store, isolation_level=None)
    before = state.now()
    writer.execute("SELECT count(*) FROM revision").fetchone()
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("PRAGMA user_version = 7")
    assert state.now() == before
    writer.execute("ROLLBACK")
    assert state.now() == before
    writer.execute("PRAGMA user_version = 8")
    assert state.now() != before
    writer.close()


def test_the_published_state_of_a_store_in_wal_mode_is_unknown(state: StoreVersion, store: Path) -> None:
    writer = sqlite3.connect(store)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.close()
    assert state.now() is None


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


def test_a_long_header_field_is_not_remembered() -> None:
    read: list[bytes | None] = []
    once = remembered(read.append)
    for field in (b"gzip", b"gzip", None, None, b"x" * 257, b"x" * 257):
        once(field)
    assert read == [b"gzip", None, b"x" * 257, b"x" * 257]


def test_an_entry_counts_with_its_address_and_its_fields() -> None:
    cache = ResponseCache(FastAPI(), StoreVersion(Path("none")), capacity=14_000)
    answer = Answer(200, [(b"link", b"x" * 1_000)], b"")
    cache._hold((b"/", b"q" * 3_000, (), ()), answer)
    cache._hold((b"/", b"r" * 3_000, (), ()), answer)
    assert len(cache._held) == 1
