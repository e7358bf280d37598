"""A plain JSON-RPC client, without the library."""

import json
from typing import Any

import httpx

HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
MAX_RESULT_LENGTH = 12_000  # characters, as docs/agents.md says


def post(client: httpx.Client, method: str, **params: Any) -> httpx.Response:
    """Send a request of the 2025 protocols."""
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return client.post("/mcp", json=message, headers=HEADERS)


def rpc(client: httpx.Client, method: str, **params: Any) -> Any:
    """Return the result of a request that succeeds."""
    response = post(client, method, **params)
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json"), response.text
    return response.json()["result"]


def call(client: httpx.Client, tool: str, **arguments: Any) -> Any:
    """Return the structured result of a tool; check that the text has the same content, and its length."""
    result = rpc(client, "tools/call", name=tool, arguments=arguments)
    assert not result["isError"], result
    ((text,), structured) = result["content"], result["structuredContent"]
    assert text["type"] == "text"
    assert json.loads(text["text"]) == structured
    assert len(text["text"]) <= MAX_RESULT_LENGTH
    assert len(json.dumps(structured, ensure_ascii=False)) <= MAX_RESULT_LENGTH
    return structured


def error(client: httpx.Client, tool: str, **arguments: Any) -> str:
    """Return the message of a tool that fails."""
    result = rpc(client, "tools/call", name=tool, arguments=arguments)
    assert result["isError"], result
    assert "structuredContent" not in result
    ((text),) = result["content"]
    return str(text["text"])
