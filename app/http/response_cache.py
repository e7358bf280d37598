"""Answers held in memory, so that sending one again costs little more than sending its bytes."""

import asyncio
from collections import OrderedDict
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http import compression, negotiation
from app.http.answers import Answer, ask
from app.http.fields import WrittenFields, fields_of
from app.http.limits import REFUSAL
from app.store.version import State, StoreVersion

GREATEST_BODY = 1_048_576  # bytes; what is larger is made anew each time
OVERHEAD = 3_072  # bytes that an entry takes beside the characters of its body, its key and its header fields

# The address as it was spelt, and what Vary names, reduced to what it comes to: two browsers word Accept differently.
Key = tuple[bytes, bytes, tuple[str, ...], tuple[str, ...]]


class Entry(NamedTuple):
    """A held answer, as the two messages that send it."""

    start: Message
    body: Message
    size: int


class ResponseCache:
    """Holds 200s for as long as the published state that they were made from; the least recently used go first.

    Those who ask for the same thing while an answer to it is being made wait for that one, whatever it is. It is held
    for those who come later only if the state was the same before and after it was made. A problem, and what says
    `no-store`, is never held.
    """

    def __init__(self, app: ASGIApp, store_version: StoreVersion, capacity: int) -> None:
        self.app = app
        self.store_version = store_version
        self.capacity = capacity  # bytes
        self.size = 0
        self._state: State | None = None
        self._held: OrderedDict[Key, Entry] = OrderedDict()
        self._awaited: dict[Key, asyncio.Future[Answer | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self.capacity or scope["type"] != "http" or scope["method"] != "GET" or REFUSAL in scope:
            await self.app(scope, receive, send)
            return
        state = self.store_version.since_asked()
        if state is None:
            await self.app(scope, receive, send)
            return
        if state != self._state:
            self._state, self._held, self._awaited, self.size = state, OrderedDict(), {}, 0
        fields = fields_of(scope)
        key = (
            scope.get("raw_path") or scope["path"].encode(),
            scope["query_string"],
            compression.acceptable(fields.get(b"accept-encoding")),
            negotiation.acceptable(fields.get(b"accept")),
        )
        while True:
            if entry := self._held.get(key):
                self._held.move_to_end(key)
                await send(entry.start)
                await send(entry.body)
                return
            if not (awaited := self._awaited.get(key)):
                answer = await self._ask(key, state, scope, receive)
                break
            if shared := await asyncio.shield(awaited):
                answer = shared
                break
            # The one who asked has gone away. The first who notices asks in its place.
        await answer.give(send)

    async def _ask(self, key: Key, state: State, scope: Scope, receive: Receive) -> Answer:
        awaited = self._awaited  # which another state has another one of
        future = awaited[key] = asyncio.get_running_loop().create_future()
        answer = None
        try:
            answer = await ask(self.app, scope, receive)
            if may_be_held(answer) and self.store_version.now() == state == self._state:
                self._hold(key, answer)
            return answer
        finally:
            del awaited[key]
            future.set_result(answer)

    def _hold(self, key: Key, answer: Answer) -> None:
        fields = WrittenFields.of(answer.fields)
        start: Message = {"type": "http.response.start", "status": answer.status, "headers": fields}
        path, query, *_ = key
        # The fields are held as they came, as they are written, and as they are written for a 304.
        size = len(answer.body) + len(path) + len(query) + 3 * len(fields.lines)
        entry = Entry(start, {"type": "http.response.body", "body": answer.body}, size + OVERHEAD)
        if entry.size > self.capacity:
            return
        if replaced := self._held.pop(key, None):
            self.size -= replaced.size
        self._held[key] = entry
        self.size += entry.size
        while self.size > self.capacity:
            _, oldest = self._held.popitem(last=False)
            self.size -= oldest.size


def may_be_held(answer: Answer) -> bool:
    """Whether an answer is the same for whoever asks next: it has an entity tag, and is not too large."""
    return answer.status == 200 and answer.field(b"etag") is not None and len(answer.body) <= GREATEST_BODY
