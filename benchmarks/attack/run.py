"""Run one attack against a server of its own, and observe it."""

import asyncio
import os
import re
import signal
import statistics
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.attack.catalogue import Attack
from benchmarks.attack.logs import open_log
from benchmarks.attack.readers import Exchange, Reader
from benchmarks.large import ROOT
from benchmarks.serving import Server, serving

CACHE_BYTES = 8_000_000  # a full cache is not a fault, and must not look like one
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
SAMPLE_S = 0.05  # between two measurements of the memory
SETTLING_S = 2  # of ordinary reading in which the memory of a server that has started does not grow
SETTLED_MB = 0.5  # that do not count as growth
STOPPING_S = 15  # that the server may take to stop after SIGTERM


@dataclass
class Outcome:
    """What the readers noticed, and what the attack did to the server."""

    attack: Attack
    exchanges: Sequence[Exchange]
    growth_mb: float  # of the memory of the server's processes, at its peak
    message: str  # of the attacker, or about a server that did not stop

    @property
    def failures(self) -> Counter[str]:
        """Count the failed requests by reason."""
        return Counter(exchange.failure for exchange in self.exchanges if exchange.failure)

    @property
    def slowest_ms(self) -> float:
        """Return the duration of the slowest request."""
        return max(exchange.milliseconds for exchange in self.exchanges)

    @property
    def percentile_ms(self) -> float:
        """Return the 95th percentile of the durations."""
        return statistics.quantiles((exchange.milliseconds for exchange in self.exchanges), n=20, method="inclusive")[
            -1
        ]

    @property
    def missed(self) -> list[str]:
        """Return the goals that were missed."""
        goals = [f"{number} × {failure}" for failure, number in self.failures.most_common(3)]
        if self.slowest_ms > self.attack.slowest_ms:
            goals.append(f"slower than {self.attack.slowest_ms:.0f} ms")
        if self.growth_mb > self.attack.growth_mb * self.attack.workers:
            goals.append(f"memory grew by more than {self.attack.growth_mb:.0f} MB")
        return [*goals, self.message] if self.message else goals


def run(attack: Attack, store: Path, seconds: float) -> Outcome:
    """Serve a store, attack the server for so many seconds, and return what the readers noticed."""
    settings = {"TREATY_GUIDE_CACHE_BYTES": str(CACHE_BYTES), "TREATY_GUIDE_WORKERS": str(attack.workers)}
    if not attack.stops:
        settings["TREATY_GUIDE_SHUTDOWN_DELAY"] = "0"  # nobody reads any more
    with open_log(attack.log) as log, serving(store, log=log, **settings) as server:
        if attack.uses_tools:
            httpx.post(f"{server.address}/mcp", json=PING, timeout=30).raise_for_status()
        return asyncio.run(_observe(attack, server, seconds))


async def _observe(attack: Attack, server: Server, seconds: float) -> Outcome:
    readers = [
        Reader(server.address, keep_alive=keep_alive, pause_s=attack.pause_s)
        for keep_alive in (True, False)
        for _ in range(attack.readers)
    ]
    reading = [asyncio.create_task(reader.read()) for reader in readers]
    memory = [await _settle(server.process)]
    for reader in readers:
        reader.exchanges.clear()
    sampling = asyncio.create_task(_sample_memory(server.process, memory))
    script = f"benchmarks.attack.scripts.{attack.script or attack.name}"
    attacker = await asyncio.create_subprocess_exec(sys.executable, "-m", script, server.address, cwd=ROOT, stderr=PIPE)
    message = ""
    try:
        await asyncio.sleep(seconds)
        if attack.stops:
            for reader in readers:
                reader.is_server_stopping = True
            message = await _stop_server(server.process)
    finally:
        message = await _end_attack(attacker) or message
    for reader in readers:
        reader.is_stopped = True
    await asyncio.gather(*reading)
    sampling.cancel()
    return Outcome(attack, [each for reader in readers for each in reader.exchanges], max(memory) - memory[0], message)


async def _end_attack(attacker: Process) -> str:
    """Kill the attacker; return its last complaint."""
    if attacker.returncode is None:
        attacker.kill()
    _, output = await attacker.communicate()
    return output.decode().strip().rpartition("\n")[2]


async def _stop_server(process: int) -> str:
    """Send SIGTERM and wait; return a message if the server does not stop in time."""
    os.kill(process, signal.SIGTERM)
    try:
        async with asyncio.timeout(STOPPING_S):
            while os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                await asyncio.sleep(SAMPLE_S)
    except TimeoutError:
        return f"did not stop within {STOPPING_S} s"
    return ""


async def _settle(process: int) -> float:
    """Wait until all workers have started; return the memory of the server.

    The port is open before they have, so neither a connection nor a response says that.
    """
    after = _memory_mb(process)
    while True:
        before = after
        await asyncio.sleep(SETTLING_S)
        after = _memory_mb(process)
        if after < before + SETTLED_MB:
            return after


async def _sample_memory(process: int, memory: list[float]) -> None:
    while True:
        await asyncio.sleep(SAMPLE_S)
        memory.append(_memory_mb(process))


def _memory_mb(process: int) -> float:
    """Return the resident memory of a process and its children; 0 if it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return 0
    resident = re.search(r"VmRSS:\s+(\d+) kB", status)
    return sum((_memory_mb(int(child)) for child in children), int(resident[1]) / 1_000 if resident else 0)
