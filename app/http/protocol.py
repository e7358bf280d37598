"""uvicorn's HTTP/1.1 with bounds: on the size of a request's head, on slow clients, and on how many ask at once.

uvicorn bounds neither the size of a head nor the time that it takes, and answers what it cannot take in plain text.
"""

from asyncio import BaseTransport, Event, TimerHandle
from functools import partial
from typing import Any

from uvicorn.protocols.http.flow_control import service_unavailable
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from app.http.fields import WrittenFields
from app.http.limits import GREATEST_ADDRESS, REFUSAL
from app.http.problems import BadRequest, HeadersTooLarge, HTTPProblem, Overloaded, URITooLong

GREATEST_HEAD = 32_768  # bytes of address and header fields
MOST_HELD = 262_144  # bytes held of a head that is incomplete; requests that were complete may have come with it
REQUEST_S = 10  # how long a request may take to arrive, and a connection to make its first one
WRITING_S = 30  # how long a client may go without taking any byte of its answer
KEEP_ALIVE_S = 5  # how long a connection is kept for another request


def server_options(concurrency: int) -> dict[str, Any]:
    """How uvicorn is to serve, for `uvicorn.run` and `uvicorn.Config`; `concurrency` is a number of connections."""
    return {
        "http": BoundedProtocol,
        "ws": "none",
        "limit_concurrency": concurrency + 1,  # uvicorn refuses the connection that makes it this many
        "timeout_keep_alive": KEEP_ALIVE_S,
        "proxy_headers": False,  # no answer depends on who asks
        "server_header": False,
        "access_log": False,  # the service writes its own, with the request's id
    }


class BoundedProtocol(HttpToolsProtocol):
    """A connection that is closed when its client is too slow, and answers with a problem what cannot be read.

    `limit_concurrency` of uvicorn bounds connections and requests under way; beyond it the answer is a 503.
    """

    _arriving: TimerHandle | None = None
    _taking: TimerHandle | None = None
    _received = 0  # bytes that came with and after the first ones of a head that is incomplete
    _refused = False
    _running: RequestResponseCycle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self._expect_request()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._arriving, self._taking):
            if timer:
                timer.cancel()
        # uvicorn tells only the last of several requests that came together; the one under way may be another.
        if self._running:
            self._running.disconnected = True
        self.pipeline.clear()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        scope = self.scope
        HttpToolsProtocol.data_received(self, data)
        cycle = self.cycle
        if cycle is None or cycle.scope is not self.scope:
            self._received = len(data) if self.scope is not scope else self._received + len(data)
            if self._received > MOST_HELD:
                self._refuse(self._too_large())
            self._expect_request()
            return
        if self._received + len(data) > GREATEST_HEAD and self._head() > GREATEST_HEAD:
            cycle.keep_alive = False
            cycle.scope[REFUSAL] = self._too_large()  # type: ignore[literal-required]
        self._received = 0
        if cycle.more_body:
            self._expect_request()
        elif self._arriving:
            self._arriving.cancel()
            self._arriving = None

    def send_400_response(self, msg: str) -> None:
        if len(self.url) > GREATEST_ADDRESS:
            self._refuse(self._too_large())
        else:
            self._refuse(BadRequest("What came is not an HTTP request that can be read."))

    def eof_received(self) -> bool:  # type: ignore[override]
        """A client that sends nothing more is still given the answer that it waits for."""
        if self.cycle is None or self.cycle.response_complete:
            return False
        self.cycle.keep_alive = False
        return True

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
        if app is service_unavailable:
            cycle.keep_alive = False
            cycle.scope[REFUSAL] = Overloaded()  # type: ignore[literal-required]
        self._running = cycle

        def ask(scope: Any, receive: Any, _: Any) -> Any:
            return self.app(scope, receive, partial(_send, cycle))

        HttpToolsProtocol._start_asgi_task(self, cycle, ask)

    def _refuse(self, problem: HTTPProblem) -> None:
        """Answer with a problem and close; after requests that are still under way, close without a word."""
        self._refused = True
        if self.cycle and not self.cycle.response_complete:
            self.cycle.keep_alive = False
            return
        if self.scope is None:
            self.on_message_begin()
        scope: Any = {
            "path": "/",
            "raw_path": b"/",
            "query_string": b"",
            **self.scope,
            "method": "GET",
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
        return len(self.url) + sum(len(name) + len(value) for name, value in self.headers)

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
