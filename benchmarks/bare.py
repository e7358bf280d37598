"""A minimal ASGI application that sends prepared responses, read from the file `RESPONSES`.

As a module it runs with the server options of the service: `python -m benchmarks.bare --port 8000`.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import Receive, Scope, Send

from app.server.options import server_options

Messages = tuple[dict[str, Any], dict[str, Any]]


def _messages(status: int, headers: dict[str, str], body: str) -> Messages:
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    return (
        {"type": "http.response.start", "status": status, "headers": encoded},
        {"type": "http.response.body", "body": body.encode("latin-1")},
    )


_responses: dict[str, tuple[int, dict[str, str], str]] = json.loads(Path(os.environ["RESPONSES"]).read_bytes())
_messages_by_path = {path: _messages(*response) for path, response in _responses.items()}


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Send the response for the path, whatever the method and the headers."""
    start, body = _messages_by_path[scope["path"]]
    await send(start)
    await send(body)


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[-1]), log_level="warning", **server_options(concurrency=1_000))
