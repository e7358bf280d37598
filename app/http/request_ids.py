"""The id of each request: taken over or made, sent back, and written in its log line."""

import random
import re
import time
from collections.abc import Awaitable

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.fields import WrittenFields

_well_formed = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_log = structlog.get_logger("access")


class RequestIDs:
    """Names every request, logs it, and keeps an exception of the application out of the server's own log.

    asgi-correlation-id does the naming too, at several times the cost on each request.
    """

    def __init__(self, app: ASGIApp, *, access_log: bool) -> None:
        self.app = app
        self.access_log = access_log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"x-request-id")
        # An id need be unlikely, not secret; this one takes an eighth of the time that a UUID does.
        request_id = given if given and _well_formed.fullmatch(given) else b"%032x" % random.getrandbits(128)
        start, status = time.perf_counter() if self.access_log else 0.0, 500

        def send_with_id(message: Message) -> Awaitable[None]:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                fields = message["headers"]
                if isinstance(fields, WrittenFields):
                    fields = fields.and_one(b"x-request-id", request_id)
                else:
                    fields = [*fields, (b"x-request-id", request_id)]
                message = {"type": "http.response.start", "status": status, "headers": fields}
            return send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception:
            # The client has its problem answer: Starlette's outermost layer sends it, then raises again.
            _log.exception("failed", request_id=request_id.decode(), path=scope["path"])
        if self.access_log:
            milliseconds = round((time.perf_counter() - start) * 1000, 1)
            _log.info(
                scope["method"],
                path=scope["path"],
                status=status,
                request_id=request_id.decode(),
                milliseconds=milliseconds,
            )
