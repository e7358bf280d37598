"""The response cache by itself, around an application that counts its requests."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.answers import Answer
from app.http.fields import WrittenFields
from app.http.response_cache import GREATEST_BODY, OVERHEAD, ResponseCache
from app.http.weights import remembered
from app.store.version import StoreVersion
from tests.service import SAMPLE, seed


@pytest.fixture
def version(store: Path) -> Iterator[StoreVersion]:
    """The version of a store with the sample guides."""
    seed(store, SAMPLE)
    version = StoreVersion(store)
    yield version
    version.close()


class Echo:
    """An application that responds with the path of the request, and records it."""

    def __init__(self, body: bytes = b"", before: Callable[[], Awaitable[object]] | None = None) -> None:
        self.paths: list[str] = []
        self.body = body
        self.before = before

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.paths.append(scope["path"])
        if self.before:
            await self.before()
        status = 404 if scope["path"] == "/nope" else 200
        await send({"type": "http.response.start", "status": status, "headers": [(b"etag", b'"a"')]})
        await send({"type": "http.response.body", "body": self.body or scope["path"].encode()})


async def get(app: ASGIApp, path: str) -> bytes:
    """Return the body of the response."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    await app(scope, receive, send)
    body: bytes = sent[1]["body"]
    return body


def commit(store: Path, number: int) -> None:
    """Commit a change to the store, as a publication does."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute(f"PRAGMA user_version = {number}")


def test_requests_for_the_same_address_at_once_share_one_response(version: StoreVersion) -> None:
    async def scenario() -> None:
        released = asyncio.Event()
        app = Echo(before=released.wait)
        cache = ResponseCache(app, version, capacity=1_000_000)
        waiting = [asyncio.create_task(get(cache, "/a")) for _ in range(10)]
        waiting.append(asyncio.create_task(get(cache, "/b")))
        await asyncio.sleep(0)  # until each of them waits
        released.set()
        assert await asyncio.gather(*waiting) == [b"/a"] * 10 + [b"/b"]
        assert sorted(app.paths) == ["/a", "/b"]

    asyncio.run(scenario())


def test_a_problem_is_shared_by_waiting_requests_and_not_cached(version: StoreVersion) -> None:
    async def scenario() -> None:
        released = asyncio.Event()
        app = Echo(before=released.wait)
        cache = ResponseCache(app, version, capacity=1_000_000)
        waiting = [asyncio.create_task(get(cache, "/nope")) for _ in range(3)]
        await asyncio.sleep(0)
        released.set()
        assert await asyncio.gather(*waiting) == [b"/nope"] * 3
        assert app.paths == ["/nope"]
        await get(cache, "/nope")
        assert app.paths == ["/nope"] * 2

    asyncio.run(scenario())


def test_a_client_that_disconnects_leaves_the_others_their_response(version: StoreVersion) -> None:
    async def scenario() -> None:
        released = asyncio.Event()
        app = Echo(before=released.wait)
        cache = ResponseCache(app, version, capacity=1_000_000)
        first, second, *others = (asyncio.create_task(get(cache, "/a")) for _ in range(5))
        await asyncio.sleep(0)
        first.cancel()
        second.cancel()
        await asyncio.sleep(0)
        released.set()
        assert await asyncio.gather(*others) == [b"/a"] * 3
        assert app.paths == ["/a"] * 2  # once for the first, once for all that are left

    asyncio.run(scenario())


def test_a_response_during_which_a_guide_is_published_is_not_cached(version: StoreVersion, store: Path) -> None:
    async def publish() -> None:
        commit(store, len(app.paths))

    app = Echo(before=publish)

    async def scenario() -> None:
        cache = ResponseCache(app, version, capacity=1_000_000)
        for _ in range(2):
            await get(cache, "/a")
            await asyncio.sleep(0)
        assert app.paths == ["/a", "/a"]
        app.before = None
        for _ in range(2):
            await get(cache, "/a")
        assert app.paths == ["/a"] * 3

    asyncio.run(scenario())


def test_a_response_older_than_a_publication_is_not_cached_after_it(version: StoreVersion, store: Path) -> None:
    async def scenario() -> None:
        released = asyncio.Event()
        app = Echo(before=released.wait)
        cache = ResponseCache(app, version, capacity=1_000_000)
        early = asyncio.create_task(get(cache, "/a"))
        await asyncio.sleep(0)
        commit(store, 1)
        await asyncio.sleep(0)
        late = asyncio.create_task(get(cache, "/b"))
        await asyncio.sleep(0)
        released.set()
        await asyncio.gather(early, late)
        for path in ("/b", "/a"):
            await get(cache, path)
        assert app.paths == ["/a", "/b", "/a"]

    asyncio.run(scenario())


def test_the_least_recently_used_entry_is_evicted_first_within_the_capacity(version: StoreVersion) -> None:
    async def scenario() -> None:
        app = Echo(body=b"x" * 1000)
        cache = ResponseCache(app, version, capacity=2 * (1500 + OVERHEAD))
        for path in ("/a", "/b", "/a", "/c", "/a", "/b"):
            await get(cache, path)
            assert cache.size <= cache.capacity
        assert app.paths == ["/a", "/b", "/c", "/b"]

    asyncio.run(scenario())


def test_a_body_over_a_mebibyte_is_not_cached(version: StoreVersion) -> None:
    async def scenario() -> None:
        app = Echo(body=b"x" * GREATEST_BODY)
        cache = ResponseCache(app, version, capacity=100 * GREATEST_BODY)
        for _ in range(2):
            await get(cache, "/a")
        assert app.paths == ["/a"]
        app.body += b"x"
        for _ in range(2):
            await get(cache, "/b")
        assert app.paths == ["/a", "/b", "/b"]

    asyncio.run(scenario())


def test_a_long_header_value_is_not_memoized() -> None:
    parsed: list[bytes | None] = []
    parse = remembered(parsed.append)
    for value in (b"gzip", b"gzip", None, None, b"x" * 257, b"x" * 257):
        parse(value)
    assert parsed == [b"gzip", None, b"x" * 257, b"x" * 257]


def test_the_size_of_an_entry_includes_its_address_and_its_headers() -> None:
    cache = ResponseCache(FastAPI(), StoreVersion(Path("none")), capacity=14_000)
    answer = Answer(200, [(b"link", b"x" * 1_000)], b"")
    cache._hold((b"/", b"q" * 3_000, (), ()), answer)
    cache._hold((b"/", b"r" * 3_000, (), ()), answer)
    assert len(cache._held) == 1


@pytest.mark.parametrize("value", [b"one\r\nanother: field", b"one\nanother: field", b"nothing\x00"])
def test_a_header_value_with_a_control_character_is_an_error(value: bytes) -> None:
    with pytest.raises(ValueError, match="control character"):
        WrittenFields.of([(b"link", value)])
