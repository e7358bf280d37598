"""Bodies of requests."""

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from app.limits import MAX_BODY_BYTES, MAX_JSON_BYTES


class IncomingBody:
    """A body that is arriving: passed on as a whole if the address accepts one, otherwise counted and dropped."""

    def __init__(self) -> None:
        self._data = bytearray()
        self.begin()

    def begin(self, *, is_accepted: bool = False) -> None:
        """Expect the body of the next request, if it has one."""
        self.is_awaited = is_accepted
        self.size = 0  # bytes
        self._limit = MAX_JSON_BYTES if is_accepted else MAX_BODY_BYTES
        if self._data:
            self._data = bytearray()

    @property
    def is_too_large(self) -> bool:
        """Return whether reading must stop."""
        return self.size > self._limit

    def add(self, data: bytes) -> None:
        """Count a part of the body."""
        self.size += len(data)
        if self.is_awaited:
            self._data += data

    def pass_on(self, cycle: RequestResponseCycle) -> None:
        """Let the application read what has arrived; do nothing if it does not wait for it."""
        if self.is_awaited:
            # As bytes, which are not copied when the application receives them.
            cycle.body = bytes(self._data)  # type: ignore[assignment]  # a bytearray, in uvicorn
            self._data, self.is_awaited = bytearray(), False
