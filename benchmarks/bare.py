"""The least that an ASGI application can do: send one body with given headers, from the file `ANSWER`."""

import json
import os
from pathlib import Path

from starlette.types import Receive, Scope, Send

_answer = json.loads(Path(os.environ["ANSWER"]).read_text(encoding="utf-8"))
_headers = [(name.encode(), value.encode()) for name, value in _answer["headers"]]
_body = _answer["body"].encode()


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer everything alike; uvicorn goes on without the lifespan events, which this does not know."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": _headers})
        await send({"type": "http.response.body", "body": _body})
