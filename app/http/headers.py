"""The headers that stand on every answer, problems included: safety and CORS."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Swagger UI embeds its icons as data; scripts and style sheets come from this host's files alone. What its scripts set
# on an element's style, no policy forbids.
_DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'{public_origin}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

_ALWAYS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, X-Request-ID"),
]
_HEADERS = [*_ALWAYS, (b"content-security-policy", _POLICY.encode())]


class StandingHeaders:
    """Adds to every response what is the same for all of them; `/docs` alone may run scripts."""

    def __init__(self, app: ASGIApp, public_url: str = "") -> None:
        self.app = app
        # “Try it out” asks the service at its public address, also where the page was opened under another one.
        public_origin = " " + "/".join(public_url.split("/")[:3]) if public_url else ""
        policy = _DOCS_POLICY.format(public_origin=public_origin)
        self.docs_headers = [*_ALWAYS, (b"content-security-policy", policy.encode())]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        standing = self.docs_headers if scope["path"] == "/docs" else _HEADERS

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *standing]}
            await send(message)

        await self.app(scope, receive, send_with_headers)
