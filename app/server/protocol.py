"""uvicorn's HTTP/1.1 with bounds: on the size of a request, on slow clients, and on how many ask at once.

uvicorn bounds neither the size of a head nor the time that it takes, nor how many requests come before the first is
answered, and answers what it cannot take in plain text.
"""

import re
import sys
from asyncio import BaseTransport, Event, TimerHandle
from functools import partial
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from app.http.fields import WrittenFields
from app.http.limits import GREATEST_ADDRESS, REFUSAL
from app.http.problems import BadRequest, HeadersTooLarge, HTTPProblem, MethodNotAllowed, Overloaded, URITooLong

GREATEST_HEAD = 32_768  # bytes of address and header fields
MOST_HELD = 65_536  # bytes held of a head that is incomplete
GREATEST_BODY = 1_048_576  # bytes; no body means anything here, and one that goes on is the end of the connection
MOST_WAITING = 64  # requests that a client may send before it has the answer to the first of them
REQUEST_S = 10  # how long a request may take to arrive, and a connection to make its first one
WRITING_S = 30  # how long a client may go without taking any byte of its answer
KEEP_ALIVE_S = 5  # how long a connection is kept for another request

# RFC 9112 section 3, with any token as the method.
_request_line = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+ [\x21-\x7e]+ HTTP/1\.[01]\r?\n")


