"""Logging never blocks: lines that cannot be written are dropped and counted."""

import json
import os
from collections.abc import Iterator

import pytest

from app.logs import LogStream


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """The descriptors of the reading and the writing side of a pipe."""
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)
    os.close(writing)


def read_lines(descriptor: int, until: str) -> list[str]:
    """Read lines up to and including one."""
    text = ""
    while not text.endswith(until + "\n"):
        text += os.read(descriptor, 65_536).decode()
    return text.splitlines()


def test_lines_are_written_in_order(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    stream = LogStream(writing)
    for number in range(1_000):
        stream.write(f"line {number}\n")
    assert read_lines(reading, until="line 999") == [f"line {number}" for number in range(1_000)]


def test_lines_that_a_slow_reader_misses_are_counted(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    stream = LogStream(writing, capacity=10)
    for _ in range(10_000):
        stream.write("x" * 99 + "\n")
    received = os.read(reading, 65_536).decode()
    stream.wait()
    stream.write("last\n")
    lines = (received + "\n".join(read_lines(reading, until="last"))).splitlines()
    dropped = [json.loads(line) for line in lines if line.startswith("{")]
    assert dropped[-1]["event"] == "log lines were dropped"
    assert sum(line["count"] for line in dropped) + len(lines) - len(dropped) == 10_001


def test_lines_that_cannot_be_written_are_counted(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    stream = LogStream(os.open("/dev/full", os.O_WRONLY))
    for _ in range(3):
        stream.write("lost\n")
    stream.wait()
    os.dup2(writing, stream.descriptor)
    stream.write("last\n")
    first, _ = read_lines(reading, until="last")
    assert json.loads(first)["count"] == 3
    os.close(stream.descriptor)
