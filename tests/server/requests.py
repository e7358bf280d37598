"""Requests as bytes: one after which the connection stays open, and one after which it closes."""

END = b"\r\n\r\n"
REQUEST = b"GET /v1/guides HTTP/1.1\r\nHost: a" + END
LAST = b"GET /v1/guides HTTP/1.1\r\nHost: a\r\nConnection: close" + END
