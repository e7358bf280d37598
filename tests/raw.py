"""HTTP as bytes on a socket, for what no client would send."""

import re
import socket

import httpx


def connect(client: httpx.Client, receive_buffer: int | None = None) -> socket.socket:
    """A connection to the server that a client talks to; the system holds so many bytes of answers, or as it likes."""
    assert client.base_url.port
    connection = socket.socket()
    connection.settimeout(30)
    if receive_buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.connect((client.base_url.host, client.base_url.port))
    return connection


def exchange(client: httpx.Client, sent: bytes, *, close: bool = False) -> bytes:
    """All that the server sends back; with `close` the client sends nothing more, else the server ends it."""
    with connect(client) as connection:
        connection.sendall(sent)
        if close:
            connection.shutdown(socket.SHUT_WR)
        return received(connection)


def received(connection: socket.socket) -> bytes:
    """What comes until the server closes the connection."""
    parts = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except ConnectionResetError:  # it ended while more was on its way
        pass
    return b"".join(parts)


def statuses(answers: bytes) -> list[int]:
    """The status of each answer."""
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", answers)]


def one_answer(connection: socket.socket) -> bytes:
    """The next answer, whole; more than it must not have come."""
    answer = b""
    while b"\r\n\r\n" not in answer or len(answer) < _length(answer):
        part = connection.recv(65_536)
        assert part, "The connection has ended."
        answer += part
    return answer


def _length(answer: bytes) -> int:
    head = answer.index(b"\r\n\r\n") + 4
    body = re.search(rb"\r\ncontent-length: (\d+)", answer[:head])
    return head + (int(body[1]) if body else 0)
