"""uvicorn's HTTP/1.1 protocol with limits for large requests, slow clients and connections.

uvicorn limits neither the size and duration of a request's head nor the number of pipelined requests, and
answers malformed requests in plain text. This module relies on private members of uvicorn, which is why pyproject.toml
pins its minor version; tests/server/test_uvicorn.py lists them.
"""

import re
import sys
from asyncio import BaseTransport, Event, TimerHandle
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from app.http.checks import MAX_URL_BYTES, REFUSAL
from app.http.problem_types import BAD_REQUEST, HEADERS_TOO_LARGE, METHOD_NOT_ALLOWED, OVERLOADED, URI_TOO_LONG
from app.http.problems import RETRY_AFTER_S, HTTPProblem, method_not_allowed

MAX_HEAD_BYTES = 32_768  # URL and headers
MAX_BUFFERED_BYTES = 65_536  # of an incomplete head
MAX_BODY_BYTES = 1_048_576  # no request needs a body; a longer one closes the connection
MAX_PIPELINED = 64  # requests that a client may send before the first gets its response
REQUEST_S = 10  # seconds for a request to arrive, and for a connection to send its first
WRITE_S = 30  # seconds in which a client must read some of its response
KEEP_ALIVE_S = 5  # seconds before an idle connection is closed

# RFC 9112 section 3, with any token as the method.
_request_line = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+ [\x21-\x7e]+ HTTP/1\.[01]\r?\n")


