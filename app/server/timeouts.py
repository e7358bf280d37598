"""Disconnect clients that send or read too slowly."""

from asyncio import AbstractEventLoop, TimerHandle, Transport

from app import limits


class Timeouts:
    """The timeouts of one connection: for a request to arrive, and for a response to be read."""

    def __init__(self, loop: AbstractEventLoop, transport: Transport) -> None:
        self.loop = loop
        self.transport = transport
        self.write_seconds = limits.WRITE_S
        self._request: TimerHandle | None = None
        self._write: TimerHandle | None = None

    def expect_request(self) -> None:
        """Abort the connection unless `cancel_request` is called in time; keep a running timeout."""
        if not self._request:
            self._request = self.loop.call_later(limits.REQUEST_S, self.transport.abort)

    def cancel_request(self) -> None:
        """Stop the timeout of the request."""
        if self._request:
            self._request.cancel()
            self._request = None

    def expect_reading(self) -> None:
        """Abort the connection if its client stops reading; keep a running timeout."""
        if not self._write:
            unread = self.transport.get_write_buffer_size()
            self._write = self.loop.call_later(self.write_seconds, self._check_progress, unread)

    def cancel_reading(self) -> None:
        """Stop the timeout of the response."""
        if self._write:
            self._write.cancel()
            self._write = None

    def cancel(self) -> None:
        """Stop both timeouts."""
        self.cancel_request()
        self.cancel_reading()

    def hurry(self) -> None:
        """Shorten the timeout of a response that is still being read, because the service stops."""
        self.write_seconds = limits.SHUTDOWN_WRITE_S
        self.cancel_reading()
        if self.transport.get_write_buffer_size():
            self.expect_reading()

    def _check_progress(self, unread_before: int) -> None:
        self._write = None
        unread = self.transport.get_write_buffer_size()
        if unread >= unread_before:
            self.transport.abort()
        elif unread:
            self.expect_reading()
