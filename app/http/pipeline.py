"""Process a request and its response outside the route, in ordered steps."""

import asyncio
import re
import time
from collections.abc import Callable
from functools import partial

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import shorten
from app.http.caching import add_etag, set_cache_control
from app.http.checks import accepts_body, check_request
from app.http.conditional import respond_conditionally
from app.http.encoding import encode
from app.http.links import add_links
from app.http.messages import Request, Response, call, read_body, receiving
from app.http.negotiation import negotiate
from app.http.problem_types import ProblemType
from app.http.problems import HTTPProblem, problem_response
from app.http.render_queue import CONNECTION, RenderQueue
from app.http.render_thread import RenderThread
from app.http.request_ids import request_id
from app.http.request_log import RequestLog
from app.http.response_cache import ResponseCache
from app.http.security import add_security_headers, options_response
from app.http.unread import UnreadResponses
from app.limits import MAX_JSON_BYTES
from app.metrics import RequestMetrics
from app.urls import URLs

LIVENESS_PATH = "/health/live"  # rendered at once in the event loop, since it takes no time

_control_characters = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_log = structlog.get_logger("pipeline")


def check_header_values(request: Request, response: Response) -> Response:
    """Raise ValueError for a header value with a line break, which would start another header."""
    if any(_control_characters.search(value) for _, value in response.headers):
        raise ValueError("A header value contains a control character.")
    return response


# The ETag is computed before encoding, for responses that may be stored; `encode` then changes both.
STEPS: tuple[Callable[[Request, Response], Response], ...] = (
    negotiate,
    add_links,
    set_cache_control,
    add_etag,
    encode,
    add_security_headers,
    check_header_values,
)


class ResponsePipeline:
    """The ASGI application around the routes.

    A response is rendered by its route and the steps above, then cached; conditional requests and HEAD use
    the cached response. Every response has a request id, and every error becomes a problem document.

    `before_body` is called in a thread before the first request with a body is rendered, so that it may take long; None
    if no address accepts a body.
    """

    def __init__(
        self,
        app: ASGIApp,
        urls: URLs,
        cache: ResponseCache,
        log: RequestLog,
        metrics: RequestMetrics,
        *,
        before_body: Callable[[], object] | None = None,
    ) -> None:
        self.app = app
        self.urls = urls
        self.cache = cache
        self.metrics = metrics
        self.log = log
        self.before_body = before_body
        self.is_prepared = False  # `before_body` has been called
        self.queue = RenderQueue()
        self.render_thread = RenderThread()
        self.unread = UnreadResponses()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to an HTTP request; pass on what is not HTTP."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start = time.perf_counter()
        request = Request(scope, self.urls)
        id_ = request_id(request.headers)
        route, is_cache_hit = "", False
        try:
            response = await self.respond(request, receive)
            route, is_cache_hit = response.route, not request.is_rendered and bool(response.route)
            response = respond_conditionally(request, response)
        except HTTPProblem as problem:
            response = apply_steps(request, problem_response(request, problem))
        except Exception as error:
            self._log_exception(request, id_, error)
            response = apply_steps(request, problem_response(request, error))
        if request.error:
            self._log_exception(request, id_, request.error)
        headers = [*response.headers, (b"x-request-id", id_)]
        seconds, route = time.perf_counter() - start, route or request.route
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": response.body})
        self.metrics.count(route, response.status, seconds, is_cache_hit=is_cache_hit)
        self.log.write(request, response, id_, route, seconds, is_cache_hit=is_cache_hit)
        if (connection := scope.get(CONNECTION)) and connection.flow.write_paused:
            await self.unread.wait(scope, response.body)

    async def respond(self, request: Request, receive: Receive) -> Response:
        """Return the response to a request, from the cache if possible."""
        if problem := check_request(request):
            request.headers = {}  # too long to parse, perhaps
            return apply_steps(request, problem_response(request, problem))
        if request.method == "OPTIONS":
            return apply_steps(request, options_response(request))
        if request.method not in {"GET", "HEAD"}:
            return await self.render(request, receive)
        return self.cache.lookup(request) or await self.cache.render(request, partial(self.render, request, receive))

    async def render(self, request: Request, receive: Receive) -> Response:
        """Return the response of the route, after all steps; HEAD is rendered like GET."""
        if request.method == "HEAD":
            request.scope = {**request.scope, "method": "GET"}  # a copy: the server must still see HEAD
        if request.path == LIVENESS_PATH:
            return await self._call_app(request, receive)
        body = await self._read_accepted_body(request, receive)
        async with self.queue.turn(request.scope):
            # A request of another client address may have been the first to get its turn.
            if request.method in {"GET", "HEAD"} and (cached := self.cache.lookup(request)):
                return cached
            return await self.render_thread.run(self._call_app(request, receiving(body)))

    async def _read_accepted_body(self, request: Request, receive: Receive) -> bytes:
        """Return the body, or an empty one if the address accepts none; raise HTTPProblem if the client has left."""
        if not self.before_body or not accepts_body(request.method, request.path):
            return b""
        body = await read_body(receive, MAX_JSON_BYTES)
        if body is None:
            raise HTTPProblem(ProblemType.BAD_REQUEST, "The body of the request did not arrive.")
        if not self.is_prepared:
            await asyncio.to_thread(self.before_body)
            self.is_prepared = True
        return body

    async def _call_app(self, request: Request, receive: Receive) -> Response:
        request.is_rendered = True
        response, request.error = await call(self.app, request.scope, receive)
        response.route = request.route
        return apply_steps(request, response)

    def _log_exception(self, request: Request, id_: bytes, error: Exception) -> None:
        _log.error("failed", request_id=id_.decode(), path=shorten(request.path), exc_info=error)


def apply_steps(request: Request, response: Response) -> Response:
    """Apply the steps in order."""
    for step in STEPS:
        response = step(request, response)
    return response