class BoundedProtocol(HttpToolsProtocol):
    """A connection that is closed when its client is too slow, and answers with a problem what cannot be read.

    A connection beyond as many as `limit_concurrency` is answered with a 503, and one beyond twice as many not at all;
    those that were there before go on. uvicorn itself would answer none of them.
    """

    _arriving: TimerHandle | None = None
    _taking: TimerHandle | None = None
    _unread = 0  # bytes that came and belong to no request whose head is complete
    _with_body: RequestResponseCycle | None = None  # the request whose body comes
    _of_body = 0  # bytes of it that came
    _data = b""  # what came last
    _is_beyond = False  # whether there were as many connections as are taken on when this one came
    _refused = False
    _running: RequestResponseCycle | None = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.concurrency, self.limit_concurrency = self.limit_concurrency or sys.maxsize, None

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self._is_beyond = len(self.connections) > self.concurrency
        if len(self.connections) > 2 * self.concurrency:
            self.transport.abort()
        else:
            self._expect_request()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._arriving, self._taking):
            if timer:
                timer.cancel()
        # uvicorn tells only the last of several requests that came together; the one under way may be another.
        if self._running:
            self._running.disconnected = True
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        self._unread += len(data)
        self._data = data
        super().data_received(data)
        if self._refused:
            return
        cycle = self.cycle
        if cycle is None or cycle.scope is not self.scope:
            if self._unread > MOST_HELD:
                self._refuse(self._too_large())
            self._expect_request()
            return
        self._unread = 0
        # Where there is nothing to answer, what came was a body, or blank lines, which are no request.
        if cycle.more_body or (cycle.response_complete and not self.pipeline):
            self._expect_request()
        elif self._arriving:
            self._arriving.cancel()
            self._arriving = None

    def on_headers_complete(self) -> None:
        HttpToolsProtocol.on_headers_complete(self)
        if self._arriving:  # a body has a time of its own
            self._arriving.cancel()
            self._arriving = None
        if self._unread > GREATEST_HEAD or self._is_beyond or self.pipeline:
            self._look_at_head()

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        self._unread -= len(body)
        if self._with_body is not self.cycle:
            self._with_body, self._of_body = self.cycle, 0
        self._of_body += len(body)
        if self._of_body > GREATEST_BODY:
            self._refused = True
            self.cycle.keep_alive = False
            if self.cycle.response_complete:
                self.transport.close()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.is_closing() and self.transport.get_write_buffer_size():
            self._expect_taking()

    def send_400_response(self, msg: str) -> None:
        if self.scope and len(self.url) > GREATEST_ADDRESS:
            self._refuse(self._too_large())
        elif isinstance(sys.exception(), httptools.HttpParserInvalidMethodError) and _request_line.match(self._data):
            self._refuse(MethodNotAllowed())  # the parser knows no method but those that are registered
        else:
            self._refuse(BadRequest("What came is not an HTTP request that can be read."))

    def eof_received(self) -> bool:  # type: ignore[override]
        """A client that sends nothing more is still given the answer that it waits for."""
        if self.cycle is None or self.cycle.response_complete:
            return False
        self.cycle.keep_alive = False
        return True

    def _unsupported_upgrade_warning(self) -> None:
        """Answer as if none had been offered; close where the parser has thrown away what came with the offer."""
        upgrade = sys.exception()
        if isinstance(upgrade, httptools.HttpParserUpgrade) and upgrade.args[0] < len(self._data):
            self.cycle.keep_alive = False

    def pause_writing(self) -> None:
        super().pause_writing()
        self._expect_taking()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._taking:
            self._taking.cancel()
            self._taking = None

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._expect_taking()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._running = cycle

        def ask(scope: Any, receive: Any, _: Any) -> Any:
            return self.app(scope, receive, partial(_send, cycle))

        HttpToolsProtocol._start_asgi_task(self, cycle, ask)

    def _look_at_head(self) -> None:
        problem: HTTPProblem | None = None
        if self._unread > GREATEST_HEAD:
            head = self._head()
            self._unread -= head
            problem = self._too_large() if head > GREATEST_HEAD else None
        if self._is_beyond and len(self.connections) > self.concurrency:
            problem = Overloaded()
        if problem:
            self.cycle.keep_alive = False
            self.cycle.scope[REFUSAL] = problem  # type: ignore[literal-required]
        if len(self.pipeline) > MOST_WAITING:
            raise ValueError("more requests at once than wait for an answer")  # to the parser, which then stops

    def _refuse(self, problem: HTTPProblem) -> None:
        """Answer with a problem and close; after requests that are still under way, close without a word."""
        self._refused = True
        if self.cycle and not self.cycle.response_complete:
            self.cycle.keep_alive = False
            return
        if self.scope is None:
            self.on_message_begin()
        is_head = self.parser.get_method() == b"HEAD" and not isinstance(problem, MethodNotAllowed)
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
        if len(self.url) > GREATEST_ADDRESS:
            return URITooLong(f"The address is longer than {GREATEST_ADDRESS} bytes.")
        return HeadersTooLarge(f"The header fields and the address take more than {GREATEST_HEAD} bytes.")

    def _head(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + len(": \r\n") for name, value in self.headers)

    def _expect_request(self) -> None:
        if not self._arriving:
            self._arriving = self.loop.call_later(REQUEST_S, self.transport.abort)

    def _expect_taking(self) -> None:
        """Abort the connection unless its client goes on taking what is being sent."""
        if not self._taking:
            self._taking = self.loop.call_later(WRITING_S, self._look, self.transport.get_write_buffer_size())

    def _look(self, left_before: int) -> None:
        self._taking = None
        left = self.transport.get_write_buffer_size()
        if left >= left_before:
            self.transport.abort()
        elif left:
            self._expect_taking()


async def _send(cycle: RequestResponseCycle, message: Any) -> None:
    """Send a message as uvicorn does, but fields that are written already as they are.

    uvicorn checks and writes each field of each answer anew, which took a quarter of the time of a held one.
    """
    fields = message.get("headers")
    if (
        isinstance(fields, WrittenFields)
        and fields.length is not None
        and cycle.keep_alive
        and not (cycle.disconnected or cycle.flow.write_paused or cycle.response_started)
    ):
        cycle.response_started = True
        cycle.expected_content_length = fields.length
        standing = [b"%b: %b\r\n" % field for field in cycle.default_headers]
        cycle.transport.write(b"".join([STATUS_LINE[message["status"]], *standing, fields.lines, b"\r\n"]))
    else:
        await cycle.send(message)
