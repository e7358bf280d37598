"""Let a tool for agents check twenty absent quotations on 50 connections."""

import asyncio
import itertools
import json

from benchmarks.attack.target import Target, repeat

HEAD = b"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nContent-Type: application/json\r\n"
numbers = itertools.count()


def message() -> bytes:
    """Return a message with twenty quotations that no guide has, though it has their words."""
    quotes = [f"the United States and Japan {next(numbers)} security treaty " * 30 for _ in range(20)]
    params = {"name": "verify_quotations", "arguments": {"quotes": quotes}}
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}).encode()


async def exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> None:
    """Send a message and wait for the response."""
    writer.write(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    head = await reader.readuntil(b"\r\n\r\n")
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    await reader.readexactly(int(length))


async def attack(target: Target) -> None:
    """Send messages, each after the response to the one before."""
    async with target.connected() as (reader, writer):
        while True:
            await exchange(reader, writer, message())


if __name__ == "__main__":
    repeat(attack, clients=50)
