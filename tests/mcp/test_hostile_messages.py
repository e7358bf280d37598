"""No message makes the service fail or wait."""

import json
from typing import Any

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.mcp.json_rpc import HEADERS

METHODS = (
    "initialize",
    "notifications/cancelled",
    "notifications/initialized",
    "ping",
    "prompts/get",
    "prompts/list",
    "resources/list",
    "resources/read",
    "resources/subscribe",
    "server/discover",
    "subscriptions/listen",
    "tools/call",
    "tools/list",
)
NAMES = ("search", "fetch", "verify_quotations", "contents", "facts", "check_text", "nothing")
KEYS = ("id", "query", "quotes", "guide", "kind", "cursor", "text", "since", "uri", "name", "arguments", "_meta")

text = st.text(max_size=40)
value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text | st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=8,
)
params = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(NAMES) | value,
        "arguments": st.dictionaries(st.sampled_from(KEYS), value, max_size=4) | value,
        "uri": text,
        "cursor": text,
        "protocolVersion": text,
        "_meta": value,
    },
)
message = st.fixed_dictionaries(
    {"jsonrpc": st.just("2.0") | value, "method": st.sampled_from(METHODS) | value},
    optional={"id": st.integers() | text | value, "params": params | value, "result": value},
)
version = st.sampled_from(["", "2025-03-26", "2025-11-25", "2026-07-28", "x"])


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(message=message | value, version=version)
def test_any_message_gets_an_answer(client: httpx.Client, message: Any, version: str) -> None:
    headers = HEADERS | ({"MCP-Protocol-Version": version} if version else {})
    response = client.post("/mcp", content=json.dumps(message), headers=headers)
    assert response.status_code < 500
    if response.status_code != 202:
        answer = response.json()
        assert answer["jsonrpc"] == "2.0"
        assert ("result" in answer) != ("error" in answer)
        assert "Traceback" not in response.text
