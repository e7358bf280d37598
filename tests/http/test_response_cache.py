"""The response cache by itself, with a function that renders responses and counts its calls."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest

from app.http.messages import Request, Response
from app.http.response_cache import ENTRY_OVERHEAD_BYTES, MAX_BODY_BYTES, ResponseCache
from app.store.served import ServedStore
from app.urls import URLs
from tests.service import SAMPLE, seed


@pytest.fixture
def version(store: Path) -> ServedStore:
    """The version of a store with the sample guides."""
    seed(store, SAMPLE)
    return ServedStore(store, max_age=0)


class Renderer:
    """Render responses with their paths as bodies, and record the paths."""

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


async def get(cache: ResponseCache, renderer: Renderer, path: str, client: str = "127.0.0.1") -> bytes:
    """Return the body of a response."""
    scope = {"method": "GET", "path": path, "query_string": b"", "headers": [], "client": (client, 1)}
    request = Request(scope, URLs())
    return bytes((cache.lookup(request) or await cache.render(request, partial(renderer, request))).body)


def replace(store: Path) -> None:
    """Replace the store with a copy, as a publication does."""
    Path(shutil.copy(store, store.with_name("copy.db"))).replace(store)


def test_requests_for_the_same_address_at_once_share_one_response(version: ServedStore) -> None:
    async def scenario() -> None:
        released = asyncio.Event()
        renderer = Renderer(before=released.wait)
        cache = ResponseCache(version, capacity=1_000_000)
        waiting = [asyncio.create_task(get(cache, renderer, "/a")) for _ in range(10)]
        waiting.append(asyncio.create_task(get(cache, renderer, "/b")))
        await asyncio.sleep(0)  # until each of them waits
        released.set()
        assert await asyncio.gather(*waiting) == [b"/a"] * 10 + [b"/b"]
        assert sorted(renderer.rendered) == ["/a", "/b"]

    asyncio.run(scenario())


def test_a_request_does_not_wait_for_that_of_another_address(version: ServedStore) -> None:
    async def scenario() -> None:
        released = asyncio.Event()
        renderer = Renderer(before=released.wait)
        cache = ResponseCache(version, capacity=1_000_000)
        waiting = asyncio.create_task(get(cache, renderer, "/a", client="192.0.2.1"))
        await asyncio.sleep(0)
        renderer.before = None
        assert await get(cache, renderer, "/a") == b"/a"
        assert not waiting.done()
        released.set()
        assert await waiting == b"/a"

    asyncio.run(scenario())


def test_a_problem_is_shared_by_waiting_requests_and_not_cached(version: ServedStore) -> None:
    async def scenario() -> None:
        released = asyncio.Event()
        renderer = Renderer(before=released.wait)
        cache = ResponseCache(version, capacity=1_000_000)
        waiting = [asyncio.create_task(get(cache, renderer, "/nope")) for _ in range(3)]
        await asyncio.sleep(0)
        released.set()
        assert await asyncio.gather(*waiting) == [b"/nope"] * 3
        assert renderer.rendered == ["/nope"]
        await get(cache, renderer, "/nope")
        assert renderer.rendered == ["/nope"] * 2

    asyncio.run(scenario())


def test_a_client_that_disconnects_leaves_the_others_their_response(version: ServedStore) -> None:
    async def scenario() -> None:
        released = asyncio.Event()
        renderer = Renderer(before=released.wait)
        cache = ResponseCache(version, capacity=1_000_000)
        first, second, *others = (asyncio.create_task(get(cache, renderer, "/a")) for _ in range(5))
        await asyncio.sleep(0)
        first.cancel()
        second.cancel()
        await asyncio.sleep(0)
        released.set()
        assert await asyncio.gather(*others) == [b"/a"] * 3
        assert renderer.rendered == ["/a"] * 2  # once for the first, once for all that are left

    asyncio.run(scenario())


def test_a_response_during_which_a_guide_is_published_is_not_cached(version: ServedStore, store: Path) -> None:
    async def publish() -> None:
        replace(store)

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


def test_a_response_older_than_a_publication_is_not_cached(version: ServedStore, store: Path) -> None:
    async def scenario() -> None:
        released = asyncio.Event()
        renderer = Renderer(before=released.wait)
        cache = ResponseCache(version, capacity=1_000_000)
        early = asyncio.create_task(get(cache, renderer, "/a"))
        await asyncio.sleep(0)
        replace(store)
        await asyncio.sleep(0)
        late = asyncio.create_task(get(cache, renderer, "/b"))
        await asyncio.sleep(0)
        released.set()
        await asyncio.gather(early, late)
        for path in ("/b", "/a"):
            await get(cache, renderer, path)
        assert renderer.rendered == ["/a", "/b", "/a"]

    asyncio.run(scenario())


def test_the_least_recently_used_entry_is_evicted_first_within_the_capacity(version: ServedStore) -> None:
    async def scenario() -> None:
        renderer = Renderer(body=b"x" * 1000)
        cache = ResponseCache(version, capacity=2 * (1500 + ENTRY_OVERHEAD_BYTES))
        for path in ("/a", "/b", "/a", "/c", "/a", "/b"):
            await get(cache, renderer, path)
            assert cache.size <= cache.capacity
        assert renderer.rendered == ["/a", "/b", "/c", "/b"]

    asyncio.run(scenario())


def test_a_body_over_the_limit_is_not_cached(version: ServedStore) -> None:
    async def scenario() -> None:
        renderer = Renderer(body=b"x" * MAX_BODY_BYTES)
        cache = ResponseCache(version, capacity=3 * MAX_BODY_BYTES)
        for _ in range(2):
            await get(cache, renderer, "/a")
        assert renderer.rendered == ["/a"]
        renderer.body += b"x"
        for _ in range(2):
            await get(cache, renderer, "/b")
        assert renderer.rendered == ["/a", "/b", "/b"]

    asyncio.run(scenario())


def test_the_size_of_an_entry_includes_its_url_and_its_headers(version: ServedStore) -> None:
    cache = ResponseCache(version, capacity=14_000)

    async def render() -> Response:
        return Response(200, [(b"etag", b'"a"'), (b"link", b"x" * 4_000)])

    async def scenario() -> None:
        for letter in (b"q", b"r"):
            scope = {"method": "GET", "path": "/", "query_string": letter * 3_000, "headers": []}
            request = Request(scope, URLs())
            assert cache.lookup(request) is None
            await cache.render(request, render)
        assert 10_000 < cache.size < cache.capacity

    asyncio.run(scenario())
