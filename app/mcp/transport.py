"""Streamable HTTP without sessions: each message has a server and a transport of its own, so nothing outlives it."""

import asyncio
import logging

import structlog
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.types import Receive, Scope

from app.errors import shorten
from app.http.messages import Response, call
from app.limits import MAX_JSON_BYTES, MAX_TOOL_S
from app.mcp.server import Handlers
from app.store.engines import ReadingSessions
from app.urls import URLs

_log = structlog.get_logger("mcp")


class _LogHandler(logging.Handler):
    """Pass the library's errors to the log of the service; its warnings are about what clients send."""

    def emit(self, record: logging.LogRecord) -> None:
        _log.error("failed", message=shorten(record.getMessage()), exc_info=record.exc_info)


_library_log = logging.getLogger("mcp")
_library_log.addHandler(_LogHandler(logging.ERROR))
_library_log.propagate = False


async def respond(scope: Scope, receive: Receive, sessions: ReadingSessions, urls: URLs) -> Response:
    """Return the response to a POST request, or raise the exception of a handler."""
    handlers = Handlers(sessions, urls)
    manager = StreamableHTTPSessionManager(
        handlers.server(), json_response=True, stateless=True, max_request_body_size=MAX_JSON_BYTES
    )
    async with asyncio.timeout(MAX_TOOL_S), manager.run():
        response, error = await call(manager.handle_request, scope, receive)
    if fault := handlers.fault or error:
        raise fault
    return response
