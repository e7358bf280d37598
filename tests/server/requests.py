"""Requests as bytes: one that keeps the connection open, and one that closes it."""

END = b"\r\n\r\n"
REQUEST = b"GET /v1/guides HTTP/1.1\r\nHost: a" + END
LAST = b"GET /v1/guides HTTP/1.1\r\nHost: a\r\nConnection: close" + END
