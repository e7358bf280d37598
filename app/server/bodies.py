"""Bodies of requests."""

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from app.limits import MAX_BODY_BYTES, MAX_JSON_BYTES


class IncomingBody:
    """A body that is arriving: passed on as a whole if the address accepts one, otherwise counted and dropped."""

    def __init__(self) -> None:
        self._data = bytearray()
        self.size = 0  # bytes
        self.is_awaited = False  # the address accepts this body, which has not arrived as a whole

    @property
    def is_too_large(self) -> bool:
        """Return whether reading must stop."""
        return self.size > (MAX_JSON_BYTES if self.is_awaited else MAX_BODY_BYTES)

    def add(self, data: bytes) -> None:
        """Count a part of the body."""
        self.size += len(data)
        if self.is_awaited:
            self._data += data

    def pass_on(self, cycle: RequestResponseCycle) -> None:
        """Let the application read what has arrived, if the address accepts it."""
        if self.is_awaited:
            # As bytes, which are not copied when the application receives them.
            cycle.body = bytes(self._data)  # type: ignore[assignment]  # a bytearray, in uvicorn
        self.clear()

    def clear(self) -> None:
        """Drop the body and expect the next."""
        self._data, self.size, self.is_awaited = bytearray(), 0, False
