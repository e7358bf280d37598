"""Content-Language (RFC 9110 section 8.5): the language of the guide that an answer is from."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NAMED = "treaty_guide.language"  # where the scope holds what a route named, as a list of one


def name_language(scope: Scope, language: str) -> None:
    """Say in which language, a BCP 47 tag, the answer to this request will be."""
    scope[_NAMED][:] = [language]


class Languages:
    """Adds Content-Language to a 200 whose route named the language."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        named: list[str] = []

        async def send_with_language(message: Message) -> None:
            if named and message["type"] == "http.response.start" and message["status"] == 200:
                message = {**message, "headers": [*message["headers"], (b"content-language", named[0].encode())]}
            await send(message)

        await self.app({**scope, _NAMED: named}, receive, send_with_language)
