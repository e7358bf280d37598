"""The entity tag: what a client holds, and names when it asks again."""

import hashlib

from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.answers import ask

ETAG_LENGTH = 32  # hex digits of the SHA-256 of the body: 128 bits, and two bodies never share them


class Validators:
    """Gives every 200 that may be kept a strong ETag (RFC 9110 section 8.8.3), a function of the body alone.

    So it is the same from every worker and after a restart. An answer that is `no-store` (health, metrics) has none.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = await ask(self.app, scope, receive)
        if answer.status == 200 and answer.field(b"cache-control") != b"no-store":
            tag = hashlib.sha256(answer.body).hexdigest()[:ETAG_LENGTH]
            answer = answer.with_field(b"etag", f'"{tag}"'.encode())
        await answer.give(send)
