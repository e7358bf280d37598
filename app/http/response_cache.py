"""Cache responses in memory until the store changes."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from app.http.encoding import accepted_encodings
from app.http.messages import Request, Response
from app.http.negotiation import accepted_media_types
from app.http.render_queue import client_of
from app.store.served import ServedStore
from app.store.version import Version

MAX_BODY_BYTES = 8_388_608  # a larger response is rendered for each request
ENTRY_OVERHEAD_BYTES = 3_072  # memory of an entry besides its body, key and headers

# Raw path, raw query, and the parsed `Accept-Encoding` and `Accept`: browsers send equivalent headers in many forms.
Key = tuple[bytes, bytes, tuple[str, ...], tuple[str, ...]]


class ResponseCache:
    """A least-recently-used cache of 200 responses, up to `capacity` bytes; 0 caches nothing.

    Concurrent requests of a client address for the same response wait for the first, whatever its status. They do not
    wait for requests of other addresses, which may wait long for their turns. A response is stored only if the store
    had the same version before and after it was rendered.
    """

    def __init__(self, store: ServedStore, capacity: int) -> None:
        self.store = store
        self.capacity = capacity
        self.size = 0  # bytes
        self._version: Version | None = None
        self._entries: OrderedDict[Key, Response] = OrderedDict()
        self._in_flight: dict[tuple[str, Key], asyncio.Future[Response | None]] = {}

    def lookup(self, request: Request) -> Response | None:
        """Return the cached response, or None."""
        version = self.store.recent() if self.capacity else None
        if version != self._version:
            self._version, self._entries, self._in_flight, self.size = version, OrderedDict(), {}, 0
        key = cache_key(request)
        if response := self._entries.get(key):
            self._entries.move_to_end(key)
        return response

    async def render(self, request: Request, render: Callable[[], Awaitable[Response]]) -> Response:
        """Render a response that `lookup` did not find, or wait until another request has."""
        if self._version is None:
            return await render()
        key = cache_key(request)
        client = client_of(request.scope)
        while future := self._in_flight.get((client, key)):
            if shared := await asyncio.shield(future):
                return shared
            # The request that was rendering failed or was cancelled; the first to wake renders again.
        return self._entries.get(key) or await self._render(client, key, self._version, render)

    async def _render(
        self, client: str, key: Key, version: Version, render: Callable[[], Awaitable[Response]]
    ) -> Response:
        in_flight = self._in_flight  # replaced when the version changes
        future = in_flight[client, key] = asyncio.get_running_loop().create_future()
        response = None
        try:
            response = await render()
            if is_cacheable(response) and self.store.current() == version == self._version:
                self._store(key, response)
            return response
        finally:
            del in_flight[client, key]
            future.set_result(response)

    def _store(self, key: Key, response: Response) -> None:
        size = entry_size(key, response)
        if size > self.capacity:
            return
        if replaced := self._entries.pop(key, None):
            self.size -= entry_size(key, replaced)
        self._entries[key] = response
        self.size += size
        while self.size > self.capacity:
            self.size -= entry_size(*self._entries.popitem(last=False))


def cache_key(request: Request) -> Key:
    """Return the cache key of a request, within one store version."""
    return (
        request.raw_path,
        request.query_string,
        accepted_encodings(request.headers.get(b"accept-encoding")),
        accepted_media_types(request.headers.get(b"accept")),
    )


def is_cacheable(response: Response) -> bool:
    """Return whether a response may be cached: it has an ETag and is not too large."""
    return response.status == 200 and response.header(b"etag") is not None and len(response.body) <= MAX_BODY_BYTES


def entry_size(key: Key, response: Response) -> int:
    """Estimate the memory that an entry takes, in bytes."""
    path, query_string, *_ = key
    headers = sum(len(name) + len(value) for name, value in response.headers)
    return len(response.body) + len(path) + len(query_string) + headers + ENTRY_OVERHEAD_BYTES
