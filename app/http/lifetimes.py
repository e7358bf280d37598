"""How long an answer may be kept: Cache-Control (RFC 9111, RFC 5861, RFC 8246), in seconds."""

import re
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_MAX_AGE_S = 60  # a reader sees a publication after a minute at the latest
# And one who comes by within the hour gets the old answer at once, while the new one is fetched.
CONTENT_STALE_S = 3_600
ASSET_MAX_AGE_S = 86_400  # the files of the docs page change with a release
ASSET_STALE_S = 604_800
PINNED_MAX_AGE_S = 31_536_000  # a year: a revision never changes

_NEVER = b"no-store"
_CONTENT = f"public, max-age={CONTENT_MAX_AGE_S}, stale-while-revalidate={CONTENT_STALE_S}".encode()
_ASSET = f"public, max-age={ASSET_MAX_AGE_S}, stale-while-revalidate={ASSET_STALE_S}".encode()
_PINNED = f"public, max-age={PINNED_MAX_AGE_S}, immutable".encode()


class Lifetimes:
    """Says with every answer how long it may be kept, in place of what the routes say."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_lifetime(message: Message) -> None:
            if message["type"] == "http.response.start":
                lifetime = _lifetime(scope) if message["status"] == 200 else _NEVER
                others = [field for field in message["headers"] if field[0] != b"cache-control"]
                message = {**message, "headers": [*others, (b"cache-control", lifetime)]}
            await send(message)

        await self.app(scope, receive, send_with_lifetime)


def _lifetime(scope: Scope) -> bytes:
    path: str = scope["path"]
    if path.startswith("/health/") or path == "/metrics":
        return _NEVER
    if path.startswith("/docs/"):
        return _ASSET
    # Which revisions there are changes, from wherever one looks at them.
    has_revisions = path.startswith("/v1/guides/") and not re.fullmatch("/v1/guides/[^/]+/revisions", path)
    pinned = has_revisions and "revision" in parse_qs(scope["query_string"].decode("latin-1"))
    return _PINNED if pinned else _CONTENT