class BoundedProtocol(HttpToolsProtocol):
    """A connection that refuses requests with problem documents and closes on slow clients.

    Connections beyond `limit_concurrency` get a 503, those beyond twice as many are closed at once; earlier ones are
    served. uvicorn itself would refuse all of them.
    """

    _request_timer: TimerHandle | None = None
    _write_timer: TimerHandle | None = None
    _unparsed_bytes = 0  # received, but not part of a request with a complete head
    _body_cycle: RequestResponseCycle | None = None  # the request whose body is arriving
    _body_bytes = 0
    _last_data = b""
    _exceeds_concurrency = False
    _is_refused = False
    _running: RequestResponseCycle | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.concurrency, self.limit_concurrency = self.limit_concurrency or sys.maxsize, None

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self._exceeds_concurrency = len(self.connections) > self.concurrency
        if len(self.connections) > 2 * self.concurrency:
            self.transport.abort()
        else:
            self._start_request_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._request_timer, self._write_timer):
            if timer:
                timer.cancel()
        # uvicorn marks only the last of several pipelined requests as disconnected; another may be running.
        if self._running:
            self._running.disconnected = True
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_refused:
            return
        self._unparsed_bytes += len(data)
        self._last_data = data
        super().data_received(data)
        if self._is_refused:
            return
        cycle = self.cycle
        if cycle is None or cycle.scope is not self.scope:
            if self._unparsed_bytes > MAX_BUFFERED_BYTES:
                self._refuse(self._too_large())
            self._start_request_timer()
            return
        self._unparsed_bytes = 0
        # If no response is due, the data was a body, or blank lines, which are not a request.
        if cycle.more_body or (cycle.response_complete and not self.pipeline):
            self._start_request_timer()
        else:
            self._cancel_request_timer()

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._cancel_request_timer()  # the body has its own timer
        if self._unparsed_bytes > MAX_HEAD_BYTES or self._exceeds_concurrency or self.pipeline:
            self._check_head()

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        self._unparsed_bytes -= len(body)
        if self._body_cycle is not self.cycle:
            self._body_cycle, self._body_bytes = self.cycle, 0
        self._body_bytes += len(body)
        if self._body_bytes > MAX_BODY_BYTES:
            self._is_refused = True
            self.cycle.keep_alive = False
            if self.cycle.response_complete:
                self.transport.close()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.is_closing() and self.transport.get_write_buffer_size():
            self._start_write_timer()

    def send_400_response(self, msg: str) -> None:
        if self.scope and len(self.url) > MAX_URL_BYTES:
            self._refuse(self._too_large())
        elif isinstance(sys.exception(), httptools.HttpParserInvalidMethodError) and _request_line.match(
            self._last_data
        ):
            self._refuse(method_not_allowed())  # the parser accepts registered methods only
        else:
            self._refuse(HTTPProblem(BAD_REQUEST, "This is not a valid HTTP request."))

    def eof_received(self) -> bool:  # type: ignore[override]
        """Keep the connection open for the response if the client closes only its sending side."""
        if self.cycle is None or self.cycle.response_complete:
            return False
        self.cycle.keep_alive = False
        return True

    def _unsupported_upgrade_warning(self) -> None:
        """Ignore the upgrade; close the connection if the parser discarded the data after it."""
        upgrade = sys.exception()
        if isinstance(upgrade, httptools.HttpParserUpgrade) and upgrade.args[0] < len(self._last_data):
            self.cycle.keep_alive = False

    def pause_writing(self) -> None:
        super().pause_writing()
        self._start_write_timer()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._write_timer:
            self._write_timer.cancel()
            self._write_timer = None

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._start_write_timer()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def _check_head(self) -> None:
        problem: HTTPProblem | None = None
        if self._unparsed_bytes > MAX_HEAD_BYTES:
            head_bytes = len(self.url) + sum(len(name) + len(value) + len(": \r\n") for name, value in self.headers)
            self._unparsed_bytes -= head_bytes
            problem = self._too_large() if head_bytes > MAX_HEAD_BYTES else None
        if self._exceeds_concurrency and len(self.connections) > self.concurrency:
            detail = "The service has too many connections; try again soon."
            problem = HTTPProblem(OVERLOADED, detail, headers={"Retry-After": str(RETRY_AFTER_S)})
        if problem:
            self.cycle.keep_alive = False
            self.cycle.scope[REFUSAL] = problem  # type: ignore[literal-required]
        if len(self.pipeline) > MAX_PIPELINED:
            raise ValueError("too many pipelined requests")  # stops the parser

    def _refuse(self, problem: HTTPProblem) -> None:
        """Answer with a problem and close; if another request is running, close after its response."""
        self._is_refused = True
        if self.cycle and not self.cycle.response_complete:
            self.cycle.keep_alive = False
            return
        if self.scope is None:
            self.on_message_begin()
        is_head = self.parser.get_method() == b"HEAD" and problem.type is not METHOD_NOT_ALLOWED
        scope: Any = {
            "path": "/",
            "raw_path": b"/",
            "query_string": b"",
            **self.scope,
            "method": "HEAD" if is_head else "GET",
            REFUSAL: problem,
        }
        self.cycle = RequestResponseCycle(
            scope=scope,
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=self.access_log,
            default_headers=self.server_state.default_headers,
            message_event=Event(),
            expect_100_continue=False,
            keep_alive=False,
            on_response=self.on_response_complete,
        )
        self._start_asgi_task(self.cycle, self.app)

    def _too_large(self) -> HTTPProblem:
        if len(self.url) > MAX_URL_BYTES:
            return HTTPProblem(URI_TOO_LONG, f"The URL is longer than {MAX_URL_BYTES} bytes.")
        return HTTPProblem(HEADERS_TOO_LARGE, f"The URL and the headers take more than {MAX_HEAD_BYTES} bytes.")

    def _start_request_timer(self) -> None:
        if not self._request_timer:
            self._request_timer = self.loop.call_later(REQUEST_S, self.transport.abort)

    def _cancel_request_timer(self) -> None:
        if self._request_timer:
            self._request_timer.cancel()
            self._request_timer = None

    def _start_write_timer(self) -> None:
        """Abort the connection if its client stops reading."""
        if not self._write_timer:
            unread = self.transport.get_write_buffer_size()
            self._write_timer = self.loop.call_later(WRITE_S, self._check_progress, unread)

    def _check_progress(self, unread_before: int) -> None:
        self._write_timer = None
        unread = self.transport.get_write_buffer_size()
        if unread >= unread_before:
            self.transport.abort()
        elif unread:
            self._start_write_timer()
