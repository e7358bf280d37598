"""`POST /mcp`: the Model Context Protocol over streamable HTTP, without sessions and with JSON responses."""

import importlib
import json

from fastapi import APIRouter, Request, Response

from app.http import messages
from app.http.policies import NO_STORE, ResponsePolicy
from app.http.problem_types import ProblemType
from app.http.problems import HTTPProblem
from app.http.security import MCP_PATH
from app.limits import MAX_JSON_BYTES
from app.mcp.hosts import is_own_host
from app.mcp.json_rpc import INVALID_REQUEST, message_error
from app.routers.checked_route import CheckedRoute

router = APIRouter(include_in_schema=False, route_class=CheckedRoute)


def load_library() -> None:
    """Import the library; do nothing if it is imported already."""
    importlib.import_module("app.mcp.transport")


@router.post(MCP_PATH)
@ResponsePolicy(formats=(), cache_control=NO_STORE)
async def post_message(request: Request) -> Response:
    """Respond to a JSON-RPC message; errors are JSON-RPC, too."""
    from app.mcp.transport import respond

    public_url, server = request.app.state.urls.public_url, request.scope.get("server")
    if not is_own_host(request.headers.get("host", ""), public_url, server):
        return _error(
            421, "This host name is not one of this service; use its public URL or the address it listens on."
        )
    body = await request.body()
    if len(body) > MAX_JSON_BYTES:
        return _error(413, f"A message has at most {MAX_JSON_BYTES} bytes; send fewer or shorter quotations.")
    if message := message_error(body):
        return _error(400, message)
    state = request.app.state
    try:
        response = await respond(request.scope, messages.receiving(body), state.sessions, state.absolute_urls)
    except TimeoutError as error:
        raise HTTPProblem(ProblemType.OVERLOADED, "The service has too much to do; try again soon.") from error
    if response.status >= 400 and response.header(b"content-type") != b"application/json":
        text = bytes(response.body).decode() or "The client must accept application/json."
        return _error(response.status, f"{text.rstrip('.')}.")
    return _to_response(response)


def _to_response(response: messages.Response) -> Response:
    result = Response(response.body, response.status)
    result.raw_headers = response.headers
    return result


def _error(status: int, message: str) -> Response:
    error = {"jsonrpc": "2.0", "id": None, "error": {"code": INVALID_REQUEST, "message": message}}
    return Response(json.dumps(error), status, media_type="application/json")
