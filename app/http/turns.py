"""Turns of the event loop: between two answers that must be made, whatever else has arrived gets its turn."""

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send


class Turns:
    """Lets the making of answers begin in the order in which they were asked for, each in a turn of the loop by itself.

    To make an answer takes a millisecond in which nothing else happens. uvloop takes on one new connection in a turn:
    if all who ask were answered in the same one, each connection would make the next one wait longer, until of two
    hundred that came at once many got nothing for seconds. What is held in memory is answered meanwhile.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._turn = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        async with self._turn:
            await asyncio.sleep(0)  # or the next one, who may run already, would find the turn free
        await self.app(scope, receive, send)
