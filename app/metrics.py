"""Counters of requests, in memory that all worker processes share.

prometheus-client keeps a file for each process and metric, and needs 5 microseconds to count a request. Here a worker
adds to numbers in a slot of shared memory; whichever worker is asked adds up the slots.
"""

import mmap
import os
import tempfile
import weakref
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.reduction import DupFd
from typing import TYPE_CHECKING, Any

# Upper bounds of the duration of a request, in seconds: a cached response takes 0.0002, a search 0.02.
BUCKETS_S = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
STATUSES = (
    200, 202, 204, 206, 304, 307, 308, 400, 404, 405, 406, 410, 413, 414, 416, 421, 422, 429, 431, 500, 503, 505,
)  # fmt: skip
OTHER = "other"  # route of requests that no route matches, and status of those that are not listed

MAX_ROUTES = 128
if TYPE_CHECKING:
    Numbers = memoryview[float]  # Python 3.11 and 3.12 cannot run this
_BUCKET = len(STATUSES) + 1  # the numbers of a route begin with those of its statuses
_HITS = _BUCKET + len(BUCKETS_S) + 1
_SECONDS = _HITS + 1
_ROW = _SECONDS + 1
_SLOT = MAX_ROUTES * _ROW  # numbers, of 8 bytes


@dataclass
class RouteMetrics:
    """The requests of a route: by status, by duration (one number for each bucket and one beyond), and cache hits."""

    route: str
    statuses: dict[str, int]
    buckets: Sequence[int]
    cache_hits: int
    seconds: float


class SharedMemory:
    """Memory with a slot for each process; one to which it is passed by `multiprocessing` shares it."""

    def __init__(self, slots: int = 1, descriptor: int | None = None) -> None:
        self.slots = slots
        self._descriptor = _temporary_file() if descriptor is None else descriptor
        weakref.finalize(self, os.close, self._descriptor)
        os.ftruncate(self._descriptor, slots * _SLOT * 8)
        self._numbers = memoryview(mmap.mmap(self._descriptor, slots * _SLOT * 8)).cast("d")

    def __reduce__(self) -> tuple[Any, ...]:
        return _shared, (self.slots, DupFd(self._descriptor))

    def claim(self) -> "Numbers":
        """Return a slot that no other process uses; the system frees it when the process ends.

        The next process goes on with its numbers. Without a free slot, the numbers are this process's own.
        """
        for n, slot in enumerate(self.all()):
            with suppress(ImportError, OSError):  # Windows has no `fcntl`
                import fcntl

                fcntl.lockf(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, n)
                return slot
        return memoryview(bytearray(_SLOT * 8)).cast("d")

    def all(self) -> "Iterator[Numbers]":
        """Yield the slots of all processes."""
        for n in range(self.slots):
            yield self._numbers[n * _SLOT : (n + 1) * _SLOT]


def _temporary_file() -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create("treaty-guide-metrics")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _shared(slots: int, descriptor: Any) -> SharedMemory:
    return SharedMemory(slots, descriptor.detach())


class RequestMetrics:
    """The counters of one process, and the sums of all.

    Routes are counted by their templates, so that a client cannot make new ones.
    """

    def __init__(self, memory: SharedMemory, routes: Sequence[str]) -> None:
        templates = dict.fromkeys((OTHER, *routes))
        if len(templates) > MAX_ROUTES:
            raise ValueError(f"Increase MAX_ROUTES to {len(templates)}.")
        self._memory = memory
        self._numbers = memory.claim()
        self._rows = {route: n * _ROW for n, route in enumerate(templates)}
        self._statuses = {status: n for n, status in enumerate(STATUSES, start=1)}

    def count(self, route: str, status: int, seconds: float, *, is_cache_hit: bool) -> None:
        """Count a request; call it in one thread only."""
        numbers = self._numbers
        row = self._rows.get(route, 0)
        numbers[row + self._statuses.get(status, 0)] += 1
        numbers[row + _BUCKET + bisect_left(BUCKETS_S, seconds)] += 1
        numbers[row + _SECONDS] += seconds
        if is_cache_hit:
            numbers[row + _HITS] += 1

    def totals(self) -> Iterator[RouteMetrics]:
        """Yield the sums over all processes for each route that had a request."""
        slots = [*self._memory.all()]
        names = [OTHER, *map(str, STATUSES)]
        for route, row in self._rows.items():
            numbers = [sum(column) for column in zip(*(slot[row : row + _ROW] for slot in slots), strict=True)]
            statuses = {name: int(n) for name, n in zip(names, numbers[:_BUCKET], strict=True) if n}
            if statuses:
                buckets = [*map(int, numbers[_BUCKET:_HITS])]
                yield RouteMetrics(route, statuses, buckets, int(numbers[_HITS]), numbers[_SECONDS])
