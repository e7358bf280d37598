"""HTTP as bytes on a socket, for requests that no client library would send."""

import re
import socket

import httpx


def connect(client: httpx.Client, receive_buffer: int | None = None, source: str = "") -> socket.socket:
    """Connect to a client's server from a `source` address, with a receive buffer in bytes."""
    assert client.base_url.port
    connection = socket.socket()
    connection.settimeout(30)
    if receive_buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    if source:
        connection.bind((source, 0))
    connection.connect((client.base_url.host, client.base_url.port))
    return connection


def exchange(client: httpx.Client, request: bytes, *, close: bool = False) -> bytes:
    """Send bytes and return what the server sends until it closes.

    With `close`, the sending side ends first.
    """
    with connect(client) as connection:
        connection.sendall(request)
        if close:
            connection.shutdown(socket.SHUT_WR)
        return receive_all(connection)


def receive_all(connection: socket.socket) -> bytes:
    """Receive until the server closes the connection."""
    parts = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except ConnectionResetError:  # the server closed it while this side was still sending
        pass
    return b"".join(parts)


def receive_response(connection: socket.socket) -> bytes:
    """Receive exactly one response."""
    response = b""
    while b"\r\n\r\n" not in response or len(response) < _length(response):
        part = connection.recv(65_536)
        assert part, "The server has closed the connection."
        response += part
    return response


def statuses(responses: bytes) -> list[int]:
    """Return the status of each response."""
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", responses)]


def _length(response: bytes) -> int:
    head = response.index(b"\r\n\r\n") + 4
    body = re.search(rb"\r\ncontent-length: (\d+)", response[:head])
    return head + (int(body[1]) if body else 0)
