"""Logging: one line of JSON per event, on standard error."""

import atexit
import json
import os
import select
import sys
import time
from collections import deque
from contextlib import suppress
from threading import Condition, Event, Thread

import structlog
from structlog.tracebacks import ExceptionDictTransformer

from app.limits import LOG_DELAY_S, LOG_FLUSH_S, MAX_QUEUED_LOG_LINES


class LogStream:
    """A text stream that never blocks and never fails: a thread writes to the file descriptor.

    The thread writes the lines of `LOG_DELAY_S` at once; to wake it for each line would double the cost of a request.

    If the reader is slower than the service, or the descriptor cannot be written, lines are dropped. The next line that
    can be written is preceded by their number.
    """

    def __init__(self, descriptor: int, capacity: int = MAX_QUEUED_LOG_LINES) -> None:
        self.descriptor = descriptor
        self.capacity = capacity
        self._lines: deque[str] = deque()
        self._has_lines = Event()
        self._all_written = Condition()
        self._is_writing = False
        self._refused = 0  # lines dropped because the queue was full; only threads that log increment it
        self._failed = 0  # lines that could not be written; only the writing thread increments it
        self._reported = 0
        self._thread: Thread | None = None
        self._is_finished = False

    def write(self, text: str) -> int:
        """Queue a line, or write it at once after `finish`."""
        if self._is_finished:
            self._write_now(text)
        elif len(self._lines) < self.capacity:
            self._lines.append(text)
            if not self._has_lines.is_set():
                self._start_writing()
        else:
            self._refused += 1
        return len(text)

    def flush(self) -> None:
        """Do nothing, because callers flush after each line; `wait` waits."""

    def wait(self, timeout: float = LOG_FLUSH_S) -> None:
        """Wait until all lines are written, at most `timeout` seconds."""
        with self._all_written:
            self._all_written.wait_for(lambda: not self._lines and not self._is_writing, timeout)

    def finish(self) -> None:
        """Write the queued lines; from then on, write each line at once unless that would block.

        At the end of the process, the writing thread may have stopped. If a signal kills the process, queued lines are
        lost.
        """
        self.wait()
        self._is_finished = True

    def isatty(self) -> bool:
        """Return whether the stream is a terminal, where uvicorn writes in colours."""
        return os.isatty(self.descriptor)

    def _start_writing(self) -> None:
        self._has_lines.set()
        if not self._thread:
            self._thread = Thread(target=self._write_lines, name="log", daemon=True)
            self._thread.start()

    def _write_lines(self) -> None:
        while self._has_lines.wait():
            time.sleep(LOG_DELAY_S)
            self._is_writing = True
            self._has_lines.clear()
            lines = [self._lines.popleft() for _ in range(len(self._lines))]
            dropped = self._refused + self._failed - self._reported
            try:
                self._write("".join([_dropped_line(dropped), *lines] if dropped else lines).encode())
                self._reported += dropped
            except OSError:
                self._failed += len(lines)
            with self._all_written:
                self._is_writing = False
                self._all_written.notify_all()

    def _write_now(self, text: str) -> None:
        poll = select.poll()
        poll.register(self.descriptor, select.POLLOUT)
        with suppress(OSError):
            if poll.poll(0):
                os.write(self.descriptor, text.encode())

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self.descriptor, data) :]


def _dropped_line(count: int) -> str:
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    event = {"event": "log lines were dropped", "level": "warning", "count": count, "timestamp": now}
    return json.dumps(event) + "\n"


log_stream = LogStream(sys.__stderr__.fileno() if sys.__stderr__ else 2)
atexit.register(log_stream.wait)


def configure_logging() -> None:
    """Configure structlog; uvicorn's own messages keep their format."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # No local variables: they contain request headers, which may be confidential.
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=log_stream),  # type: ignore[arg-type]
        cache_logger_on_first_use=True,
    )
