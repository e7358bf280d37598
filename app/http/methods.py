"""OPTIONS and the CORS preflight, for every address at once; FastAPI's routes answer GET alone."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

ALLOWED = "GET, HEAD, OPTIONS"
PREFLIGHT_LIFETIME_S = 86_400


class Methods:
    """Answers OPTIONS without asking the routes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            await _allow(scope, send)
        else:
            await self.app(scope, receive, send)


async def _allow(scope: Scope, send: Send) -> None:
    headers = [(b"allow", ALLOWED.encode())]
    if "access-control-request-method" in Headers(scope=scope):
        headers += [
            (b"access-control-allow-methods", ALLOWED.encode()),
            (b"access-control-allow-headers", b"Accept, Accept-Language, If-None-Match, X-Request-ID"),
            (b"access-control-max-age", str(PREFLIGHT_LIFETIME_S).encode()),
        ]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body"})
