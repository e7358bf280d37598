"""The library's client and a plain one, in both generations of the protocol."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from mcp import Client

from app.mcp.server import Handlers
from app.store.engines import ReadingSessions
from app.store.served import ServedStore
from app.urls import URLs
from tests.mcp.json_rpc import HEADERS, post, rpc
from tests.service import GUIDE, SAMPLE, seed, serving

NEWEST = "2026-07-28"
VERSIONS = {"legacy": "2025-11-25", "auto": NEWEST}
TOOLS = ["search", "fetch", "verify_quotations", "contents", "facts"]
PING = b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}'
MODES = pytest.mark.parametrize("mode", VERSIONS)


async def visit(client: Client, guide: str) -> None:
    """Use everything that the server offers."""
    tools = (await client.list_tools()).tools
    assert [tool.name for tool in tools] == TOOLS
    found = await client.call_tool("search", {"query": "signed"})
    assert not found.is_error
    for result in found.structured_content["results"]:
        document = await client.call_tool("fetch", {"id": result["id"]})
        assert (document.structured_content["id"], document.structured_content["url"]) == (result["id"], result["url"])
    for tool, arguments in (
        ("verify_quotations", {"quotes": ["signed"]}),
        ("contents", {"guide": guide}),
        ("facts", {"kind": "instrument"}),
    ):
        assert not (await client.call_tool(tool, arguments)).is_error
    resources = (await client.list_resources()).resources
    assert guide in [resource.name for resource in resources]
    assert len((await client.list_resource_templates()).resource_templates) == 2
    for resource in resources:
        (contents,) = (await client.read_resource(resource.uri)).contents
        assert (contents.mime_type, contents.uri) == ("text/markdown", resource.uri)
    (prompt,) = (await client.list_prompts()).prompts
    (message,) = (await client.get_prompt(prompt.name, {"text": "It was signed in 1961."})).messages
    assert "It was signed in 1961." in message.content.text  # type: ignore[union-attr]
    assert (await client.call_tool("fetch", {"id": "guides/none"})).is_error


def run(server: Any, mode: str, use: Callable[[Client], Awaitable[None]]) -> None:
    async def connect() -> None:
        async with Client(server, mode=mode) as client:
            assert client.protocol_version == VERSIONS[mode]
            await use(client)

    asyncio.run(connect())


@MODES
def test_the_librarys_client_uses_everything_over_http(client: httpx.Client, mode: str) -> None:
    run(str(client.base_url.join("/mcp")), mode, lambda connected: visit(connected, GUIDE))


@MODES
def test_the_librarys_client_uses_everything_in_memory(store: Path, mode: str) -> None:
    seed(store, SAMPLE)
    sessions = ReadingSessions(ServedStore(store))
    server = Handlers(sessions, URLs("https://treaties.example.org")).server()
    run(server, mode, lambda connected: visit(connected, "treaty-of-nowhere"))
    sessions.close()


@pytest.mark.parametrize("version", ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
def test_a_plain_client_of_an_older_version_needs_no_session(client: httpx.Client, version: str) -> None:
    info = {"name": "test", "version": "1"}
    greeting = rpc(client, "initialize", protocolVersion=version, capabilities={}, clientInfo=info)
    assert greeting["protocolVersion"] == version
    assert greeting["serverInfo"]["name"] == "treaty-guide"
    assert "verify_quotations" in greeting["instructions"]
    initialized = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    accepted = client.post("/mcp", json=initialized, headers=HEADERS | {"MCP-Protocol-Version": version})
    assert (accepted.status_code, accepted.content) == (202, b"")
    assert "mcp-session-id" not in post(client, "tools/list").headers
    assert [tool["name"] for tool in rpc(client, "tools/list")["tools"]] == TOOLS


def test_a_plain_client_of_the_current_version_sends_one_request(client: httpx.Client) -> None:
    meta = {
        "io.modelcontextprotocol/protocolVersion": NEWEST,
        "io.modelcontextprotocol/clientCapabilities": {},
    }
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
    params = {"name": "contents", "arguments": {"guide": GUIDE}, "_meta": meta}
    headers = {**HEADERS, "MCP-Protocol-Version": NEWEST, "Mcp-Method": "tools/call", "Mcp-Name": "contents"}
    response = client.post("/mcp", json=message | {"params": params}, headers=headers)
    assert response.headers["content-type"] == "application/json"
    assert len(response.json()["result"]["structuredContent"]["entries"]) == 18


def test_tools_say_that_they_only_read_and_describe_what_they_take_and_return(client: httpx.Client) -> None:
    for tool in rpc(client, "tools/list")["tools"]:
        assert tool["title"] == tool["annotations"]["title"]
        assert tool["annotations"]["readOnlyHint"] is True
        assert tool["annotations"]["openWorldHint"] is False
        for schema in (tool["inputSchema"], tool["outputSchema"]):
            jsonschema.Draft202012Validator.check_schema(schema)
            assert schema["type"] == "object"
        for name, argument in tool["inputSchema"]["properties"].items():
            assert argument["description"], (tool["name"], name)
        assert tool["inputSchema"]["additionalProperties"] is False


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE", "PUT", "PATCH"])
def test_line_35_only_post_is_allowed(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/mcp", headers={"Accept": "text/event-stream"})
    assert (response.status_code, response.headers["allow"]) == (405, "OPTIONS, POST")


@pytest.mark.parametrize(
    "name", ["oauth-protected-resource", "oauth-protected-resource/mcp", "oauth-authorization-server"]
)
def test_line_35_there_is_no_authorization(client: httpx.Client, name: str) -> None:
    assert client.get(f"/.well-known/{name}").status_code == 404


def test_pages_of_any_origin_may_call_the_tools(client: httpx.Client) -> None:
    headers = {
        "Origin": "https://inspector.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,mcp-protocol-version",
    }
    preflight = client.options("/mcp", headers=headers)
    assert preflight.headers["access-control-allow-methods"] == "OPTIONS, POST"
    assert preflight.headers["access-control-allow-headers"] == "content-type,mcp-protocol-version"
    response = client.post("/mcp", content=b"{}", headers=HEADERS | {"Origin": "https://inspector.example"})
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "192.0.2.1", "localhost.evil.example", "[2001:db8::1]", "[:]"]
)
def test_other_hosts_are_refused(client: httpx.Client, host: str) -> None:
    response = client.post("/mcp", content=b"{}", headers=HEADERS | {"Host": host})
    assert response.status_code == 421
    assert "public URL" in response.json()["error"]["message"]


@pytest.mark.parametrize(
    "host", ["treaties.example.org", "treaties.example.org:443", "localhost:8080", "127.0.0.1", "[::1]:80"]
)
def test_the_public_host_and_this_machine_are_accepted(store: Path, host: str) -> None:
    seed(store, SAMPLE)
    with serving(store, public_url="https://treaties.example.org") as client:
        message = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
        assert client.post("/mcp", json=message, headers=HEADERS | {"Host": host}).json()["result"] == {}


@pytest.mark.parametrize(
    ("content", "headers", "status", "code"),
    [
        (b"{", {}, 400, -32700),
        (b"\xff", {}, 400, -32700),
        (b"[]", {}, 400, -32600),
        (b"[%s]" % PING, {"MCP-Protocol-Version": "2025-03-26"}, 400, -32600),
        (b"1", {}, 400, -32600),
        (b"{}", {}, 400, -32600),
        (b'{"jsonrpc": "2.0", "id": 1, "method": 1}', {}, 400, -32600),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "%s"}' % (b"x" * 100_000), {}, 400, -32600),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": [1]}', {}, 400, -32600),
        (b'{"jsonrpc": "2.0", "id": 1, "result": {}}', {}, 400, -32600),
        *(
            (b'{"jsonrpc": "2.0", "id": %s, "method": "ping"}' % id_, {}, 400, -32600)
            for id_ in (b"null", b"1.5", b"true", b"NaN", b"{}", b'"%s"' % (b"x" * 100_000))
        ),
        (b"[" * 50_000, {}, 400, -32700),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "nothing"}', {}, 200, -32601),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call"}', {}, 200, -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}', {"MCP-Protocol-Version": "1999-01-01"}, 400, -32602),
        (PING, {"Content-Type": "text/plain"}, 400, -32600),
        (PING, {"Accept": "text/html"}, 406, -32600),
        (b" " * 262_145, {}, 413, -32600),
    ],
)
def test_line_35_errors_are_json_rpc(
    client: httpx.Client, content: bytes, headers: dict[str, str], status: int, code: int
) -> None:
    response = client.post("/mcp", content=content, headers=HEADERS | headers)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/json")
    assert response.json()["error"]["code"] == code
    assert response.json()["error"]["message"]
    assert len(response.content) < 300
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("rest", [b"", b', "params": null', b', "params": {}', b', "params": {"_meta": {}}'])
def test_a_message_needs_no_parameters(client: httpx.Client, rest: bytes) -> None:
    message = b'{"jsonrpc": "2.0", "id": "a", "method": "ping"%s}' % rest
    assert client.post("/mcp", content=message, headers=HEADERS).json() == {"jsonrpc": "2.0", "id": "a", "result": {}}


def test_unknown_names_of_tools_and_prompts_are_answered_with_the_existing_ones(client: httpx.Client) -> None:
    tool = post(client, "tools/call", name="serach", arguments={}).json()["error"]
    assert (tool["code"], tool["message"]) == (-32602, f"There is no tool “serach”. There are: {', '.join(TOOLS)}.")
    prompt = post(client, "prompts/get", name="other").json()["error"]
    assert "There is: check_text." in prompt["message"]
    assert (
        "needed" in post(client, "prompts/get", name="check_text", arguments={"text": " "}).json()["error"]["message"]
    )


def test_a_section_is_a_resource_and_a_term_is_not(client: httpx.Client) -> None:
    uri = f"http://127.0.0.1:8000/v1/guides/{GUIDE}/sections/history?format=md"
    (contents,) = rpc(client, "resources/read", uri=uri)["contents"]
    assert contents["uri"] == uri
    served = client.get(f"/v1/guides/{GUIDE}/sections/history?format=md").text
    words = [line for line in served.splitlines() if line.startswith("[history.")]
    assert words
    assert [line for line in words if line not in contents["text"]] == []
    refused = post(client, "resources/read", uri="http://127.0.0.1:8000/v1/terms/anpo").json()["error"]
    assert "fetch" in refused["message"]


def test_the_tools_can_be_turned_off(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, mcp=False) as client:
        assert post(client, "tools/list").status_code == 404
        assert client.get("/mcp").status_code == 404


def test_a_store_that_is_missing_is_reported_to_the_model(store: Path) -> None:
    with serving(store) as client:
        result = rpc(client, "tools/call", name="contents", arguments={})
    assert result["isError"]
    assert json.dumps(result["content"]).count("store") == 1
