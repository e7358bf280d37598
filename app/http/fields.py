"""Header fields: as a request brings them, and as an answer sends them."""

import re
from functools import cached_property
from typing import Self

from starlette.types import Scope

Fields = list[tuple[bytes, bytes]]  # header fields, with names in lower case

# What describes a body that is not sent; whatever guides a cache is (RFC 9110 section 15.4.5).
_OF_THE_BODY = {b"content-type", b"content-length", b"content-encoding", b"content-language"}

_control = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


class WrittenFields(Fields):
    """Header fields that are sent again and again, with what follows from them worked out once.

    To a server it is the list that ASGI asks for; `app.server.protocol` sends the lines as they are.
    """

    lines: bytes  # as they go over the wire
    length: int | None  # of the body, in bytes, where it is known
    etag: bytes | None

    @classmethod
    def of(cls, fields: Fields) -> Self:
        """These fields; ValueError where a value has a control character, which might begin another field."""
        if isinstance(fields, cls):
            return fields
        if any(_control.search(value) for _, value in fields):
            raise ValueError("a header field has a control character")
        written, known = cls(fields), dict(fields)
        written.lines = b"".join(b"%b: %b\r\n" % field for field in fields)
        written.length = int(known[b"content-length"]) if b"content-length" in known else None
        written.etag = known.get(b"etag")
        return written

    def and_one(self, name: bytes, value: bytes) -> Self:
        """The same fields and one more."""
        written = self.__class__(self)
        written.append((name, value))
        written.lines = b"%b%b: %b\r\n" % (self.lines, name, value)
        written.length, written.etag = self.length, self.etag
        return written

    @cached_property
    def without_body(self) -> Self:
        """What of them stands on a 304."""
        kept = self.of([field for field in self if field[0] not in _OF_THE_BODY])
        kept.length = 0
        return kept


def fields_of(scope: Scope) -> dict[bytes, bytes]:
    """The header fields of a request by name; what came in several lines is joined with commas (RFC 9110, 5.3)."""
    lines = scope["headers"]
    fields = dict(lines)
    if len(fields) < len(lines):
        fields = {name: b", ".join(value for given, value in lines if given == name) for name in fields}
    return fields
