"""A minimal ASGI application: send the response for the path from the file `ANSWERS`.

Run as a module, it is served with all the options of the service: `python -m benchmarks.bare --port 8000`.
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


def _messages(status: int, fields: dict[str, str], body: str) -> Messages:
    headers = [(name.encode(), value.encode()) for name, value in fields.items()]
    return (
        {"type": "http.response.start", "status": status, "headers": headers},
        {"type": "http.response.body", "body": body.encode("latin-1")},  # in which each byte is a character
    )


_answers = {path: _messages(*answer) for path, answer in json.loads(Path(os.environ["ANSWERS"]).read_bytes()).items()}


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Respond without looking at the method or the headers."""
    start, body = _answers[scope["path"]]
    await send(start)
    await send(body)


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[-1]), log_level="warning", **server_options(concurrency=1_000))
