"""uvicorn's HTTP/1.1 protocol with limits for large requests, slow clients and connections.

uvicorn limits neither the size and duration of a request's head nor the number of pipelined requests, and answers
malformed requests in plain text. This module uses its private members, so pyproject.toml pins its minor version.
"""

import sys
from asyncio import BaseTransport
from time import monotonic
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from app import limits
from app.http.checks import OPERATORS_PATHS, REFUSAL, accepts_body
from app.http.problems import HTTPProblem
from app.http.render_queue import CONNECTION, client_address
from app.server import bodies, refusals, transports
from app.server.connections import ConnectionLimits
from app.server.timeouts import Timeouts


class BoundedProtocol(HttpToolsProtocol):
    """A connection that refuses requests with problem documents and closes on slow clients.

    Connections in excess of the limits get a 503, except for health checks; beyond twice the limit they are closed.
    """

    _unparsed_bytes = 0  # received, but not part of a body or of a request with a complete head
    _blank_bytes = 0  # of blank lines before the next request
    _is_refused = False
    has_left = False  # the client has closed its sending side, or the connection
    _running: RequestResponseCycle | None = None

    def __init__(self, *args: Any, connection_limits: ConnectionLimits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.connection_limits, self.starter = connection_limits, connection_limits.starter
        self.shutdown_state = self.app_state.get("shutdown")
        self.body = bodies.IncomingBody()

    @property
    def is_waiting(self) -> bool:
        """Return whether the next step is the client's: to send a request or to read a response."""
        return self.cycle is None or self.cycle.response_complete or self.body.is_awaited or self.flow.write_paused

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self.writer = transports.ResponseWriter(self.transport)
        self.timeouts = Timeouts(self.loop, self.transport)
        self.address = client_address(self.client[0]) if self.client else ""
        self.waiting_since = monotonic()
        self.connection_limits.add(self)
        self._is_in_excess = (excess := self.connection_limits.excess(self)) > 1
        self.timeouts.expect_request()
        if excess > 2:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self.has_left = True
        self.connection_limits.remove(self)
        self.timeouts.cancel()
        self._unset_keepalive_if_required()
        # uvicorn marks only the last of several pipelined requests as disconnected; another may be running.
        if self._running:
            self._running.disconnected = True
        super().connection_lost(exc)
        # They refer to this object. Without them, it is freed at once; the garbage collector would do so much later.
        self.cycle = self.scope = self._running = None  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        if self._is_refused:
            transports.pause_for_a_turn(self.transport)
            return
        self._last_data = data
        if data[0] in b"\r\n" and (self.scope is None or (self._is_head_complete() and not self.cycle.more_body)):
            self._blank_bytes += len(data) - len(data.lstrip(b"\r\n"))
            if self._blank_bytes > limits.MAX_BLANK_BYTES:
                self._refuse(refusals.blank_lines())
                return
        self._unparsed_bytes += len(data)
        super().data_received(data)
        self._last_data = b""
        if self._is_refused:
            return
        if not self._is_head_complete():
            if self._unparsed_bytes > limits.MAX_BUFFERED_BYTES:
                self._refuse(refusals.too_large(self.url, self.headers))
            self.timeouts.expect_request()
            self.connection_limits.partial_heads.add(self, self._unparsed_bytes)
        elif self.cycle.more_body:
            self.headers.clear()  # trailers
            if self._unparsed_bytes > limits.MAX_BUFFERED_BYTES:
                self._stop_reading()  # chunk sizes or trailers
            self.timeouts.expect_request()
        else:
            self._unparsed_bytes = 0
            # If no response is due, the data was a body, or blank lines, which are not a request.
            if self.cycle.response_complete and not self.pipeline and not self.flow.write_paused:
                self.timeouts.expect_request()
            else:
                self.timeouts.cancel_request()

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        if self._unparsed_bytes > len(self._last_data):  # the head arrived in parts
            self.connection_limits.partial_heads.remove(self)
        self.scope[CONNECTION] = self  # type: ignore[literal-required]
        if problem := self._problem_with_head():
            del self.headers[limits.MAX_HEADER_LINES :]
            self.cycle.keep_alive = False
            self.scope[REFUSAL] = problem  # type: ignore[literal-required]
        elif accepts_body(self.scope["method"], self.scope["path"]):
            self.body.is_awaited = True
        if self.shutdown_state and self.shutdown_state.has_begun:
            self.cycle.keep_alive = False
            self.timeouts.hurry()
        self.headers, self._blank_bytes = [], 0  # trailers are added to this list, so the request never has them
        if self.pipeline:
            self._check_pipeline()
        self.timeouts.cancel_request()  # the body has its own timer

    def on_body(self, body: bytes) -> None:
        """Count the body, and drop it unless the address accepts one."""
        self._unparsed_bytes -= len(body)
        self.body.add(body)
        self.connection_limits.bodies.add(self, self.body.size if self.body.is_awaited else 0)
        if self.body.is_too_large:
            self._stop_reading()

    def on_message_complete(self) -> None:
        self.body.pass_on(self.cycle)
        self.cycle.more_body = False  # after the response, too
        self.cycle.message_event.set()

    def on_response_complete(self) -> None:
        self.writer.end()
        if self._running:
            self._running.scope["headers"] = []  # to free the memory while the connection is idle
        if not self.body.is_awaited:  # that of a pipelined request may still arrive
            self.connection_limits.bodies.remove(self)
        self.waiting_since = monotonic()
        if not self.flow.write_paused:
            super().on_response_complete()  # expects the next request, or starts one that has arrived

    def send_400_response(self, msg: str) -> None:
        if self._is_head_complete() and self.cycle.more_body:
            self._stop_reading()
        else:
            self._refuse(refusals.malformed(self.url if self.scope else b"", self._last_data, sys.exception()))

    def eof_received(self) -> bool:  # type: ignore[override]
        """Keep the connection open for the responses to complete requests if the client closes its sending side."""
        self.has_left = True
        if self.cycle is None or self.cycle.more_body or self.cycle.response_complete:
            return False
        self.cycle.keep_alive = False
        self.timeouts.cancel_request()
        return True

    def _unsupported_upgrade_warning(self) -> None:
        """Ignore the upgrade; close the connection if the parser discarded the data after it."""
        upgrade = sys.exception()
        if isinstance(upgrade, httptools.HttpParserUpgrade) and upgrade.args[0] < len(self._last_data):
            self.cycle.keep_alive = False

    def pause_writing(self) -> None:
        super().pause_writing()
        self.timeouts.expect_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        self.timeouts.cancel_reading()
        self.waiting_since = monotonic()
        if self._running and self._running.response_complete:
            super().on_response_complete()

    def shutdown(self) -> None:
        if self.cycle is None:  # the first request may be on its way
            self.loop.call_later(limits.SHUTDOWN_REQUEST_S, super().shutdown)
        else:
            super().shutdown()
        self.timeouts.hurry()

    def timeout_keep_alive_handler(self) -> None:
        if transports.has_unread_data(self.transport):
            self.timeouts.expect_request()
        else:
            super().timeout_keep_alive_handler()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        if self.flow.write_paused:  # the response before is only partly sent
            self.flow.pause_reading()
            self.pipeline.appendleft((cycle, app))
            return
        self._running, start = cycle, super()._start_asgi_task
        cycle.transport = self.writer  # type: ignore[assignment]  # the cycle only writes to it and closes it
        # With few connections, no turn of the event loop can take long.
        if len(self.connections) <= limits.MAX_STARTS or self.starter.may_start():
            start(cycle, app)
        else:
            size = refusals.head_size(b"", cycle.scope["headers"])  # type: ignore[arg-type]  # a list, in uvicorn
            if not self.starter.may_wait(size):
                cycle.scope["headers"], size = [], 0
                cycle.scope[REFUSAL] = refusals.too_many_requests()  # type: ignore[literal-required]  # our key
            self.starter.defer(lambda: None if cycle.disconnected else start(cycle, app), size)

    def _problem_with_head(self) -> HTTPProblem | None:
        if self.scope["http_version"] not in refusals.SUPPORTED_VERSIONS:
            return refusals.version_not_supported(self.scope["http_version"])
        size = 0
        if self._unparsed_bytes > limits.MAX_HEAD_BYTES:
            size = refusals.head_size(self.url, self.headers)
            self._unparsed_bytes -= size
        if size > limits.MAX_HEAD_BYTES or len(self.headers) > limits.MAX_HEADER_LINES:
            return refusals.too_large(self.url, self.headers)
        if self._is_in_excess and self.scope["path"] not in OPERATORS_PATHS and self.connection_limits.excess(self) > 1:
            return refusals.too_many_connections()
        return None

    def _check_pipeline(self) -> None:
        heads = (refusals.head_size(b"", cycle.scope["headers"]) for cycle, _ in self.pipeline)  # type: ignore[arg-type]
        if len(self.pipeline) > limits.MAX_PIPELINED or sum(heads) > limits.MAX_PIPELINED_BYTES:
            self.pipeline.popleft()
            self.body.clear()
            self.cycle = self.pipeline[0][0] if self.pipeline else self._running  # type: ignore[assignment]
            raise ValueError("too many pipelined requests")  # stops the parser

    def _is_head_complete(self) -> bool:
        return self.cycle is not None and self.cycle.scope is self.scope

    def _stop_reading(self) -> None:
        """Treat the request as complete, ignore what follows, and close after the response."""
        self._is_refused = True
        self.on_message_complete()
        self.cycle.keep_alive = False
        if self.cycle.response_complete:
            self.transport.close()

    def _refuse(self, problem: HTTPProblem) -> None:
        """Respond with a problem and close; if another request is running, close after its response."""
        self._is_refused = True
        if self.cycle and not self.cycle.response_complete:
            self.cycle.keep_alive = False
            return
        if self.scope is None:
            self.on_message_begin()
        url = b"" if self._is_head_complete() else self.url
        self.cycle = refusals.refused_cycle(self, problem, url, self._last_data)
        self._start_asgi_task(self.cycle, self.app)
