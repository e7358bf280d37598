"""Send messages for agents of 250 kB on 30 connections, of spaces and of empty objects."""

import json

from benchmarks.attack.scripts.expensive_messages import exchange
from benchmarks.attack.target import Target, repeat

PARAMS = {"name": "search", "arguments": {"query": "history"}}
SPACES = b" " * 250_000  # JSON allows them
MESSAGE = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": PARAMS}).encode() + SPACES
OBJECTS = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"objects": [{}] * 60_000}}).encode()


async def attack(target: Target) -> None:
    """Send messages, each after the response to the one before."""
    async with target.connected() as (reader, writer):
        while True:
            await exchange(reader, writer, MESSAGE)
            await exchange(reader, writer, OBJECTS)


if __name__ == "__main__":
    repeat(attack, clients=30)
