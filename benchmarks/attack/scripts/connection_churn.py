"""Connect, send a request and reset the connection, as fast as possible."""

import socket
import struct

from benchmarks.attack.target import Target, repeat

REQUEST = b"GET /health/live HTTP/1.1\r\nHost: guide.test\r\n\r\n"
RESET_AT_CLOSE = struct.pack("ii", 1, 0)


async def attack(target: Target) -> None:
    """Connect 100 times and leave without reading."""
    for _ in range(100):
        async with target.connected() as (_, writer):
            connection = writer.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_CLOSE)
            writer.write(REQUEST)


if __name__ == "__main__":
    repeat(attack, clients=20)
